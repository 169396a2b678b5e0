#pragma once

#include "core/CallPhase.h"
#include "core/Endpoint.h"
#include "core/ImageFormat.h"
#include "core/Money.h"
#include "core/Request.h"
#include "core/Result.h"
#include "core/Seed.h"
#include "core/Transport.h"

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <optional>
#include <variant>

namespace seedbook {

// What the answer said beside the picture: v1 in headers, v2 in its metrics. Every one is optional.
struct CallInfo
{
    int httpStatus = 0; // 0: no whole status line came
    QString serviceRequestId;
    std::optional<Money> cost;
    std::optional<Money> remainingCredits;
    std::optional<std::chrono::milliseconds> generationTime;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString rateLimitReset; // as it came: its format is not documented
    std::optional<Seed> seedUsed;
    QSize announcedSize; // from x-output-metadata; the decoded picture decides
};

// What was paid for: mostly one picture, and all that the answer held. Never none.
struct Answer
{
    QList<PictureBytes> pictures;
    CallInfo info;
};

struct CallFailure
{
    // What is known about the money.
    enum class Reach {
        NotSent, // the request never left: free
        Refused, // the service answered and did not make a picture: free
        Unknown, // it left, and whether it was paid is not known (or it was: a 200 is charged)
    };
    Error error;
    Reach reach = Reach::Unknown;
    CallInfo info;
    QByteArray residue; // the bytes of a 200 that could not be read as a picture; to be kept
};

using CallResult = std::variant<Answer, CallFailure>;

// A job whose picture can be had later, also by another run: the service has taken it
// (Recoverable), or has said where the picture lies (Blocking).
struct Acceptance
{
    QString remoteId; // opaque; up to some KiB
    QDateTime at;     // UTC; its limit counts from here
};

// One call. It starts by itself once control is back in the event loop, and ends with finished(),
// exactly once, never from inside a call of the caller's. The caller deletes it (deleteLater()).
class ImageCall : public QObject
{
    Q_OBJECT

public:
    // Recoverable only: what accepted() told is on disk, so polling may begin. After keyMissing():
    // a key may be there now, so it is tried at once.
    virtual void proceed() {}

    // Stops waiting; finished() then tells Stopped (Unknown if the request had left). The service
    // cannot be stopped.
    virtual void abort() = 0;

    // Whether an answer that was paid for is here, in memory alone, and finished() has yet to tell
    // of it: whoever ends the program waits that moment.
    [[nodiscard]] virtual bool holdsAnswer() const { return false; }

Q_SIGNALS:
    void phaseChanged(seedbook::CallPhase phase);
    // At most once. Recoverable: the service has the job, and nothing is polled before proceed().
    // Blocking: the picture is somewhere else, and is being fetched.
    void accepted(const seedbook::Acceptance& acceptance);
    // Recoverable only: nothing can be asked after for lack of a usable key, which is looked for on
    // and on; false once there is one.
    void keyMissing(bool missing);
    // Recoverable only, with keyMissing(): the service refuses the key that there is.
    void keyRefused(const seedbook::Error& error);
    // `total` is −1 when the service did not say.
    void received(qint64 bytes, qint64 total);
    void finished(const seedbook::CallResult& result);

protected:
    using QObject::QObject;
};

// The port to a service that makes pictures. One Request is one POST on the wire, whatever the
// connection does.
class ImageService
{
public:
    virtual ~ImageService() = default;
    [[nodiscard]] virtual Endpoint endpoint() const = 0;
    [[nodiscard]] virtual Transport transport() const = 0;
    // What generate() will send. It answers later: what a request is made of may have to be read.
    // Nothing is sent for it, and whoever asked may have changed their mind once it is here.
    [[nodiscard]] virtual QFuture<Result<QByteArray>> body(const Request& request) = 0;
    // Sends the body of that request. Never null; problems come through finished().
    [[nodiscard]] virtual ImageCall* generate(
        const Request& request, const QByteArray& body, QObject* parent) = 0;
    // Goes on with a job that was accepted earlier. Nothing is posted.
    [[nodiscard]] virtual ImageCall* resume(
        const Request& request, const Acceptance& acceptance, QObject* parent) = 0;
    // What the account can spend, in USD: free, and safe to repeat. `answer` is called once, later,
    // unless `context` is gone by then.
    using BalanceAnswer = std::function<void(const Result<Money>& balance)>;
    virtual void askBalance(QObject* context, const BalanceAnswer& answer) = 0;
};

} // namespace seedbook
