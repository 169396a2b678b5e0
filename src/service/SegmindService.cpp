#include "service/SegmindService.h"

#include "service/BalanceCall.h"
#include "service/GenerateCall.h"

namespace seedbook {

SegmindService::SegmindService(
    Endpoint endpoint, std::function<ApiKey()> key, CallLimits limits, Transport transport)
    : m_endpoint(std::move(endpoint))
    , m_key(std::move(key))
    , m_limits(limits)
    , m_transport(transport)
{
}

ImageCall* SegmindService::generate(const Request& request, QObject* parent)
{
    return new GenerateCall(
        m_endpoint.url(request.model().path()), request.body(), m_key(), m_limits, parent);
}

ImageCall* SegmindService::resume(
    const Request& request, const Acceptance& /*acceptance*/, QObject* parent)
{
    return generate(request, parent);
}

void SegmindService::askBalance(QObject* context, const BalanceAnswer& answer)
{
    auto* call = new BalanceCall(m_endpoint, m_key(), context);
    QObject::connect(
        call, &BalanceCall::finished, context, [call, answer](const Result<Balance>& balance) {
            call->deleteLater();
            if (balance)
                answer(balance->credits + balance->freeCredits.value_or(Money()));
            else
                answer(balance.error());
        });
}

} // namespace seedbook
