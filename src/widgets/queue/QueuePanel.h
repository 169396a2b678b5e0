#pragma once

#include "core/Job.h"
#include "widgets/common/Commands.h"

#include <QList>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QTableView;
class QToolBar;

namespace seedbook {

class JobQueue;
class QueueModel;
class QueueWatch;
class Sender;

// The queue in a table, with what can be done about its jobs: one, or many at once.
class QueuePanel final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive the panel.
    QueuePanel(JobQueue& queue, const Sender& sender, QueueWatch& watch, QWidget* parent = nullptr);

    [[nodiscard]] QueueModel* model() const { return m_model; }
    [[nodiscard]] QTableView* view() const { return m_view; }

Q_SIGNALS:
    // A row was opened: its tile, or its picture once it is filed; both by the picture's id.
    void showRequested(const QUuid& pictureId);
    // Send these again, or do whatever else trying again means for them.
    void againRequested(const QList<seedbook::JobId>& ids);
    // Let go on what waits on hold there.
    void releaseRequested(const QString& endpoint);

private:
    void buildActions(QToolBar* bar);
    void buildView();
    enum class Press { Once, Repeats };
    QAction* add(
        QToolBar* bar, Command command, void (QueuePanel::*what)(), Press press = Press::Once);
    void updateActions();
    void updateTryAgain(const QList<const Job*>& jobs);
    void updateReason();
    void togglePause();
    void tryAgain();
    void cancel();
    void moveUp();
    void moveDown();
    void moveToTop();
    void copyError();
    void clearFinished();
    [[nodiscard]] QList<const Job*> selected() const; // by row
    [[nodiscard]] QList<JobId> selectedWaiting() const;

    JobQueue& m_queue;
    const Sender& m_sender;
    QueueWatch& m_watch;
    QueueModel* m_model;
    QTableView* m_view;
    QLabel* m_reason;
    QWidget* m_reasonRow;
    QPushButton* m_goOn;
    QLabel* m_empty;
    QAction* m_pause = nullptr;
    QAction* m_tryAgain = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    QAction* m_top = nullptr;
    QAction* m_copyError = nullptr;
    QAction* m_clear = nullptr;
};

} // namespace seedbook
