#include "jobs/OpenJobs.h"

#include <algorithm>

namespace seedbook {

void OpenJobs::setLast(JobId id, double position)
{
    m_lastId = id;
    m_lastPosition = position;
}

void OpenJobs::reachPosition(double position)
{
    m_lastPosition = std::max(m_lastPosition, position);
}

void OpenJobs::changed(Entry& entry)
{
    m_table.update(entry);
    m_budget.count(entry.job);
    Q_EMIT jobChanged(entry.job);
}

void OpenJobs::remove(JobId id)
{
    m_budget.forget(id);
    m_table.erase(id);
    Q_EMIT jobRemoved(id);
}

} // namespace seedbook

#include "moc_OpenJobs.cpp"
