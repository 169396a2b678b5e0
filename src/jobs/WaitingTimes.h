#pragma once

#include <QDateTime>

#include <chrono>

namespace seedbook {

class EndpointStates;
class OpenJobs;

// What is waited for stays as far away as it was when the computer's clock is set.
class WaitingTimes final
{
public:
    WaitingTimes(OpenJobs& jobs, EndpointStates& endpoints);

    // Call before times are compared with the clock's.
    void followClock();

private:
    OpenJobs& m_jobs;
    EndpointStates& m_endpoints;
    QDateTime m_wall;                      // these two were
    std::chrono::milliseconds m_steady{0}; // the same moment
};

} // namespace seedbook
