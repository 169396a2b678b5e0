#include "app/SignalWatch.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace seedbook {

namespace {

constexpr std::array caughtSignals{SIGINT, SIGTERM, SIGHUP};
int writeEnd = -1;
std::array<struct sigaction, caughtSignals.size()> before;

// Nothing else may be done in here.
void onSignal(int signal)
{
    const int kept = errno;
    const auto byte = static_cast<char>(signal);
    (void)!::write(writeEnd, &byte, 1);
    errno = kept;
}

} // namespace

SignalWatch::SignalWatch(QObject* parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    writeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SignalWatch::read);
    struct sigaction action = {};
    action.sa_handler = &onSignal;
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < caughtSignals.size(); ++i) {
        ::sigaction(caughtSignals.at(i), nullptr, &before.at(i));
        // Who started the program with it ignored (nohup) means that.
        if (before.at(i).sa_handler != SIG_IGN)
            ::sigaction(caughtSignals.at(i), &action, nullptr);
    }
}

SignalWatch::~SignalWatch()
{
    if (!m_notifier)
        return;
    for (std::size_t i = 0; i < caughtSignals.size(); ++i)
        ::sigaction(caughtSignals.at(i), &before.at(i), nullptr);
    writeEnd = -1;
    m_notifier.reset();
    for (const int end : m_pipe)
        ::close(end);
}

void SignalWatch::yieldTo(int signal)
{
    std::signal(signal, SIG_DFL);
    (void)std::raise(signal);
    std::_Exit(128 + signal);
}

void SignalWatch::read()
{
    char byte = 0;
    while (::read(m_pipe[0], &byte, 1) == 1)
        Q_EMIT caught(byte);
}

} // namespace seedbook

#include "moc_SignalWatch.cpp"
