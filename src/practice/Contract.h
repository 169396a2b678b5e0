#pragma once

#include "core/ApiKey.h"
#include "core/Request.h"

#include <variant>

namespace seedbook::practice {

// One call as it came over the wire.
struct Call
{
    QByteArray method;
    QString path; // decoded, without the query
    QByteArray contentType;
    QByteArray key; // x-api-key
    QByteArray body;
};

// An answer that says no. The words are the service's own and therefore English, not translated.
struct Refusal
{
    int status = 400;
    QByteArray contentType;
    QByteArray body;

    // {"error": message}
    [[nodiscard]] static Refusal json(int status, const QString& message);
};

// A sound call for a picture. A seed of −1 or none has become a concrete one, if the model has one.
struct Order
{
    Request request;
    bool base64 = false;
    Transport transport = Transport::Blocking;
};

// GET /v2/requests/{id}/status and /v2/requests/{id}, and the picture's own address.
struct TicketQuestion
{
    enum class About { Status, Result, File };
    QString id;
    About about = About::Status;
};

struct CreditsQuestion
{
};

using Verdict = std::variant<Refusal, CreditsQuestion, TicketQuestion, Order>;

// The service's contract: which calls it takes and what it says to the others. It looks, in this
// order, at path, method, key, content type, body. Has no state that changes, so any thread may
// ask.
class Contract final
{
public:
    Contract(QList<ModelPtr> models, ApiKey key);

    [[nodiscard]] Verdict judge(const Call& call) const;
    [[nodiscard]] bool isRightKey(const QByteArray& key) const;
    [[nodiscard]] bool isModelPath(const QString& path) const;
    [[nodiscard]] const QList<ModelPtr>& models() const { return m_models; }
    [[nodiscard]] const ApiKey& key() const { return m_key; }

private:
    struct Place
    {
        ModelPtr model; // null: none is there
        Transport transport = Transport::Blocking;
    };
    [[nodiscard]] Place modelAt(const QString& path) const;

    QList<ModelPtr> m_models;
    ApiKey m_key;
};

} // namespace seedbook::practice
