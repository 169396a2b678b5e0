#pragma once

#include "core/Result.h"

#include <QUrl>

namespace seedbook {

// Where jobs are sent: the base of a service, or the practice service of this program. A job
// belongs to the endpoint it was made for; a practice job never turns into a paid one.
class Endpoint final
{
public:
    [[nodiscard]] static Endpoint segmind();
    // An https URL, or http to loopback, with no user, query or fragment: else BadEndpoint or
    // InsecureEndpoint.
    [[nodiscard]] static Result<Endpoint> parse(const QString& text);
    // The practice service listens on a new port at each start; its name stays.
    [[nodiscard]] static Endpoint practice(quint16 port);

    [[nodiscard]] bool isPractice() const { return m_practice; }
    // Not encrypted, and the other end not known: on this computer alone.
    [[nodiscard]] bool isPlain() const { return m_base.scheme() == QLatin1String("http"); }
    // scheme://host[:port], to which the key belongs.
    [[nodiscard]] QString origin() const;
    // What the ledger keeps: the base URL, or "practice".
    [[nodiscard]] QString name() const;
    // The base's path followed by `path`, which begins with a slash.
    [[nodiscard]] QUrl url(const QString& path) const;

private:
    Endpoint(QUrl base, bool practice)
        : m_base(std::move(base))
        , m_practice(practice)
    {
    }

    QUrl m_base;
    bool m_practice = false;
};

// True for 127.0.0.0/8, ::1 and "localhost": the only hosts to which plain http may carry a key.
[[nodiscard]] bool isLoopback(const QString& host);

} // namespace seedbook
