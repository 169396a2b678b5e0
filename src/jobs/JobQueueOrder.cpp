// The queue's order, as a person sets it.
#include "jobs/JobQueue.h"

#include <algorithm>

namespace seedbook {

void JobQueue::moveBefore(const QList<JobId>& ids, JobId before)
{
    const auto& order = m_table.waiting();
    QList<JobId> others;
    QList<JobId> moving;
    const QSet<JobId> asked(ids.begin(), ids.end());
    for (const auto& [position, id] : order)
        (asked.contains(id) ? moving : others).append(id);
    if (moving.isEmpty())
        return;
    const qsizetype found = others.indexOf(before);
    const qsizetype place = found < 0 ? others.size() : found;
    const auto positionAt = [&](qsizetype i) { return m_table.job(others.at(i))->position; };
    const auto room = static_cast<double>(moving.size() + 1);
    const double high = place < others.size() ? positionAt(place) : m_lastPosition + room;
    const double low = place > 0 ? positionAt(place - 1) : high - room;
    const double step = (high - low) / room;
    QList<Job> moved;
    const auto put = [&](JobId id, double position) {
        Entry& entry = *m_table.find(id);
        entry.job.position = position;
        m_table.update(entry);
        moved.append(entry.job);
    };
    if (step > 1e-6) {
        for (qsizetype i = 0; i < moving.size(); ++i)
            put(moving.at(i), low + step * static_cast<double>(i + 1));
    } else {
        // The gap has been halved too often: number them all afresh.
        QList<JobId> all = others;
        for (qsizetype i = 0; i < moving.size(); ++i)
            all.insert(place + i, moving.at(i));
        for (const JobId id : all)
            put(id, ++m_lastPosition);
    }
    m_lastPosition = std::max(m_lastPosition, high);
    (void)m_ledger.update(moved); // an order that is lost costs nothing
    for (const Job& job : moved)
        Q_EMIT jobChanged(job);
    Q_EMIT orderChanged();
    settle();
}

} // namespace seedbook
