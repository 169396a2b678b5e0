#include "support/FailingCalls.h"

#include <cstddef>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <thread>
#include <vector>

namespace seedbook::test {

namespace {

// For the calling thread, for the rest of its life.
bool failFromNowOn(const QList<FailingCall>& calls)
{
    // A jump's numbers are how many statements to pass over where it is so, and where it is not.
    const auto load = [](size_t from) {
        return sock_filter(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<__u32>(from)));
    };
    std::vector<sock_filter> filter;
    for (const FailingCall& call : calls) {
        const bool any = call.bytes == 0;
        filter.push_back(load(offsetof(seccomp_data, nr)));
        filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<__u32>(call.number), 0,
            static_cast<__u8>(any ? 1 : 3)));
        if (!any) {
            filter.push_back(load(offsetof(seccomp_data, args[2])));
            filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call.bytes, 0, 1));
        }
        filter.push_back(BPF_STMT(
            BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (static_cast<__u32>(call.error) & 0xffffU)));
    }
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

bool withFailingCalls(const QList<FailingCall>& calls, const std::function<void()>& work)
{
    bool allowed = false;
    std::thread([&] {
        allowed = failFromNowOn(calls);
        if (allowed)
            work();
    }).join();
    return allowed;
}

} // namespace seedbook::test
