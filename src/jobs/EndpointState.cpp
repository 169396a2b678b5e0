#include "jobs/EndpointState.h"

#include <algorithm>

namespace seedbook {

namespace {

constexpr std::chrono::seconds minute{60};

} // namespace

void RateLimit::setPerMinute(int requests)
{
    m_perMinute = std::max(0, requests);
}

void RateLimit::sent(Time now)
{
    while (!m_sent.isEmpty() && now - m_sent.constFirst() >= minute)
        m_sent.removeFirst();
    m_sent.append(now);
}

RateLimit::Time RateLimit::next(Time now) const
{
    if (m_perMinute == 0 || m_sent.size() < m_perMinute)
        return now;
    // The one that has to be a minute old before another may leave.
    return std::max(now, m_sent.at(m_sent.size() - m_perMinute) + minute);
}

bool EndpointState::pause(Pause pause)
{
    if (m_pause)
        return false;
    m_pause = std::move(pause);
    return true;
}

void EndpointState::resume()
{
    m_pause.reset();
}

int EndpointState::streakBefore(const QDateTime& sent) const
{
    const bool sameBurst = m_limitedAt.isValid() && sent <= m_limitedAt;
    return sameBurst ? std::max(0, m_limitedStreak - 1) : m_limitedStreak;
}

void EndpointState::limited(const QDateTime& sent, const QDateTime& now, const QDateTime& until)
{
    if (!m_limitedAt.isValid() || sent > m_limitedAt) {
        ++m_limitedStreak;
        m_limitedAt = now;
    }
    m_blockedUntil = m_blockedUntil.isValid() ? std::max(m_blockedUntil, until) : until;
}

void EndpointState::shift(std::chrono::milliseconds by)
{
    for (QDateTime* time : {&m_blockedUntil, &m_limitedAt}) {
        if (time->isValid())
            *time = time->addMSecs(by.count());
    }
}

QDateTime EndpointState::blockedUntil(const QDateTime& now) const
{
    return m_blockedUntil.isValid() && m_blockedUntil > now ? m_blockedUntil : QDateTime();
}

} // namespace seedbook
