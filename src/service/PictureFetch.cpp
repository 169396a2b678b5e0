#include "service/PictureFetch.h"

#include "service/RequestPolicy.h"

#include <QHostInfo>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds firstPause{500};
constexpr int mostDoublings = 7; // a minute and a bit
constexpr int mostRedirects = 5;

} // namespace

PictureFetch::PictureFetch(const QUrl& url, const QUrl& service, const Exchange::Bounds& bounds,
    const QDeadlineTimer& until, QObject* parent)
    : QObject(parent)
    , m_url(url)
    , m_service(service)
    , m_bounds(bounds)
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
    if (m_exchange) {
        m_exchange->stop();
        return;
    }
    if (!m_pause.isActive() && m_lookup < 0)
        return;
    m_pause.stop();
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
    QMetaObject::invokeMethod(
        this, [this] { fail(ErrorKind::Stopped, {}); }, Qt::QueuedConnection);
}

void PictureFetch::attempt()
{
    m_target = m_url;
    m_redirects = 0;
    locate();
}

void PictureFetch::locate()
{
    if (!mayFetch(m_target)) {
        giveUp(m_redirects == 0 ? tr("Seedbook downloads only from https addresses.")
                                : tr("It redirects to an address that is not https."));
        return;
    }
    whenPlaced(m_target, [this](NetworkPlace there) {
        if (there == NetworkPlace::Public)
            ask();
        else // the names of a whole network may stand for addresses of its own
            whenPlaced(
                m_service, [this, there](NetworkPlace service) { onLocated(there, service); });
    });
}

void PictureFetch::whenPlaced(const QUrl& url, const std::function<void(NetworkPlace)>& then)
{
    if (const auto written = placeWritten(url.host())) {
        then(*written);
    } else if (goesThroughProxy(url)) {
        then(NetworkPlace::Public); // it is looked up, and seen, from there
    } else {
        // The connection is made to what is found here: Qt keeps it for a minute.
        m_lookup = QHostInfo::lookupHost(url.host(), this, [this, then](const QHostInfo& info) {
            if (m_lookup != info.lookupId())
                return; // it was stopped when the answer was on its way
            m_lookup = -1;
            if (info.addresses().isEmpty())
                failOrRepeat(info.errorString());
            else
                then(nearestPlace(info.addresses()));
        });
    }
}

void PictureFetch::onLocated(NetworkPlace there, NetworkPlace service)
{
    if (maySendTo(there, service)) {
        ask();
        return;
    }
    const QString why =
        tr("It is on this computer or its local network, where the service cannot be.");
    if (placeWritten(m_target.host()))
        giveUp(why);
    else
        failOrRepeat(why); // a name may stand for another address soon
}

void PictureFetch::ask()
{
    Exchange::Bounds bounds = m_bounds;
    bounds.deadline =
        std::clamp(std::chrono::milliseconds(m_until.remainingTime()), 1ms, m_bounds.deadline);
    m_exchange = new Exchange(keylessRequest(m_target), std::nullopt, bounds, this);
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
        giveUp(tr("The file there is too large."));
        return;
    }
    if (const QUrl target = exchange->redirectTarget(); !target.isEmpty()) {
        if (m_redirects++ >= mostRedirects) {
            giveUp(tr("It redirects too many times."));
            return;
        }
        m_target = target;
        locate();
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
        failOrRepeat(tr("The downloaded image is incomplete."));
}

void PictureFetch::giveUp(const QString& detail)
{
    m_hopeless = true;
    fail(ErrorKind::PictureFetchFailed, detail);
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

#include "moc_PictureFetch.cpp"
