#include "service/GenerateCall.h"

#include "service/HeaderReader.h"
#include "service/PictureFetch.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

#include <QtConcurrentRun>

namespace seedbook {

GenerateCall::GenerateCall(
    const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent)
    : ImageCall(parent)
    , m_url(url)
    , m_body(body)
    , m_key(std::move(key))
    , m_limits(limits)
{
    QMetaObject::invokeMethod(this, &GenerateCall::begin, Qt::QueuedConnection);
}

void GenerateCall::begin()
{
    if (m_over)
        return;
    if (auto error = refusal(m_url, m_key)) {
        fail(*std::move(error), Reach::NotSent);
        return;
    }
    m_exchange = new Exchange(
        keyedRequest(m_url, m_key), m_body, {m_limits.deadline, m_limits.largestBody}, this);
    connect(m_exchange, &Exchange::sent, this, [this] { enter(Phase::Waiting); });
    connect(m_exchange, &Exchange::received, this, [this](qint64 bytes, qint64 total) {
        if (!m_exchange->isSuccess() || bytes == 0)
            return;
        enter(Phase::Receiving);
        Q_EMIT received(bytes, total);
    });
    connect(m_exchange, &Exchange::ended, this, &GenerateCall::onEnded);
    enter(Phase::Connecting);
    m_exchange->start();
}

void GenerateCall::abort()
{
    if (m_over)
        return;
    if (!m_exchange)
        fail({ErrorKind::Stopped, {}, {}}, Reach::NotSent);
    else if (m_fetch)
        m_fetch->stop();
    else
        m_exchange->stop(); // nothing, once all is here: then the picture goes before
}

void GenerateCall::enter(Phase phase)
{
    if (m_phase && *m_phase >= phase)
        return;
    m_phase = phase;
    Q_EMIT phaseChanged(phase);
}

void GenerateCall::onEnded(Exchange::End end)
{
    if (m_exchange->status() != 0 && !m_exchange->isSuccess()) {
        onRefused();
        return;
    }
    // Without a length that was missed, a lost end need not have cost anything of the picture.
    const QByteArray body = m_exchange->body();
    const bool mayBeAll = end == Exchange::End::Broken && m_exchange->isSuccess() &&
                          m_exchange->announcedLength() <= body.size();
    if (end != Exchange::End::Whole && !mayBeAll) {
        onBroken(end);
        return;
    }
    const auto judge = [this, end](const AnswerReading& reading) {
        if (end != Exchange::End::Whole && std::holds_alternative<Error>(reading))
            onBroken(end);
        else
            onReading(reading);
    };
    if (sniffImageFormat(body))
        judge(readAnswer(body));
    else
        QtConcurrent::run(&readAnswer, body).then(this, judge);
}

void GenerateCall::onBroken(Exchange::End end)
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
            const ErrorKind kind = kindOfNetworkError(m_exchange->networkError());
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

void GenerateCall::onRefused()
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

void GenerateCall::onReading(const AnswerReading& reading)
{
    if (const auto* picture = std::get_if<PictureBytes>(&reading)) {
        succeed(*picture);
        return;
    }
    if (const auto* link = std::get_if<PictureLink>(&reading)) {
        const bool local = isLoopback(m_url.host());
        m_fetch = new PictureFetch(link->url,
            {m_limits.fetchDeadline, m_limits.largestBody,
                [local](const QUrl& url) { return mayFetch(url, local); }},
            this);
        connect(m_fetch, &PictureFetch::received, this, &GenerateCall::received);
        connect(m_fetch, &PictureFetch::finished, this, &GenerateCall::onFetched);
        m_fetch->start();
        return;
    }
    Error error = std::get<Error>(reading);
    // With a status the words are told as the service's own.
    if (!error.detail.isEmpty())
        error.httpStatus = m_exchange->status();
    fail(error, Reach::Unknown, m_exchange->body());
}

void GenerateCall::onFetched(const Result<PictureBytes>& fetched)
{
    if (fetched)
        succeed(*fetched);
    else
        fail(fetched.error(), Reach::Unknown, m_exchange->body());
}

void GenerateCall::succeed(const PictureBytes& picture)
{
    finishLater(Answer{picture.bytes, picture.format, info()});
}

void GenerateCall::fail(Error error, Reach reach, const QByteArray& residue)
{
    error.subject = presentable(error.subject, m_key);
    error.detail = presentable(error.detail, m_key);
    finishLater(CallFailure{std::move(error), reach, info(), residue});
}

void GenerateCall::finishLater(CallResult result)
{
    if (m_over)
        return;
    m_over = true;
    QMetaObject::invokeMethod(
        this, [this, result = std::move(result)] { Q_EMIT finished(result); },
        Qt::QueuedConnection);
}

CallInfo GenerateCall::info() const
{
    if (!m_exchange || m_exchange->status() == 0)
        return {};
    CallInfo info = readHeaders(m_exchange->status(), m_exchange->headers());
    info.serviceRequestId = presentable(info.serviceRequestId, m_key);
    info.rateLimitReset = presentable(info.rateLimitReset, m_key);
    return info;
}

} // namespace seedbook
