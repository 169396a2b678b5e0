#include "service/ResultPoll.h"

#include "core/Async.h"
#include "core/OutsideJson.h"
#include "core/SteadyTime.h"
#include "service/AnswerReader.h"
#include "service/HeaderReader.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr qint64 largestStatus = 1 << 20;
constexpr qsizetype longestId = 16 << 10;
// One GET, from sending to its last byte.
constexpr std::chrono::milliseconds statusDeadline{30'000};

bool saysFailed(const QString& status)
{
    return status == "FAILED"_L1 || status == "ERROR"_L1 || status == "CANCELLED"_L1;
}

} // namespace

std::chrono::milliseconds leftOf(std::chrono::milliseconds limit, const Acceptance& acceptance)
{
    const std::chrono::milliseconds gone(acceptance.at.msecsTo(QDateTime::currentDateTimeUtc()));
    return std::clamp(limit - gone, std::chrono::milliseconds(0), limit);
}

ResultPoll::ResultPoll(const Endpoint& endpoint, std::function<ApiKey()> key,
    const Acceptance& acceptance, const CallLimits& limits, QObject* parent)
    : QObject(parent)
    , m_endpoint(endpoint)
    , m_key(std::move(key))
    , m_acceptance(acceptance)
    , m_limits(limits)
    , m_until(steadyTime() + leftOf(limits.acceptedFor, acceptance))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &ResultPoll::ask);
}

bool ResultPoll::isUsableId(const QString& id)
{
    return !id.isEmpty() && id.size() <= longestId &&
           std::ranges::all_of(id,
               [](QChar c) {
                   return c.unicode() < 128 && (c.isLetterOrNumber() || u"-_.~="_s.contains(c));
               }) &&
           id != "."_L1 && id != ".."_L1;
}

void ResultPoll::start()
{
    if (m_exchange)
        return;
    m_lacksKey = m_keyRefused = false; // it is told anew
    m_pause.start(0);
}

bool ResultPoll::next()
{
    if (isOver())
        return false;
    m_step = Step::Result;
    later(true);
    return true;
}

void ResultPoll::stop()
{
    m_pause.stop();
    if (m_exchange)
        std::exchange(m_exchange, nullptr)->deleteLater();
}

bool ResultPoll::isOver() const
{
    return m_until <= steadyTime();
}

void ResultPoll::ask()
{
    QString path = u"/v2/requests/"_s + m_acceptance.remoteId;
    if (m_step == Step::Status)
        path += "/status"_L1;
    ++m_asked;
    const bool whole = m_step == Step::Result;
    const QUrl url = m_endpoint.url(path);
    const ApiKey key = m_key();
    const bool refused = refusal(url, key).has_value();
    setLacksKey(refused, m_keyRefused);
    if (refused) {
        later(true);
        return;
    }
    m_exchange = new Exchange(keyedRequest(url, key), std::nullopt,
        {whole ? m_limits.fetchDeadline : std::min(statusDeadline, m_limits.fetchDeadline),
            whole ? m_limits.largestBody : largestStatus},
        this);
    connect(m_exchange, &Exchange::ended, this, &ResultPoll::onEnded);
    m_exchange->start();
}

void ResultPoll::setLacksKey(bool none, bool refused)
{
    const bool before = lacksKey();
    m_lacksKey = none;
    m_keyRefused = refused;
    if (lacksKey() != before)
        Q_EMIT keyMissing(lacksKey());
}

struct ResultPoll::Record
{
    QJsonObject object;
    QString status;
    QString failure; // what it says, where it says that the work failed
    bool isTooMuch = false;
};

ResultPoll::Record ResultPoll::readRecord(const QByteArray& body)
{
    const OutsideJson json(body);
    const QJsonObject object = json.document().object();
    const QString status = object.value("status"_L1).toString().toUpper();
    return {object, status, saysFailed(status) ? serviceMessage(json, body) : QString(),
        json.isTooMuch()};
}

void ResultPoll::onEnded(Exchange::End end)
{
    if (!m_exchange)
        return;
    const QByteArray body = end == Exchange::End::Whole ? m_exchange->body() : QByteArray();
    if (body.size() <= readAtOnce) {
        judge(end, readRecord(body));
        return;
    }
    whenDone(QtConcurrent::run(&answerThreads(), &ResultPoll::readRecord, body), m_exchange,
        [this, end, exchange = m_exchange](const Record& record) {
            if (m_exchange == exchange) // it was not stopped
                judge(end, record);
        });
}

void ResultPoll::judge(Exchange::End end, const Record& record)
{
    Exchange* exchange = std::exchange(m_exchange, nullptr);
    exchange->deleteLater();
    m_lastStatus = exchange->status();
    const bool whole = end == Exchange::End::Whole;
    // 403 may be about this job alone.
    const bool refused = whole && m_lastStatus == 401;
    if (refused && !m_keyRefused) {
        const QString message = serviceMessage(exchange->body());
        Q_EMIT keyRefused({kindOfStatus(m_lastStatus, message), m_endpoint.url({}).host(), message,
            m_lastStatus});
    }
    if (whole)
        setLacksKey(m_lacksKey, refused);
    // A failed job is told with 422, and sometimes with 200.
    if ((exchange->isSuccess() || exchange->status() == 422) && saysFailed(record.status)) {
        Q_EMIT failed({ErrorKind::JobFailed, {}, record.failure, exchange->status()});
        return;
    }
    const bool isResult = m_step == Step::Result;
    const bool isRecord = !record.object.isEmpty() || (isResult && record.isTooMuch);
    if (!whole || !exchange->isSuccess() || !isRecord) {
        const CallInfo info = readHeaders(exchange->status(), exchange->headers());
        later(true, info.retryAfter.value_or(0ms));
        return;
    }
    m_troubles = 0;
    if (isResult) {
        Q_EMIT completed(exchange->body(), record.object);
    } else if (record.status == "COMPLETED"_L1) {
        m_step = Step::Result;
        ask();
    } else {
        later(false);
    }
}

void ResultPoll::later(bool trouble, std::chrono::milliseconds atLeast)
{
    // Without a key nobody has asked: it waits for one, however long.
    if (isOver() && !lacksKey()) {
        const bool gone = m_lastStatus == 404;
        Q_EMIT failed({gone ? ErrorKind::ResultGone : ErrorKind::TimedOut, {}, {}});
        return;
    }
    m_troubles = trouble ? m_troubles + 1 : 0;
    // A little slower each time; with trouble twice as slow each time.
    const double factor =
        trouble ? std::pow(2.0, std::min(m_troubles, 10)) : std::pow(1.15, std::min(m_asked, 30));
    const auto wait = std::chrono::milliseconds(
        std::llround(static_cast<double>(m_limits.firstPoll.count()) * factor));
    m_pause.start(std::clamp(std::max(wait, atLeast), m_limits.firstPoll,
        trouble ? m_limits.longestPollInTrouble : m_limits.longestPoll));
}

} // namespace seedbook

#include "moc_ResultPoll.cpp"
