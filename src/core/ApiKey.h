#pragma once

#include <QByteArray>

#include <utility>

namespace seedbook {

// An API key. It cannot be printed, compared or streamed by accident.
class ApiKey final
{
public:
    ApiKey() = default;
    explicit ApiKey(QByteArray secret)
        : m_secret(std::move(secret))
    {
    }
    [[nodiscard]] bool isEmpty() const { return m_secret.isEmpty(); }
    // For the one header it is sent in, and for redaction.
    [[nodiscard]] const QByteArray& reveal() const { return m_secret; }

private:
    QByteArray m_secret;
};

} // namespace seedbook
