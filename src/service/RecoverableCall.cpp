#include "service/RecoverableCall.h"

#include "core/OutsideJson.h"
#include "service/RequestPolicy.h"
#include "service/ResultPoll.h"
#include "service/ServiceMessage.h"

#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr double mostUsd = 1e6;
// COMPLETED, and nothing in it: what is not there by then does not come.
constexpr int mostEmpty = 5;
// A longer id is more than an id: the practice service's holds the prompt.
constexpr qsizetype longestShown = 128;
constexpr double mostSeconds = 24 * 3600;

std::optional<double> metric(const QJsonObject& metrics, QLatin1StringView name, double most)
{
    const QJsonValue value = metrics.value(name);
    const double number = value.toDouble(-1);
    return value.isDouble() && number >= 0 && number <= most ? std::optional(number) : std::nullopt;
}

// A string, or a whole number.
QString readId(const QJsonValue& id)
{
    const qint64 number = id.toInteger(-1);
    return number >= 0 ? QString::number(number) : id.toString();
}

CallInfo readMetrics(const QJsonObject& record)
{
    CallInfo info;
    info.httpStatus = 200;
    const QJsonObject metrics = record.value("metrics"_L1).toObject();
    if (const auto cost = metric(metrics, "cost"_L1, mostUsd))
        info.cost = Money::fromUsd(*cost);
    if (const auto credits = metric(metrics, "remaining_credits"_L1, mostUsd))
        info.remainingCredits = Money::fromUsd(*credits);
    if (const auto time = metric(metrics, "inference_time"_L1, mostSeconds))
        info.generationTime = std::chrono::milliseconds(std::llround(*time * 1000));
    return info;
}

} // namespace

RecoverableCall::RecoverableCall(const Endpoint& endpoint, const QString& path,
    const QByteArray& body, const std::function<ApiKey()>& key, CallLimits limits, QObject* parent)
    : PostCall(endpoint.url(path), body, key(), limits, parent)
    , m_endpoint(endpoint)
    , m_keyOf(key)
{
    QMetaObject::invokeMethod(this, &RecoverableCall::post, Qt::QueuedConnection);
}

RecoverableCall::RecoverableCall(const Endpoint& endpoint, const Acceptance& acceptance,
    std::function<ApiKey()> key, CallLimits limits, QObject* parent)
    : PostCall(endpoint.url({}), {}, key(), limits, parent)
    , m_endpoint(endpoint)
    , m_keyOf(std::move(key))
    , m_proceeding(true)
{
    QMetaObject::invokeMethod(
        this, [this, acceptance] { poll(acceptance); }, Qt::QueuedConnection);
}

void RecoverableCall::proceed()
{
    const bool first = !std::exchange(m_proceeding, true);
    if (m_poll && !isOver() && (first || m_poll->lacksKey()))
        m_poll->start();
}

struct RecoverableCall::Taken
{
    QString id;
    // Without an id: taken, by its status, and no word of how to ask after it. Perhaps it is the
    // picture itself.
    AnswerReading reading;
    QString message;
};

RecoverableCall::Taken RecoverableCall::readTaken(const QByteArray& body)
{
    const OutsideJson json(body);
    const QString id = readId(json.document().object().value("request_id"_L1));
    if (ResultPoll::isUsableId(id) && !json.longText(id))
        return {id, {}, {}};
    return {{}, readAnswer(body), serviceMessage(body)};
}

void RecoverableCall::onAnswer(Exchange::End end)
{
    const QByteArray body = exchange()->body();
    if (body.size() <= readAtOnce) {
        onTaken(end, readTaken(body));
        return;
    }
    m_isTaking = true;
    readBy([body] { return readTaken(body); },
        [this, end](const Taken& taken) {
            m_isTaking = false;
            onTaken(end, taken);
        });
}

