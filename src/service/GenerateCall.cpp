#include "service/GenerateCall.h"

#include <QtConcurrentRun>

namespace seedbook {

GenerateCall::GenerateCall(
    const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent)
    : PostCall(url, body, std::move(key), limits, parent)
{
    QMetaObject::invokeMethod(this, &GenerateCall::post, Qt::QueuedConnection);
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
        QtConcurrent::run(&readAnswer, body).then(this, judge);
}

void GenerateCall::onReading(const AnswerReading& reading)
{
    if (const auto* picture = std::get_if<PictureBytes>(&reading)) {
        succeed(*picture, info());
        return;
    }
    if (const auto* link = std::get_if<PictureLink>(&reading)) {
        fetch(link->url, limits().fetchDeadline);
        return;
    }
    Error error = std::get<Error>(reading);
    // With a status the words are told as the service's own.
    if (!error.detail.isEmpty())
        error.httpStatus = exchange()->status();
    fail(error, Reach::Unknown, exchange()->body());
}

void GenerateCall::onFetched(const Result<PictureBytes>& fetched)
{
    if (fetched)
        succeed(*fetched, info());
    else
        fail(fetched.error(), Reach::Unknown, exchange()->body());
}

} // namespace seedbook
