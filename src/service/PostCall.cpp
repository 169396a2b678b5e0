#include "service/PostCall.h"

#include "service/HeaderReader.h"
#include "service/PictureFetch.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

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
        {m_limits.deadline, m_limits.largestBody, {}, m_limits.connecting}, this);
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
    if (!m_exchange)
        fail({ErrorKind::Stopped, {}, {}}, Reach::NotSent);
    else if (m_fetch)
        m_fetch->stop();
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
                                                       : tr("%1 of %2 bytes came.")
                                                             .arg(residue.size())
                                                             .arg(m_exchange->announcedLength())},
                reach, residue);
        } else if (left) {
            fail({ErrorKind::ConnectionLost, host, {}}, reach);
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

void PostCall::fetch(const QUrl& url, std::chrono::milliseconds deadline)
{
    const bool local = isLoopback(m_url.host());
    m_fetch = new PictureFetch(url,
        {deadline, m_limits.largestBody,
            [local](const QUrl& target) { return mayFetch(target, local); }},
        this);
    connect(m_fetch, &PictureFetch::received, this, [this](qint64 bytes, qint64 total) {
        enter(CallPhase::Downloading);
        Q_EMIT received(bytes, total);
    });
    connect(m_fetch, &PictureFetch::finished, this, [this](const Result<PictureBytes>& fetched) {
        std::exchange(m_fetch, nullptr)->deleteLater();
        onFetched(fetched);
    });
    m_fetch->start();
}

void PostCall::succeed(const PictureBytes& picture, CallInfo info)
{
    finishLater(Answer{picture.bytes, picture.format, std::move(info)});
}

void PostCall::fail(Error error, Reach reach, const QByteArray& residue)
{
    error.subject = presentable(error.subject, m_key);
    error.detail = presentable(error.detail, m_key);
    finishLater(CallFailure{std::move(error), reach, info(), residue});
}

void PostCall::finishLater(CallResult result)
{
    if (m_over)
        return;
    m_over = true;
    QMetaObject::invokeMethod(
        this, [this, result = std::move(result)] { Q_EMIT finished(result); },
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
