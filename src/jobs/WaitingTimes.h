#pragma once

#include <QDateTime>

#include <chrono>

namespace seedbook {

class Lanes;
class OpenJobs;

// What is waited for stays as far away as it was when the computer's clock is set.
class WaitingTimes final
{
public:
    WaitingTimes(OpenJobs& jobs, Lanes& lanes);

    // Call before times are compared with the clock's.
    void followClock();

private:
    OpenJobs& m_jobs;
    Lanes& m_lanes;
    QDateTime m_wall;                      // these two were
    std::chrono::milliseconds m_steady{0}; // the same moment
};

} // namespace seedbook
