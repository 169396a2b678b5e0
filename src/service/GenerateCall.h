#pragma once

#include "core/ApiKey.h"
#include "core/ImageService.h"
#include "service/AnswerReader.h"
#include "service/Exchange.h"
#include "service/SegmindService.h"

namespace seedbook {

class PictureFetch;

// One paid POST from its refusal or sending to a picture or what is known instead. All of it is in
// three steps that can each be the last: the exchange, reading what came (off this thread, unless
// it is a picture as it stands), fetching what the answer points to.
class GenerateCall final : public ImageCall
{
    Q_OBJECT

public:
    GenerateCall(
        const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent);

    void abort() override;

private:
    using Reach = CallFailure::Reach;

    void begin();
    void enter(Phase phase);
    void onEnded(Exchange::End end);
    void onBroken(Exchange::End end);
    void onRefused();
    void onReading(const AnswerReading& reading);
    void onFetched(const Result<PictureBytes>& fetched);
    void succeed(const PictureBytes& picture);
    // Cleans the error's texts of the key.
    void fail(Error error, Reach reach, const QByteArray& residue = {});
    void finishLater(CallResult result);
    [[nodiscard]] CallInfo info() const;

    QUrl m_url;
    QByteArray m_body;
    ApiKey m_key;
    CallLimits m_limits;
    Exchange* m_exchange = nullptr;
    PictureFetch* m_fetch = nullptr;
    std::optional<Phase> m_phase;
    bool m_over = false;
};

} // namespace seedbook
