#pragma once

#include "core/Job.h"
#include "widgets/live/QueueCondition.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace seedbook {

class JobQueue;

// The one clock and the one reason that everything said of jobs is told from: tiles, the queue's
// rows, the image panel, the status bar. While anything counts, its moment stands still between two
// ticks, a second apart, so that all of them show the same figure; each draws anew on ticked().
// Jobs are not told of one by one: ten thousand may wait for the same reason.
class QueueWatch final : public QObject
{
    Q_OBJECT

public:
    // `queue` must outlive it.
    explicit QueueWatch(JobQueue& queue, QObject* parent = nullptr);

    [[nodiscard]] QueueCondition condition() const;

    // A job that is sent again by itself, and what came of its last attempt.
    struct Retry
    {
        QDateTime at; // UTC
        Error error;
    };
    // The first of them.
    [[nodiscard]] std::optional<Retry> nextRetry() const;

Q_SIGNALS:
    // Why nothing is sent is another now; not for `now` alone.
    void conditionChanged();
    void ticked();

private:
    void addJobs(const QList<Job>& jobs);
    void updateJob(const Job& job);
    void readEndpoints();
    void run(); // or stop, where nothing counts
    void tick();

    JobQueue& m_queue;
    QueueCondition m_condition; // its `now` is of the last tick
    QHash<JobId, Retry> m_retries;
    QTimer m_timer;
};

} // namespace seedbook
