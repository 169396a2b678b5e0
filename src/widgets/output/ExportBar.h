#pragma once

#include "library/PictureExport.h"

#include <QList>
#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace seedbook {

// A line below the gallery that copies pictures out of the library, tells how far it is, and how it
// went. What is asked for meanwhile comes after that. Hidden while there is nothing to tell.
class ExportBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportBar(QWidget* parent = nullptr);
    ~ExportBar() override; // ends after the picture that is being copied

    void start(const ExportOrder& order);
    [[nodiscard]] bool isRunning() const { return m_stop != nullptr; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* cancel() const { return m_cancel; }

Q_SIGNALS:
    void ended(const seedbook::ExportReport& report);

private:
    void next();
    void showProgress(int done);
    void showReport(const ExportReport& report);

    QList<ExportOrder> m_orders; // the first is under way
    std::shared_ptr<std::atomic_bool> m_stop;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_open;
    QToolButton* m_close;
    QTimer m_timer;
    QString m_folder;   // of the last one that ended
    QThreadPool m_pool; // its own: pictures are shown meanwhile. Waits for its end
};

} // namespace seedbook
