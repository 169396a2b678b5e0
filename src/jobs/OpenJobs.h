#pragma once

#include "jobs/Budget.h"
#include "jobs/JobTable.h"

#include <QObject>

namespace seedbook {

// The jobs that are not over or have a tile, and what they count for against the caps. Whoever
// changes one says so here, and who shows them hears of it.
class OpenJobs final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    using QObject::QObject;

    [[nodiscard]] JobTable& table() { return m_table; }
    [[nodiscard]] const JobTable& table() const { return m_table; }
    [[nodiscard]] Budget& budget() { return m_budget; }
    [[nodiscard]] const Budget& budget() const { return m_budget; }

    // Numbers and places behind all that there have been, in any run.
    void setLast(JobId id, double position);
    [[nodiscard]] JobId nextId() { return ++m_lastId; }
    [[nodiscard]] double nextPosition() { return ++m_lastPosition; }
    [[nodiscard]] double lastPosition() const { return m_lastPosition; }
    void reachPosition(double position); // a place that was given away

    // Call after the change.
    void changed(Entry& entry);
    void remove(JobId id);
    // Where what it counts for is as it was.
    void report(const Job& job) { Q_EMIT jobChanged(job); }
    void reportAdded(const QList<Job>& jobs) { Q_EMIT jobsAdded(jobs); }
    // What was done may let another one go, or end the last of the work.
    void settle() { Q_EMIT settling(); }

Q_SIGNALS:
    void jobsAdded(const QList<seedbook::Job>& jobs);
    void jobChanged(const seedbook::Job& job);
    void jobRemoved(seedbook::JobId id);
    void settling();

private:
    JobTable m_table;
    Budget m_budget;
    JobId m_lastId = 0;
    double m_lastPosition = 0;
};

} // namespace seedbook
