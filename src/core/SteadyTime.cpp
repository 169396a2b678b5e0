#include "core/SteadyTime.h"

#ifdef __linux__
#include <ctime>
#endif

namespace seedbook {

std::chrono::milliseconds steadyTime()
{
#ifdef __linux__
    // What std::chrono::steady_clock reads stands still while the computer sleeps.
    timespec now{};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
#endif
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace seedbook
