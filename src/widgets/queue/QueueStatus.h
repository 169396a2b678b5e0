#pragma once

#include "widgets/live/JobText.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace seedbook {

class JobQueue;
class QueueWatch;

// Why nothing is sent, and the button that ends it, for the status bar: there also while the queue
// is closed. Hidden while requests flow.
class QueueStatus final : public QWidget
{
    Q_OBJECT

public:
    // Both must outlive it.
    QueueStatus(JobQueue& queue, QueueWatch& watch, QWidget* parent = nullptr);

private:
    [[nodiscard]] QList<PauseText> reasons() const; // the weightiest first
    void refresh();

    QueueWatch& m_watch;
    QLabel* m_cause;
    QPushButton* m_wayOut;
};

} // namespace seedbook
