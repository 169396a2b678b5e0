#include "jobs/WaitingTimes.h"

#include "core/SteadyTime.h"
#include "jobs/EndpointStates.h"
#include "jobs/OpenJobs.h"

#include <utility>

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds leastSet{2'000}; // less is the clock's own inexactness

} // namespace

WaitingTimes::WaitingTimes(OpenJobs& jobs, EndpointStates& endpoints)
    : m_jobs(jobs)
    , m_endpoints(endpoints)
{
}

void WaitingTimes::followClock()
{
    const QDateTime wall = QDateTime::currentDateTimeUtc();
    const std::chrono::milliseconds steady = steadyTime();
    const QDateTime before = std::exchange(m_wall, wall);
    const auto passed = steady - std::exchange(m_steady, steady);
    if (!before.isValid())
        return;
    const auto set = std::chrono::milliseconds(before.msecsTo(wall)) - passed;
    if (std::chrono::abs(set) < leastSet)
        return;
    for (const auto& [position, id] : std::set(m_jobs.table().waiting())) {
        JobTable::Entry& entry = *m_jobs.table().find(id);
        if (entry.job.notBefore.isValid()) {
            entry.job.notBefore = entry.job.notBefore.addMSecs(set.count());
            m_jobs.changed(entry);
        }
    }
    m_endpoints.shift(set);
}

} // namespace seedbook
