#pragma once

#include <QList>

#include <functional>

namespace seedbook::test {

struct FailingCall
{
    long number; // SYS_…
    int error;   // errno as the caller will see it
    // For write(): only calls with so many bytes fail. The sanitizers make calls of their own.
    unsigned bytes = 0;
};

// Runs `work` on a thread of its own in which these system calls fail, and waits for it: how a full
// or broken disk looks, without one. False where the kernel does not allow that; `work` then did
// not run.
[[nodiscard]] bool withFailingCalls(
    const QList<FailingCall>& calls, const std::function<void()>& work);

} // namespace seedbook::test
