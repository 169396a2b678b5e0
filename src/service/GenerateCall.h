#pragma once

#include "service/PostCall.h"

namespace seedbook {

// The blocking call: one POST whose answer is the picture. All of it is in three steps that can
// each be the last: the exchange, reading what came (off this thread, unless it is a picture as it
// stands), fetching what the answer points to.
class GenerateCall final : public PostCall
{
    Q_OBJECT

public:
    GenerateCall(
        const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent);

private:
    void onAnswer(Exchange::End end) override;
    void onReading(const AnswerReading& reading);
    void onFetched(const Result<PictureBytes>& fetched) override;
};

} // namespace seedbook
