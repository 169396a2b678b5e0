#pragma once

#include <chrono>

namespace seedbook {

// Time that only goes forward, at one pace, whatever the clock on the wall is set to; a computer's
// sleep counts. From a beginning that is the same for all of this run.
[[nodiscard]] std::chrono::milliseconds steadyTime();

} // namespace seedbook
