#include "jobs/Lanes.h"

#include <algorithm>

namespace seedbook {

void Lanes::addService(ImageService& service)
{
    m_ways[service.endpoint().name()].services.insert_or_assign(service.transport(), &service);
}

std::optional<Endpoint> Lanes::endpoint(const QString& name) const
{
    const auto way = m_ways.find(name);
    if (way == m_ways.end() || way->second.services.empty())
        return std::nullopt;
    return way->second.services.begin()->second->endpoint();
}

ImageService* Lanes::service(const QString& endpoint, Transport transport) const
{
    const auto way = m_ways.find(endpoint);
    if (way == m_ways.end())
        return nullptr;
    const auto service = way->second.services.find(transport);
    return service == way->second.services.end() ? nullptr : service->second;
}

QStringList Lanes::names() const
{
    QStringList names;
    for (const auto& [name, way] : m_ways)
        names.append(name);
    return names;
}

std::optional<QDateTime> Lanes::turnOf(const Job& job, const QDateTime& now) const
{
    const auto way = m_ways.find(job.endpoint);
    if (way == m_ways.end())
        return now; // whoever sends it says that nobody serves it
    const Lane& lane = way->second.lane;
    if (lane.pause())
        return std::nullopt;
    QDateTime turn = now;
    for (const QDateTime& time : {job.notBefore, lane.heldUntil(now)}) {
        if (time.isValid())
            turn = std::max(turn, time);
    }
    return turn;
}

void Lanes::pause(const QString& endpoint, const Pause& pause)
{
    if (m_ways[endpoint].lane.pause(pause))
        Q_EMIT paused(endpoint, pause);
    Q_EMIT changed();
}

void Lanes::limit(const QString& endpoint, const QDateTime& sent, std::chrono::milliseconds wait)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    at(endpoint).limited(sent, now, now.addMSecs(wait.count()));
    Q_EMIT changed();
}

void Lanes::resumeCapped()
{
    for (auto& [name, way] : m_ways) {
        if (way.lane.pause() && way.lane.pause()->reason == PauseReason::Cap)
            way.lane.resume();
    }
    Q_EMIT changed();
}

void Lanes::resumeAll()
{
    m_pausedByPerson = false;
    for (auto& [name, way] : m_ways) {
        way.lane.resume();
        way.lane.endWaiting();
    }
}

void Lanes::setPausedByPerson()
{
    m_pausedByPerson = true;
    Q_EMIT changed();
}

void Lanes::shift(std::chrono::milliseconds by)
{
    for (auto& [name, way] : m_ways)
        way.lane.shift(by);
    Q_EMIT changed();
}

QList<Lanes::State> Lanes::blocked() const
{
    QList<State> blocked;
    for (const auto& [name, way] : m_ways) {
        const QDateTime until = way.lane.heldUntil(QDateTime::currentDateTimeUtc());
        if (way.lane.pause() || until.isValid())
            blocked.append({name, way.lane.pause(), until});
    }
    return blocked;
}

} // namespace seedbook

#include "moc_Lanes.cpp"
