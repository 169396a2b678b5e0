#pragma once

#include "core/ApiKey.h"
#include "core/Endpoint.h"
#include "core/Money.h"
#include "core/Result.h"
#include "service/Exchange.h"

#include <QDeadlineTimer>
#include <QObject>

#include <chrono>
#include <optional>

namespace seedbook {

// USD. What the account can spend is the sum.
struct Balance
{
    Money credits;
    std::optional<Money> freeCredits;
};

// GET /v1/get-user-credits: free, safe to repeat, and the way to test a key. Starts by itself; ends
// with finished(), once. A lost connection is tried once more.
class BalanceCall final : public QObject
{
    Q_OBJECT

public:
    BalanceCall(const Endpoint& endpoint, const ApiKey& key, QObject* parent = nullptr,
        std::chrono::milliseconds deadline = std::chrono::seconds(20));

Q_SIGNALS:
    void finished(const seedbook::Result<seedbook::Balance>& result);

private:
    void attempt();
    void onEnded(Exchange::End end);
    void finish(Error error);

    QUrl m_url;
    ApiKey m_key;
    QDeadlineTimer m_deadline;
    Exchange* m_exchange = nullptr;
    int m_attempts = 0;
};

// The balance in an answer's body; nothing where it does not hold one.
[[nodiscard]] std::optional<Balance> readBalance(const QByteArray& body);

} // namespace seedbook
