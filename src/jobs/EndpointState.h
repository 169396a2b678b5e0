#pragma once

#include "jobs/Pause.h"

#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace seedbook {

// How many requests may leave in a minute, over all endpoints: one clock. Any sixty seconds hold at
// most that many POSTs. On the steady clock, so that setting the computer's time changes nothing.
class RateLimit final
{
public:
    using Time = std::chrono::steady_clock::time_point;

    void setPerMinute(int requests); // 0: no limit
    [[nodiscard]] int perMinute() const { return m_perMinute; }
    void sent(Time now);
    // When the next one may leave; `now` if at once.
    [[nodiscard]] Time next(Time now) const;

private:
    int m_perMinute = 0;
    QList<Time> m_sent; // of the last minute, oldest first
};

// The way out to one endpoint: whether and when its jobs may be sent.
class EndpointState final
{
public:
    // The first reason stays until resume(): what follows from it says nothing new. True if it was
    // not paused before.
    bool pause(Pause pause);
    void resume(); // not from a waiting time
    [[nodiscard]] const std::optional<Pause>& pause() const { return m_pause; }

    // A job that was sent at `sent` was answered with 429: nothing before `until`; a later time
    // replaces an earlier one. Those that were out together count once.
    void limited(const QDateTime& sent, const QDateTime& now, const QDateTime& until);
    // How many times in a row there was a 429 before that one.
    [[nodiscard]] int streakBefore(const QDateTime& sent) const;
    // Invalid if nothing is held at `now`.
    [[nodiscard]] QDateTime blockedUntil(const QDateTime& now) const;
    void clearBlock() { m_blockedUntil = {}; } // a person does not want to wait
    // The computer's clock was set by so much.
    void shift(std::chrono::milliseconds by);
    void gotThrough() { m_limitedStreak = 0; }

private:
    std::optional<Pause> m_pause;
    QDateTime m_blockedUntil;
    QDateTime m_limitedAt; // when the streak last grew
    int m_limitedStreak = 0;
};

} // namespace seedbook
