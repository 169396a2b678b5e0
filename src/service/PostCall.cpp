#include "service/PostCall.h"

#include "core/Text.h"
#include "service/HeaderReader.h"
#include "service/PictureFetch.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

#include <algorithm>
#include <numeric>

namespace seedbook {

PostCall::PostCall(
    const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent)
    : ImageCall(parent)
    , m_url(url)
    , m_body(body)
    , m_key(std::move(key))
    , m_limits(limits)
{
}

void PostCall::post()
{
    if (m_over)
        return;
    if (auto error = refusal(m_url, m_key)) {
        fail(*std::move(error), Reach::NotSent);
        return;
    }
    m_exchange = new Exchange(keyedRequest(m_url, m_key), m_body,
        {m_limits.deadline, m_limits.largestBody, m_limits.connecting}, this);
    connect(m_exchange, &Exchange::sent, this, [this] { enter(CallPhase::Generating); });
    connect(m_exchange, &Exchange::received, this, [this](qint64 bytes, qint64 total) {
        if (!answersWithPicture() || !m_exchange->isSuccess() || bytes == 0)
            return;
        enter(CallPhase::Downloading);
        Q_EMIT received(bytes, total);
    });
    connect(m_exchange, &Exchange::ended, this, &PostCall::onEnded);
    enter(CallPhase::Connecting);
    m_exchange->start();
}

void PostCall::abort()
{
    if (m_over)
        return;
    if (stopOther())
        return;
    if (m_fetch) // also of an earlier run's, which posts nothing itself
        m_fetch->stop();
    else if (!m_exchange)
        fail({ErrorKind::Stopped, {}, {}}, Reach::NotSent);
    else
        m_exchange->stop(); // nothing, once all is here: then the picture goes before
}

void PostCall::enter(CallPhase phase)
{
    if (m_phase && *m_phase >= phase)
        return;
    m_phase = phase;
    Q_EMIT phaseChanged(phase);
}

void PostCall::onEnded(Exchange::End end)
{
    if (m_exchange->status() != 0 && !m_exchange->isSuccess()) {
        onRefused();
        return;
    }
    // Without a length that was missed, a lost end need not have cost anything of the picture.
    const bool mayBeAll = end == Exchange::End::Broken && m_exchange->isSuccess() &&
                          m_exchange->announcedLength() <= m_exchange->body().size();
    if (end != Exchange::End::Whole && !mayBeAll) {
        onBroken(end);
        return;
    }
    onAnswer(end);
}

void PostCall::onBroken(Exchange::End end)
{
    const bool left = m_exchange->mayHaveLeft();
    const bool answering = m_exchange->isSuccess();
    const QByteArray residue = answering ? m_exchange->body() : QByteArray();
    const Reach reach = left || answering ? Reach::Unknown : Reach::NotSent;
    const QString host = m_url.host();
    switch (end) {
    case Exchange::End::Whole:
    case Exchange::End::Broken:
        if (answering) {
            fail({ErrorKind::TornAnswer, {},
                     m_exchange->announcedLength() < 0 ? QString()
                                                       : tr("Received %1 of %2 bytes.")
                                                             .arg(residue.size())
                                                             .arg(m_exchange->announcedLength())},
                reach, residue);
        } else if (left) {
            const bool interim = m_exchange->interimStatus() != 0;
            fail({interim ? ErrorKind::InterimAnswer : ErrorKind::ConnectionLost, host, {}}, reach);
        } else {
            const QNetworkReply::NetworkError error = m_exchange->networkError();
            const bool proxy =
                error == QNetworkReply::UnknownNetworkError && goesThroughProxy(m_url);
            const ErrorKind kind = proxy ? ErrorKind::ProxyFailed : kindOfNetworkError(error);
            fail({kind, host, m_exchange->networkErrorText()}, reach);
        }
        break;
    case Exchange::End::Deadline:
        if (reach == Reach::NotSent)
            fail({ErrorKind::NetworkUnreachable, host, {}}, reach);
        else
            fail({ErrorKind::TimedOut, host, {}}, reach, residue);
        break;
    case Exchange::End::TooLarge:
        fail({ErrorKind::AnswerTooLarge, {}, {}}, reach, residue);
        break;
    case Exchange::End::Stopped:
        fail({ErrorKind::Stopped, {}, {}}, reach, residue);
        break;
    }
}

void PostCall::onRefused()
{
    const int status = m_exchange->status();
    const QUrl target = m_exchange->redirectTarget();
    if (!target.host().isEmpty()) {
        fail({ErrorKind::Redirected, target.host(), {}, status}, Reach::Refused);
        return;
    }
    const QString message = serviceMessage(m_exchange->body());
    fail({kindOfStatus(status, message), m_url.host(), message, status}, Reach::Refused);
}

void PostCall::read(const QByteArray& body, const std::function<void(const AnswerReading&)>& done)
{
    readBy([body] { return readAnswer(body); }, done);
}

bool PostCall::holdsAnswer() const
{
    return m_reading || (m_over ? !m_told : hasCollected());
}

void PostCall::collect(const PictureSources& sources, std::chrono::milliseconds deadline)
{
    if (m_collected.size() != sources.size())
        m_collected = QList<std::optional<PictureBytes>>(sources.size());
    m_sources = sources;
    m_givenUp.clear();
    m_fetchError.reset();
    m_fetching = -1;
    m_collectUntil.setRemainingTime(deadline);
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (const auto* picture = std::get_if<PictureBytes>(&sources.at(i)))
            m_collected[i] = *picture;
    }
    collectNext();
}

