#pragma once

#include "core/Result.h"
#include "service/AnswerReader.h"
#include "service/Exchange.h"

#include <QDeadlineTimer>

namespace seedbook {

// Fetches a finished picture from where the service put it, without the key. A GET costs nothing
// and the picture is paid for, so it is tried until `until`, with growing pauses. Ends with
// finished(), once, from the event loop.
class PictureFetch final : public QObject
{
    Q_OBJECT

public:
    // `bounds` are each attempt's; its mayFollow is asked about the URL and about each redirect.
    PictureFetch(
        const QUrl& url, Exchange::Bounds bounds, const QDeadlineTimer& until, QObject* parent);
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
    void onEnded(Exchange::End end);
    void failOrRepeat(const QString& detail);
    void fail(ErrorKind kind, const QString& detail);

    QUrl m_url;
    Exchange::Bounds m_bounds;
    QDeadlineTimer m_until;
    QTimer m_pause;
    Exchange* m_exchange = nullptr;
    int m_failures = 0;
    bool m_hopeless = false;
};

} // namespace seedbook
