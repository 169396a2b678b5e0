#pragma once

#include "core/ApiKey.h"
#include "core/Endpoint.h"
#include "core/ImageService.h"
#include "service/Exchange.h"
#include "service/SegmindService.h"

#include <QDateTime>
#include <QJsonObject>
#include <QTimer>

#include <functional>

namespace seedbook {

// How much of the limit is left of what was accepted then, maybe in an earlier run: by the clock on
// the wall, in which the time without a program counts, but never more than the whole.
[[nodiscard]] std::chrono::milliseconds leftOf(
    std::chrono::milliseconds limit, const Acceptance& acceptance);

// Asks after a job that the service has accepted, until it is completed, has failed, or its limit
// has passed. GETs cost nothing: whatever else happens (404, 429, 5xx, a lost network, sleep) is
// waited out. The addresses are built from the id, so the key goes to the endpoint alone. Each
// completed() or failed() ends the asking; next() takes it up again.
class ResultPoll final : public QObject
{
    Q_OBJECT

public:
    // `key` is asked at each question: it may come from a keychain that has not answered yet, and
    // then is waited for like anything else.
    ResultPoll(const Endpoint& endpoint, std::function<ApiKey()> key, const Acceptance& acceptance,
        const CallLimits& limits, QObject* parent);

    // An id that can be part of an address: letters, digits and -_.~=, at most 16 KiB.
    [[nodiscard]] static bool isUsableId(const QString& id);

    // Asks now, unless it is asking.
    void start();
    // There is no usable key, or the service refuses the one there is.
    [[nodiscard]] bool lacksKey() const { return m_lacksKey || m_keyRefused; }
    // The result that was told of was of no use: asks again, after a pause. False when the limit
    // has passed.
    [[nodiscard]] bool next();
    void stop();

Q_SIGNALS:
    // The result's record, JSON as it came, at most 48 MiB; and the object that it is, in which
    // long texts are not to be had. Empty where it is more than is read.
    void completed(const QByteArray& record, const QJsonObject& object);
    // JobFailed: the service says that the work failed. TimedOut, ResultGone: the limit has passed.
    // Not yet redacted.
    void failed(const seedbook::Error& error);
    // lacksKey() is another now.
    void keyMissing(bool missing);
    // The service refuses the key. The job is there all the same, so it is asked after on and on,
    // beyond the limit too, and at once after start(). Not yet redacted.
    void keyRefused(const seedbook::Error& error);

private:
    enum class Step { Status, Result };
    void ask();
    void onEnded(Exchange::End end);
    struct Record;
    [[nodiscard]] static Record readRecord(const QByteArray& body);
    void judge(Exchange::End end, const Record& record);
    void later(bool trouble, std::chrono::milliseconds atLeast = {});
    void setLacksKey(bool none, bool refused);
    [[nodiscard]] bool isOver() const;

    Endpoint m_endpoint;
    std::function<ApiKey()> m_key;
    Acceptance m_acceptance;
    CallLimits m_limits;
    std::chrono::milliseconds m_until; // steadyTime()
    QTimer m_pause;
    Exchange* m_exchange = nullptr; // until its answer was read
    Step m_step = Step::Status;
    int m_asked = 0;
    int m_troubles = 0; // in a row
    int m_lastStatus = 0;
    bool m_lacksKey = false;
    bool m_keyRefused = false;
};

} // namespace seedbook