void PostCall::collectNext()
{
    QList<qsizetype> missing; // the next one's turn first
    const qsizetype count = m_sources.size();
    for (qsizetype i = 1; i <= count; ++i) {
        const qsizetype at = (m_fetching + i + count) % count;
        if (!m_collected.at(at) && !m_givenUp.contains(at))
            missing.append(at);
    }
    if (missing.isEmpty() || (m_fetchError && m_collectUntil.hasExpired())) {
        onCollected(m_fetchError);
        return;
    }
    m_fetching = missing.first();
    m_fetchUntil = m_collectUntil;
    if (missing.size() > 1 && m_collectUntil.remainingTime() > m_limits.fetchDeadline.count())
        m_fetchUntil.setRemainingTime(m_limits.fetchDeadline);
    m_fetch = new PictureFetch(std::get<PictureLink>(m_sources.at(m_fetching)).url, m_url,
        {m_limits.fetchDeadline, std::max<qint64>(m_limits.largestBody - bytesCollected(), 1)},
        m_fetchUntil, this);
    connect(m_fetch, &PictureFetch::received, this, [this](qint64 bytes, qint64 total) {
        enter(CallPhase::Downloading);
        Q_EMIT received(bytes, total);
    });
    connect(m_fetch, &PictureFetch::finished, this, &PostCall::onFetched);
    m_fetch->start();
}

void PostCall::onFetched(const Result<PictureBytes>& fetched)
{
    PictureFetch* fetch = std::exchange(m_fetch, nullptr);
    fetch->deleteLater();
    if (m_over)
        return;
    if (fetched) {
        m_collected[m_fetching] = *fetched;
    } else if (fetched.error().kind == ErrorKind::Stopped) {
        onCollected(fetched.error());
        return;
    } else {
        m_fetchError = fetched.error();
        if (fetch->isHopeless() || m_fetchUntil == m_collectUntil)
            m_givenUp.insert(m_fetching);
    }
    collectNext();
}

qint64 PostCall::bytesCollected() const
{
    return std::accumulate(m_collected.cbegin(), m_collected.cend(), qint64{0},
        [](qint64 sum, const std::optional<PictureBytes>& picture) {
            return sum + (picture ? picture->bytes.size() : 0);
        });
}

bool PostCall::hasCollected() const
{
    return std::ranges::any_of(m_collected,
        [](const std::optional<PictureBytes>& picture) { return picture.has_value(); });
}

void PostCall::succeed(CallInfo info)
{
    if (m_over)
        return;
    m_over = true;
    Answer answer{.pictures = {}, .info = std::move(info)};
    for (const std::optional<PictureBytes>& picture : std::as_const(m_collected)) {
        if (picture)
            answer.pictures.append(*picture);
    }
    finishLater(std::move(answer));
}

void PostCall::fail(Error error, Reach reach, const QByteArray& residue)
{
    if (m_over)
        return;
    m_over = true;
    const CallFailure failure{cleaned(std::move(error)), reach, info(), {}};
    // It may be large; and it is told of with it, or not at all.
    const auto clean = [residue, secret = m_key.reveal().trimmed()] {
        return withoutSecret(residue, secret);
    };
    const auto tell = [this, failure](const QByteArray& rest) {
        CallFailure whole = failure;
        whole.residue = rest;
        finishLater(std::move(whole));
    };
    if (residue.size() <= readAtOnce)
        tell(clean());
    else
        whenDone(QtConcurrent::run(&answerThreads(), clean), this, tell);
}

bool PostCall::holdsKey(const QByteArray& text) const
{
    return withoutSecret(text, m_key.reveal().trimmed()) != text;
}

Error PostCall::cleaned(Error error) const
{
    error.subject = presentable(error.subject, m_key);
    error.detail = presentable(error.detail, m_key);
    return error;
}

void PostCall::finishLater(CallResult result)
{
    QMetaObject::invokeMethod(
        this,
        [this, result = std::move(result)] {
            m_told = true;
            Q_EMIT finished(result);
        },
        Qt::QueuedConnection);
}

CallInfo PostCall::info() const
{
    if (!m_exchange || m_exchange->status() == 0)
        return {};
    CallInfo info = readHeaders(m_exchange->status(), m_exchange->headers());
    info.serviceRequestId = presentable(info.serviceRequestId, m_key);
    info.rateLimitReset = presentable(info.rateLimitReset, m_key);
    return info;
}

} // namespace seedbook

#include "moc_PostCall.cpp"
