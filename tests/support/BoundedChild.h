#pragma once

#include <QByteArray>
#include <QFile>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace seedbook::test {

// What a child did that had so much room, and no more.
struct ChildRun
{
    bool ended = false; // by itself, and not for lack of memory or time
    bool good = false;  // what it did said so
    qint64 peak = 0;    // bytes of memory above what it began with
    double seconds = 0; // of a processor
};

// "VmHWM:  1234 kB" of /proc/self/status, in bytes.
inline qint64 memoryTold(const QByteArray& name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf(name + ':');
    return at < 0 ? 0
                  : text.mid(at + name.size() + 1, 16).split('k').first().trimmed().toLongLong() *
                        1024;
}

// Does it in a child that may take 400 MB above what it begins with, and a minute of a processor.
// Whatever starts threads (Qt does, for large images) is left to children: a child of a process
// that has some would wait for threads that it has not. The address sanitizer reserves terabytes,
// so there only the time is bounded.
inline ChildRun inBoundedChild(const std::function<bool()>& act, qint64 room = 400'000'000)
{
#if defined(__SANITIZE_ADDRESS__)
    constexpr bool bounded = false;
#else
    constexpr bool bounded = true;
#endif
    struct Told
    {
        bool good = false;
        qint64 peak = 0;
        double seconds = 0;
    } told;
    int ends[2] = {};
    if (::pipe(ends) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        // Qt Test's own handlers would try to tell what happened.
        for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTERM})
            (void)::signal(signal, SIG_DFL);
        const auto limit = [](auto what, qint64 most) {
            const rlimit bound{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
            (void)::setrlimit(what, &bound);
        };
        if (QFile refs(QStringLiteral("/proc/self/clear_refs")); refs.open(QIODevice::WriteOnly))
            refs.write("5"); // the peak counts from here
        const qint64 before = memoryTold("VmRSS");
        if (bounded)
            limit(RLIMIT_AS, memoryTold("VmSize") + room);
        limit(RLIMIT_CPU, 60);
        ::alarm(100); // out of memory, some wait for ever
        limit(RLIMIT_CORE, 0);
        told.good = act();
        told.peak = memoryTold("VmHWM") - before;
        rusage used = {};
        ::getrusage(RUSAGE_SELF, &used);
        told.seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
        const bool written = ::write(ends[1], &told, sizeof told) == sizeof told;
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    ChildRun run;
    run.ended = ::read(ends[0], &told, sizeof told) == sizeof told;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    run.good = run.ended && told.good;
    run.peak = told.peak;
    run.seconds = told.seconds;
    return run;
}

} // namespace seedbook::test
