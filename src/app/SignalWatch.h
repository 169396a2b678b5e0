#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <memory>

namespace seedbook {

// SIGINT, SIGTERM and SIGHUP told in the event loop, instead of ending the program with a paid
// request out. One at a time in a program.
class SignalWatch final : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatch(QObject* parent = nullptr);
    ~SignalWatch() override; // the signals do again what they did before

    // Ends the program as the signal would have, at once.
    [[noreturn]] static void yieldTo(int signal);

Q_SIGNALS:
    void caught(int signal);

private:
    void read();

    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace seedbook
