#include "service/PictureFetch.h"

#include "service/RequestPolicy.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds firstPause{500};
constexpr int mostDoublings = 7; // a minute and a bit

} // namespace

PictureFetch::PictureFetch(
    const QUrl& url, Exchange::Bounds bounds, const QDeadlineTimer& until, QObject* parent)
    : QObject(parent)
    , m_url(url)
    , m_bounds(std::move(bounds))
    , m_until(until)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &PictureFetch::attempt);
}

void PictureFetch::start()
{
    m_pause.start(0);
}

void PictureFetch::stop()
{
    if (m_pause.isActive()) {
        m_pause.stop();
        QMetaObject::invokeMethod(
            this, [this] { fail(ErrorKind::Stopped, {}); }, Qt::QueuedConnection);
    } else if (m_exchange) {
        m_exchange->stop();
    }
}

void PictureFetch::attempt()
{
    if (!m_bounds.mayFollow(m_url)) {
        m_hopeless = true;
        fail(ErrorKind::PictureFetchFailed, tr("Only https addresses are fetched from."));
        return;
    }
    Exchange::Bounds bounds = m_bounds;
    bounds.deadline =
        std::clamp(std::chrono::milliseconds(m_until.remainingTime()), 1ms, m_bounds.deadline);
    m_exchange = new Exchange(keylessRequest(m_url), std::nullopt, bounds, this);
    connect(m_exchange, &Exchange::received, this, &PictureFetch::received);
    connect(m_exchange, &Exchange::ended, this, &PictureFetch::onEnded);
    m_exchange->start();
}

void PictureFetch::onEnded(Exchange::End end)
{
    Exchange* exchange = std::exchange(m_exchange, nullptr);
    exchange->deleteLater();
    if (end == Exchange::End::Stopped) {
        fail(ErrorKind::Stopped, {});
        return;
    }
    if (end == Exchange::End::TooLarge) {
        m_hopeless = true;
        fail(ErrorKind::PictureFetchFailed, tr("The file there is too large."));
        return;
    }
    if (!exchange->redirectTarget().isEmpty()) {
        m_hopeless = true;
        fail(ErrorKind::PictureFetchFailed, tr("It points on to an address that is not https."));
        return;
    }
    if (end != Exchange::End::Whole) {
        failOrRepeat(exchange->networkErrorText());
        return;
    }
    if (!exchange->isSuccess()) {
        failOrRepeat(tr("The address answered with status %1.").arg(exchange->status()));
        return;
    }
    auto picture = wholePicture(exchange->body());
    if (picture)
        Q_EMIT finished(*std::move(picture));
    else
        failOrRepeat(tr("What is there is not a whole picture."));
}

void PictureFetch::failOrRepeat(const QString& detail)
{
    const auto pause = firstPause * (1 << std::min(m_failures++, mostDoublings));
    if (m_until.remainingTime() > pause.count())
        m_pause.start(pause);
    else
        fail(ErrorKind::PictureFetchFailed, detail);
}

void PictureFetch::fail(ErrorKind kind, const QString& detail)
{
    Q_EMIT finished(Error{kind, m_url.toDisplayString(), detail});
}

} // namespace seedbook
