#pragma once

#include "core/ImageService.h"
#include "core/Job.h"
#include "jobs/EndpointState.h"

#include <QObject>
#include <QStringList>

#include <map>
#include <optional>

namespace seedbook {

// All endpoints: who serves them, and whether and when their jobs may leave. A
// person's own pause stops all of them.
class EndpointStates final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // A service for the jobs of its endpoint and transport. Replaces an earlier one of the same.
    void addService(ImageService& service);
    // The endpoint of that name, if it is served in this run.
    [[nodiscard]] std::optional<Endpoint> endpoint(const QString& name) const;
    // Null if nobody does.
    [[nodiscard]] ImageService* service(const QString& endpoint, Transport transport) const;
    [[nodiscard]] QStringList names() const; // of all endpoints

    [[nodiscard]] bool has(const QString& endpoint) const { return m_served.contains(endpoint); }
    [[nodiscard]] EndpointState& at(const QString& endpoint) { return m_served.at(endpoint).state; }
    // How many requests leave in a minute, over all endpoints.
    [[nodiscard]] RateLimit& rate() { return m_rate; }
    // When the job's turn can come: now or earlier, or later; nothing while its endpoint is paused.
    [[nodiscard]] std::optional<QDateTime> turnOf(const Job& job, const QDateTime& now) const;

    void pause(const QString& endpoint, const Pause& pause);
    // One that was sent at `sent` was answered with 429: nothing leaves before this has passed.
    void limit(const QString& endpoint, const QDateTime& sent, std::chrono::milliseconds wait);
    // What stopped at the old caps is asked again under the new ones.
    void resumeCapped();
    // All, from every pause and waiting time, and from the person's own pause. Says nothing.
    void resumeAll();
    void setPausedByPerson();
    [[nodiscard]] bool isPausedByPerson() const { return m_pausedByPerson; }
    // The computer's clock was set by so much.
    void shift(std::chrono::milliseconds by);

    struct State
    {
        QString endpoint;
        std::optional<Pause> pause;
        QDateTime blockedUntil; // UTC; invalid if not held
    };
    // Those that are blocked.
    [[nodiscard]] QList<State> blocked() const;

Q_SIGNALS:
    // One stopped for this reason: said once, not once a job.
    void paused(const QString& endpoint, const seedbook::Pause& pause);
    void changed();

private:
    struct Served // one endpoint
    {
        std::map<Transport, ImageService*> services;
        EndpointState state;
    };

    std::map<QString, Served> m_served; // by endpoint name
    RateLimit m_rate;
    bool m_pausedByPerson = false;
};

} // namespace seedbook
