#include "service/SegmindService.h"

#include "service/BalanceCall.h"
#include "service/GenerateCall.h"
#include "service/RecoverableCall.h"

namespace seedbook {

SegmindService::SegmindService(Endpoint endpoint, std::function<ApiKey()> key, CallLimits limits,
    Transport transport, BodyOf bodyOf)
    : m_endpoint(std::move(endpoint))
    , m_key(std::move(key))
    , m_limits(limits)
    , m_transport(transport)
    , m_bodyOf(std::move(bodyOf))
{
}

QFuture<Result<QByteArray>> SegmindService::body(const Request& request)
{
    return m_bodyOf ? m_bodyOf(request)
                    : QtFuture::makeReadyFuture(Result<QByteArray>(request.body()));
}

ImageCall* SegmindService::generate(const Request& request, const QByteArray& body, QObject* parent)
{
    const QString path = request.model().path(m_transport);
    if (m_transport == Transport::Recoverable)
        return new RecoverableCall(m_endpoint, path, body, m_key, m_limits, parent);
    return new GenerateCall(m_endpoint.url(path), body, m_key(), m_limits, parent);
}

ImageCall* SegmindService::resume(
    const Request& request, const Acceptance& acceptance, QObject* parent)
{
    if (m_transport == Transport::Blocking)
        return new GenerateCall(m_endpoint.url(request.model().path(m_transport)), acceptance,
            m_key(), m_limits, parent);
    return new RecoverableCall(m_endpoint, acceptance, m_key, m_limits, parent);
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
