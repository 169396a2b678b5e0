#include "service/BalanceCall.h"

#include "core/OutsideJson.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr int mostAttempts = 2;
constexpr qint64 largestBody = 64 << 10;

std::optional<Money> amount(const QJsonValue& value)
{
    bool good = value.isDouble();
    const double usd = value.isString() ? value.toString().toDouble(&good) : value.toDouble();
    if (!good || !std::isfinite(usd) || std::fabs(usd) > 1e9)
        return std::nullopt;
    return Money::fromUsd(usd);
}

} // namespace

std::optional<Balance> readBalance(const QByteArray& body)
{
    const QJsonObject object = readOutsideJson(body).object();
    const auto credits = amount(object.value("credits"_L1));
    if (!credits)
        return std::nullopt;
    return Balance{*credits, amount(object.value("free-credits"_L1))};
}

BalanceCall::BalanceCall(const Endpoint& endpoint, const ApiKey& key, QObject* parent,
    std::chrono::milliseconds deadline)
    : QObject(parent)
    , m_url(endpoint.url(u"/v1/get-user-credits"_s))
    , m_key(key)
    , m_deadline(deadline)
{
    QMetaObject::invokeMethod(this, &BalanceCall::attempt, Qt::QueuedConnection);
}

void BalanceCall::attempt()
{
    if (auto error = refusal(m_url, m_key)) {
        finish(*std::move(error));
        return;
    }
    ++m_attempts;
    const std::chrono::milliseconds remaining(m_deadline.remainingTime());
    m_exchange = new Exchange(
        keyedRequest(m_url, m_key), std::nullopt, {std::max(remaining, 1ms), largestBody}, this);
    connect(m_exchange, &Exchange::ended, this, &BalanceCall::onEnded);
    m_exchange->start();
}

void BalanceCall::onEnded(Exchange::End end)
{
    Exchange* exchange = std::exchange(m_exchange, nullptr);
    exchange->deleteLater();
    const int status = exchange->status();
    if (const QString target = exchange->redirectTarget().host(); !target.isEmpty()) {
        finish({ErrorKind::Redirected, target, {}, status});
        return;
    }
    const bool refused = status != 0 && !exchange->isSuccess();
    if (end != Exchange::End::Whole && !refused) {
        if (end == Exchange::End::Broken && m_attempts < mostAttempts && !m_deadline.hasExpired())
            attempt();
        else
            finish({kindOfNetworkError(exchange->networkError()), m_url.host(),
                exchange->networkErrorText()});
        return;
    }
    const auto balance = refused ? std::nullopt : readBalance(exchange->body());
    if (balance) {
        Q_EMIT finished(*balance);
        return;
    }
    const QString message = serviceMessage(exchange->body());
    finish({kindOfStatus(status, message), m_url.host(), message, status});
}

void BalanceCall::finish(Error error)
{
    error.subject = presentable(error.subject, m_key);
    error.detail = presentable(error.detail, m_key);
    Q_EMIT finished(error);
}

} // namespace seedbook

#include "moc_BalanceCall.cpp"
