#pragma once

#include "core/ApiKey.h"
#include "core/ImageService.h"
#include "service/AnswerReader.h"
#include "service/Exchange.h"
#include "service/SegmindService.h"

namespace seedbook {

class PictureFetch;

// What every paid POST has in common, from its refusal or sending to its end: one exchange on the
// wire, the words for what went wrong with it, a picture that an answer points to, and one end.
class PostCall : public ImageCall
{
    Q_OBJECT

public:
    void abort() override;

protected:
    using Reach = CallFailure::Reach;

    PostCall(
        const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent);

    // Checks and sends. Called from the event loop.
    void post();
    // A success's body is here: whole, or with an end that was lost and need not be missing.
    virtual void onAnswer(Exchange::End end) = 0;
    // Whether the answer to the POST is the picture, or leads to it later.
    [[nodiscard]] virtual bool answersWithPicture() const { return true; }
    // Stops what runs beside the exchange and the fetch; true if that was something.
    virtual bool stopOther() { return false; }

    void enter(CallPhase phase);
    void onBroken(Exchange::End end);
    void onRefused();
    void fetch(const QUrl& url, std::chrono::milliseconds deadline);
    virtual void onFetched(const Result<PictureBytes>& fetched) = 0;
    void succeed(const PictureBytes& picture, CallInfo info);
    // Cleans the error's texts of the key.
    void fail(Error error, Reach reach, const QByteArray& residue = {});
    [[nodiscard]] CallInfo info() const; // of the POST's answer
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] const QUrl& url() const { return m_url; }
    void setKey(const ApiKey& key) { m_key = key; }
    [[nodiscard]] const CallLimits& limits() const { return m_limits; }
    [[nodiscard]] const Exchange* exchange() const { return m_exchange; }

private:
    void onEnded(Exchange::End end);
    void finishLater(CallResult result);

    QUrl m_url;
    QByteArray m_body;
    ApiKey m_key;
    CallLimits m_limits;
    Exchange* m_exchange = nullptr;
    PictureFetch* m_fetch = nullptr;
    std::optional<CallPhase> m_phase;
    bool m_over = false;
};

} // namespace seedbook
