#pragma once

#include "core/ApiKey.h"
#include "core/Endpoint.h"
#include "core/Money.h"

#include <QObject>

#include <chrono>
#include <optional>

class QNetworkAccessManager;

namespace seedbook {

// USD. What the account can spend is the sum.
struct Balance
{
    Money credits;
    std::optional<Money> freeCredits;
};

// GET /v1/get-user-credits: free, safe to repeat, and the way to test a key. Starts by itself; ends
// with finished(), once.
class BalanceCall final : public QObject
{
    Q_OBJECT

public:
    BalanceCall(const Endpoint& endpoint, const ApiKey& key, QObject* parent = nullptr,
        std::chrono::milliseconds deadline = std::chrono::seconds(20));
    ~BalanceCall() override;

Q_SIGNALS:
    void finished(const seedbook::Result<seedbook::Balance>& result);
};

} // namespace seedbook
