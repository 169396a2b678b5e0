#pragma once

#include <QtGlobal>

namespace seedbook::bench {

// Of a process, in millions of bytes; zeros where it is gone.
struct Memory
{
    double resident = 0;
    double proportional = 0; // pages that others share count in part
    double peak = 0;         // the most that was resident
};
[[nodiscard]] Memory memoryOf(qint64 process);
// A process that ended and that nobody has asked after yet does not run.
[[nodiscard]] bool isRunning(qint64 process);

} // namespace seedbook::bench
