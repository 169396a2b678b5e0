#pragma once

#include "core/ApiKey.h"
#include "core/Async.h"
#include "core/ImageService.h"
#include "service/AnswerReader.h"
#include "service/Exchange.h"
#include "service/SegmindService.h"

#include <QDeadlineTimer>
#include <QSet>
#include <QtConcurrentRun>

namespace seedbook {

class PictureFetch;

// What every paid POST has in common, from its refusal or sending to its end: one exchange on the
// wire, the words for what went wrong with it, the pictures that an answer holds or points to, and
// one end.
class PostCall : public ImageCall
{
    Q_OBJECT

public:
    void abort() override;
    [[nodiscard]] bool holdsAnswer() const override;

protected:
    using Reach = CallFailure::Reach;

    PostCall(
        const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent);

    // Checks and sends. Called from the event loop.
    void post();
    // Reads it off this thread, on one that nothing else keeps busy. `done` comes later, unless the
    // call has ended by then.
    void read(const QByteArray& body, const std::function<void(const AnswerReading&)>& done);
    // The same for what another reader makes of an answer.
    template <typename Reader, typename Done>
    void readBy(Reader reader, Done done)
    {
        m_reading = true;
        whenDone(QtConcurrent::run(&answerThreads(), std::move(reader)), this,
            [this, done = std::move(done)](const auto& reading) {
                m_reading = false;
                if (!m_over)
                    done(reading);
            });
    }
    // A success's body is here: whole, or with an end that was lost and need not be missing.
    virtual void onAnswer(Exchange::End end) = 0;
    // Whether the answer to the POST is the picture, or leads to it later.
    [[nodiscard]] virtual bool answersWithPicture() const { return true; }
    // Stops what runs beside the exchange and the fetch; true if that was something.
    virtual bool stopOther() { return false; }

    void enter(CallPhase phase);
    void onBroken(Exchange::End end);
    void onRefused();
    // Fetches what is elsewhere, by turns, so that none waits for one that is not there;
    // onCollected() follows, with an error where one could not be had within `deadline`. Called
    // again for as many, only what is missing is fetched.
    void collect(const PictureSources& sources, std::chrono::milliseconds deadline);
    virtual void onCollected(const std::optional<Error>& error) = 0;
    // All pictures of an answer together are bounded as one answer is.
    [[nodiscard]] qint64 bytesCollected() const;
    [[nodiscard]] bool hasCollected() const; // at least one
    // With all that was collected.
    void succeed(CallInfo info);
    // Its texts without the key.
    [[nodiscard]] Error cleaned(Error error) const;
    void fail(Error error, Reach reach, const QByteArray& residue = {});
    [[nodiscard]] CallInfo info() const; // of the POST's answer
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] const QUrl& url() const { return m_url; }
    void setKey(const ApiKey& key) { m_key = key; }
    // In any of the forms that withoutSecret() knows.
    [[nodiscard]] bool holdsKey(const QByteArray& text) const;
    [[nodiscard]] const CallLimits& limits() const { return m_limits; }
    [[nodiscard]] const Exchange* exchange() const { return m_exchange; }

private:
    void onEnded(Exchange::End end);
    void collectNext();
    void onFetched(const Result<PictureBytes>& fetched);
    void finishLater(CallResult result);

    QUrl m_url;
    QByteArray m_body;
    ApiKey m_key;
    CallLimits m_limits;
    Exchange* m_exchange = nullptr;
    PictureFetch* m_fetch = nullptr;
    PictureSources m_sources;
    QList<std::optional<PictureBytes>> m_collected; // by their places
    qsizetype m_fetching = 0;                       // the place of m_fetch
    QSet<qsizetype> m_givenUp;                      // places of addresses that are no use
    std::optional<Error> m_fetchError;              // the last one
    QDeadlineTimer m_fetchUntil;
    QDeadlineTimer m_collectUntil;
    std::optional<CallPhase> m_phase;
    bool m_reading = false;
    bool m_over = false;
    bool m_told = false;
};

} // namespace seedbook
