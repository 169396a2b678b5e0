#pragma once

#include <QWidget>

class QVBoxLayout;

namespace seedbook {

class JobQueue;

// What waits on hold since an earlier session, a line an endpoint: how many, where they would go,
// what they would cost, and the button that lets just these go on. Hidden while nothing waits so.
class OnHoldRows final : public QWidget
{
    Q_OBJECT

public:
    // `queue` must outlive it.
    explicit OnHoldRows(JobQueue& queue, QWidget* parent = nullptr);

Q_SIGNALS:
    void releaseRequested(const QString& endpoint);

private:
    void refresh();

    JobQueue& m_queue;
    QVBoxLayout* m_rows;
    QString m_shown; // what stands there, so that equal lines are not made anew
};

} // namespace seedbook
