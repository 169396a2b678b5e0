#include "service/GenerateCall.h"

#include "service/ResultPoll.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

GenerateCall::GenerateCall(
    const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent)
    : PostCall(url, body, std::move(key), limits, parent)
{
    QMetaObject::invokeMethod(this, &GenerateCall::post, Qt::QueuedConnection);
}

GenerateCall::GenerateCall(
    const QUrl& url, const Acceptance& acceptance, ApiKey key, CallLimits limits, QObject* parent)
    : PostCall(url, {}, std::move(key), limits, parent)
    , m_acceptance(acceptance)
{
    PictureSources sources;
    for (const QString& address : acceptance.remoteId.split(u'\n', Qt::SkipEmptyParts))
        sources.append(PictureLink{QUrl(address, QUrl::StrictMode)});
    const auto left = std::max(limits.fetchDeadline, leftOf(limits.acceptedFor, acceptance));
    QMetaObject::invokeMethod(
        this,
        [this, sources, left] {
            enter(CallPhase::Downloading);
            collect(sources, left);
        },
        Qt::QueuedConnection);
}

void GenerateCall::onAnswer(Exchange::End end)
{
    const QByteArray body = exchange()->body();
    const auto judge = [this, end](const AnswerReading& reading) {
        if (end != Exchange::End::Whole && std::holds_alternative<Error>(reading))
            onBroken(end);
        else
            onReading(reading);
    };
    if (sniffImageFormat(body))
        judge(readAnswer(body));
    else
        read(body, judge);
}

void GenerateCall::onReading(const AnswerReading& reading)
{
    if (const auto* sources = std::get_if<PictureSources>(&reading)) {
        QStringList addresses;
        for (const AnsweredPicture& source : *sources) {
            const auto* link = std::get_if<PictureLink>(&source);
            const QString address = link ? link->url.toString(QUrl::FullyEncoded) : QString();
            // It goes to the ledger. One that repeats the key is fetched in this run alone.
            if (link && !holdsKey(address.toLatin1()))
                addresses.append(address);
        }
        if (!addresses.isEmpty()) {
            m_acceptance = {addresses.join(u'\n'), QDateTime::currentDateTimeUtc()};
            Q_EMIT accepted(m_acceptance);
        }
        // Bytes that are here already do not wait in memory for long.
        const bool anyHere = std::ranges::any_of(*sources, [](const AnsweredPicture& source) {
            return std::holds_alternative<PictureBytes>(source);
        });
        collect(*sources, anyHere ? limits().fetchDeadline : limits().acceptedFor);
        return;
    }
    Error error = std::get<Error>(reading);
    // With a status the words are told as the service's own.
    if (!error.detail.isEmpty())
        error.httpStatus = exchange()->status();
    fail(error, Reach::Unknown, residue());
}

void GenerateCall::onCollected(const std::optional<Error>& error)
{
    if (hasCollected() && !(error && error->kind == ErrorKind::Stopped))
        succeed(info());
    else // without an error there was no address in what an earlier run wrote down
        fail(error.value_or(Error{ErrorKind::UnreadableAnswer, {}, {}}), Reach::Unknown, residue());
}

// What a person can still make something of.
QByteArray GenerateCall::residue() const
{
    return exchange() ? exchange()->body() : m_acceptance.remoteId.toUtf8();
}

} // namespace seedbook

#include "moc_GenerateCall.cpp"