void RecoverableCall::onTaken(Exchange::End end, const Taken& taken)
{
    if (!taken.id.isEmpty() && holdsKey(taken.id.toUtf8())) {
        // It would go to the ledger.
        fail({ErrorKind::UnreadableAnswer, {}, {}}, Reach::Unknown, exchange()->body());
        return;
    }
    if (!taken.id.isEmpty()) {
        const Acceptance acceptance{taken.id, QDateTime::currentDateTimeUtc()};
        poll(acceptance);
        Q_EMIT accepted(acceptance);
        if (m_stopsTaken)
            stopOther();
        return;
    }
    m_record = exchange()->body();
    m_info = info();
    if (const auto* sources = std::get_if<PictureSources>(&taken.reading))
        collect(*sources, limits().fetchDeadline);
    else if (end != Exchange::End::Whole)
        onBroken(end);
    else
        fail({ErrorKind::UnreadableAnswer, {}, taken.message, exchange()->status()}, Reach::Unknown,
            m_record);
}

void RecoverableCall::poll(const Acceptance& acceptance)
{
    if (isOver())
        return;
    enter(CallPhase::Generating);
    m_remoteId = acceptance.remoteId;
    m_poll = new ResultPoll(m_endpoint, m_keyOf, acceptance, limits(), this);
    connect(m_poll, &ResultPoll::completed, this, &RecoverableCall::onCompleted);
    connect(m_poll, &ResultPoll::failed, this, &RecoverableCall::onPollFailed);
    connect(m_poll, &ResultPoll::keyMissing, this, &RecoverableCall::keyMissing);
    connect(m_poll, &ResultPoll::keyRefused, this, [this](const Error& error) {
        setKey(m_keyOf());
        Q_EMIT keyRefused(cleaned(error));
    });
    if (m_proceeding)
        m_poll->start();
}

bool RecoverableCall::stopOther()
{
    if (m_isTaking) {
        m_stopsTaken = true; // the id goes before, as it would have a moment earlier
        return true;
    }
    if (!m_poll)
        return false;
    m_poll->stop();
    fail({ErrorKind::Stopped, {}, {}}, Reach::Unknown, m_record);
    return true;
}

void RecoverableCall::onCompleted(const QByteArray& record, const QJsonObject& object)
{
    if (isOver())
        return;
    m_record = record;
    m_info = readMetrics(object);
    if (m_remoteId.size() <= longestShown)
        m_info.serviceRequestId = presentable(m_remoteId, m_keyOf());
    enter(CallPhase::Downloading);
    read(record, [this](const AnswerReading& reading) { takeReading(reading); });
}

void RecoverableCall::takeReading(const AnswerReading& reading)
{
    if (isOver())
        return;
    if (const auto* sources = std::get_if<PictureSources>(&reading)) {
        m_empty = 0;
        collect(*sources, limits().fetchDeadline);
    } else if (++m_empty < mostEmpty) {
        askAgain(std::get<Error>(reading));
    } else {
        endWithWhatCame(std::get<Error>(reading));
    }
}

void RecoverableCall::onCollected(const std::optional<Error>& error)
{
    if (isOver())
        return;
    if (!error)
        succeed(m_info);
    else if (m_poll)
        askAgain(*error);
    else
        endWithWhatCame(*error);
}

void RecoverableCall::askAgain(const Error& error)
{
    if (!m_poll->next())
        endWithWhatCame(error);
}

void RecoverableCall::endWithWhatCame(const Error& error)
{
    if (hasCollected() && error.kind != ErrorKind::Stopped)
        succeed(m_info);
    else
        fail(error, Reach::Unknown, m_record);
}

void RecoverableCall::onPollFailed(const Error& error)
{
    if (isOver())
        return;
    if (hasCollected()) {
        succeed(m_info);
        return;
    }
    setKey(m_keyOf()); // it may have come since; its words are to be cleaned of it
    fail({error.kind, m_endpoint.url({}).host(), error.detail, error.httpStatus},
        error.kind == ErrorKind::JobFailed ? Reach::Refused : Reach::Unknown, m_record);
}

} // namespace seedbook

#include "moc_RecoverableCall.cpp"
