#include "jobs/EndpointStates.h"

#include <algorithm>

namespace seedbook {

void EndpointStates::addService(ImageService& service)
{
    m_served[service.endpoint().name()].services.insert_or_assign(service.transport(), &service);
}

std::optional<Endpoint> EndpointStates::endpoint(const QString& name) const
{
    const auto way = m_served.find(name);
    if (way == m_served.end() || way->second.services.empty())
        return std::nullopt;
    return way->second.services.begin()->second->endpoint();
}

ImageService* EndpointStates::service(const QString& endpoint, Transport transport) const
{
    const auto way = m_served.find(endpoint);
    if (way == m_served.end())
        return nullptr;
    const auto service = way->second.services.find(transport);
    return service == way->second.services.end() ? nullptr : service->second;
}

QStringList EndpointStates::names() const
{
    QStringList names;
    for (const auto& [name, way] : m_served)
        names.append(name);
    return names;
}

std::optional<QDateTime> EndpointStates::turnOf(const Job& job, const QDateTime& now) const
{
    const auto way = m_served.find(job.endpoint);
    if (way == m_served.end())
        return now; // whoever sends it says that nobody serves it
    const EndpointState& state = way->second.state;
    if (state.pause())
        return std::nullopt;
    QDateTime turn = now;
    for (const QDateTime& time : {job.notBefore, state.blockedUntil(now)}) {
        if (time.isValid())
            turn = std::max(turn, time);
    }
    return turn;
}

void EndpointStates::pause(const QString& endpoint, const Pause& pause)
{
    if (m_served[endpoint].state.pause(pause))
        Q_EMIT paused(endpoint, pause);
    Q_EMIT changed();
}

void EndpointStates::limit(
    const QString& endpoint, const QDateTime& sent, std::chrono::milliseconds wait)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    at(endpoint).limited(sent, now, now.addMSecs(wait.count()));
    Q_EMIT changed();
}

void EndpointStates::resumeCapped()
{
    for (auto& [name, way] : m_served) {
        if (way.state.pause() && way.state.pause()->reason == PauseReason::Cap)
            way.state.resume();
    }
    Q_EMIT changed();
}

void EndpointStates::resumeAll()
{
    m_pausedByPerson = false;
    for (auto& [name, way] : m_served) {
        way.state.resume();
        way.state.clearBlock();
    }
}

void EndpointStates::setPausedByPerson()
{
    m_pausedByPerson = true;
    Q_EMIT changed();
}

void EndpointStates::shift(std::chrono::milliseconds by)
{
    for (auto& [name, way] : m_served)
        way.state.shift(by);
    Q_EMIT changed();
}

QList<EndpointStates::State> EndpointStates::blocked() const
{
    QList<State> blocked;
    for (const auto& [name, way] : m_served) {
        const QDateTime until = way.state.blockedUntil(QDateTime::currentDateTimeUtc());
        if (way.state.pause() || until.isValid())
            blocked.append({name, way.state.pause(), until});
    }
    return blocked;
}

} // namespace seedbook

#include "moc_EndpointStates.cpp"
