#pragma once

#include "core/Result.h"
#include "service/AnswerReader.h"
#include "service/Exchange.h"
#include "service/NetworkPlace.h"

#include <QDeadlineTimer>

#include <functional>

namespace seedbook {

// Fetches a finished picture from where the service put it, without the key. A GET costs nothing
// and the picture is paid for, so it is tried until `until`, with growing pauses. Ends with
// finished(), once, from the event loop.
class PictureFetch final : public QObject
{
    Q_OBJECT

public:
    // `service` has named the URL: it may not send to where only this computer gets
    // (RequestPolicy), by redirects neither. `bounds` are each request's.
    PictureFetch(const QUrl& url, const QUrl& service, const Exchange::Bounds& bounds,
        const QDeadlineTimer& until, QObject* parent);
    void start();
    void stop();
    // No later attempt would end otherwise: the address is no good, or what lies there.
    [[nodiscard]] bool isHopeless() const { return m_hopeless; }

Q_SIGNALS:
    void received(qint64 bytes, qint64 total);
    // PictureFetchFailed, or Stopped; not yet redacted.
    void finished(const seedbook::Result<seedbook::PictureBytes>& result);

private:
    void attempt();
    void locate();
    void onLocated(NetworkPlace there, NetworkPlace service);
    // Looks its host up, if it is no address; `then` is not called where that fails.
    void whenPlaced(const QUrl& url, const std::function<void(NetworkPlace)>& then);
    void ask();
    void onEnded(Exchange::End end);
    void failOrRepeat(const QString& detail);
    void giveUp(const QString& detail); // it would not end otherwise later
    void fail(ErrorKind kind, const QString& detail);

    QUrl m_url;
    QUrl m_service;
    QUrl m_target; // m_url, or where it points on to
    int m_redirects = 0;
    int m_lookup = -1;
    Exchange::Bounds m_bounds;
    QDeadlineTimer m_until;
    QTimer m_pause;
    Exchange* m_exchange = nullptr;
    int m_failures = 0;
    bool m_hopeless = false;
};

} // namespace seedbook
