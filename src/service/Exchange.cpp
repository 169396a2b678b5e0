#include "service/Exchange.h"

#include "service/OneWayBody.h"
#include "service/RequestPolicy.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Qt's own buffer: what is above is left in the kernel until it was collected.
constexpr qint64 readBuffer = 1 << 20;
// An error's text is a sentence or an HTML page. What is longer is not read, and what does not
// come soon is not waited for: the status has said what matters.
constexpr qint64 largestErrorBody = 64 << 10;
constexpr std::chrono::milliseconds errorBodyTime{10'000};

// Tells the calls of one run apart in the log.
int nextNumber()
{
    static std::atomic<int> last = 0;
    return ++last;
}

QByteArray headerOf(const Exchange::Headers& headers, QByteArrayView name)
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

// An id may be long and hold more than an id: the practice service's holds the prompt.
QString loggedPath(const QUrl& url)
{
    constexpr qsizetype longest = 64;
    QStringList parts = url.path().split(u'/');
    for (QString& part : parts) {
        if (part.size() > longest)
            part = part.first(12) + u'…';
    }
    return parts.join(u'/');
}

} // namespace

Exchange::Exchange(const QNetworkRequest& request, const std::optional<QByteArray>& body,
    Bounds bounds, QObject* parent)
    : QObject(parent)
    , m_request(request)
    , m_bounds(std::move(bounds))
    , m_number(nextNumber())
{
    if (body) {
        m_body = new OneWayBody(*body, this);
        // Both are needed for Qt to leave the body where it is instead of keeping a copy that it
        // could send again.
        m_request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_request.setHeader(QNetworkRequest::ContentLengthHeader, m_body->length());
        m_request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        connect(m_body, &OneWayBody::firstRead, this, &Exchange::onSent);
    }
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] { giveUp(End::Deadline); });
}

Exchange::~Exchange()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
    // The reply reads the body until it is gone.
    delete m_manager;
}

void Exchange::start()
{
    if (m_reply || m_end)
        return;
    m_clock.start();
    // A network that drops packets says nothing of it, and TCP waits for minutes.
    m_deadline.start(std::min(m_bounds.deadline, m_bounds.connecting));
    m_manager = newManager(m_request.url(), this);
    m_reply = m_body ? m_manager->post(m_request, m_body) : m_manager->get(m_request);
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::requestSent, this, &Exchange::onSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::collect);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
}

void Exchange::stop()
{
    giveUp(End::Stopped);
}

bool Exchange::mayHaveLeft() const
{
    return m_sent || (m_body && m_body->wasRead());
}

QUrl Exchange::redirectTarget() const
{
    if (m_status < 300 || m_status > 399)
        return {};
    const QByteArray location = headerOf(m_headers, "location");
    if (location.isEmpty())
        return {};
    // Some have a space in it, or what is no ASCII.
    return m_request.url().resolved(QUrl::fromEncoded(location, QUrl::TolerantMode));
}

void Exchange::onSent()
{
    if (m_sent || m_end)
        return;
    m_sent = true;
    m_deadline.start(m_bounds.deadline);
    Q_EMIT sent();
}

void Exchange::onHead()
{
    if (m_end)
        return;
    // Below 200 is no answer yet, and 100 is also what Qt holds before it has read any.
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_status = status < 200 ? 0 : status;
    m_interim = status > 100 && status < 200 ? status : m_interim;
    m_headers = m_reply->rawHeaderPairs();
    bool number = false;
    const qint64 length = headerOf(m_headers, "content-length").trimmed().toLongLong(&number);
    m_announced = number && length >= 0 ? length : -1;
    if (m_status == 0)
        return;
    if (isSuccess()) {
        if (m_announced > m_bounds.largestBody)
            giveUp(End::TooLarge);
    } else if (m_deadline.remainingTime() > errorBodyTime.count()) {
        m_deadline.start(errorBodyTime);
    }
}

void Exchange::collect()
{
    if (m_end)
        return;
    const qint64 bound = isSuccess() ? m_bounds.largestBody : largestErrorBody;
    while (m_reply->bytesAvailable() > 0) {
        const qint64 room = bound - m_bytes.size();
        if (room <= 0) {
            giveUp(isSuccess() ? End::TooLarge : End::Whole);
            return;
        }
        // Into its place, which is made as large as what is here, whatever was announced.
        const qint64 had = m_bytes.size();
        m_bytes.resize(had + std::min(room, m_reply->bytesAvailable()));
        const qint64 got = m_reply->read(m_bytes.data() + had, m_bytes.size() - had);
        m_bytes.truncate(had + std::max<qint64>(got, 0));
        if (got <= 0)
            break;
    }
    Q_EMIT received(m_bytes.size(), m_announced);
}

void Exchange::onFinished()
{
    if (m_end)
        return;
    collect();
    if (m_end)
        return;
    onHead();
    if (m_end)
        return;
    m_error = m_reply->error();
    m_errorText = m_reply->errorString();
    // From 400 on Qt reports the status itself as an error.
    const bool broken = m_status < 400 && m_error != QNetworkReply::NoError;
    // A compressed body is counted after unpacking, so its length says nothing.
    const bool cut = isSuccess() && m_announced > m_bytes.size() &&
                     headerOf(m_headers, "content-encoding").isEmpty();
    conclude(m_status == 0 || broken || cut ? End::Broken : End::Whole);
}

void Exchange::giveUp(End end)
{
    if (m_end)
        return;
    // Kept before abort(), which tells nothing of the reason and finishes the reply from inside.
    conclude(end);
    if (m_body && !mayHaveLeft())
        m_body->seal();
    if (m_reply)
        m_reply->abort();
}

void Exchange::conclude(End end)
{
    m_end = end;
    m_deadline.stop();
    qCInfo(serviceLog).noquote() << u'#' + QString::number(m_number) << (m_body ? "POST" : "GET")
                                 << loggedPath(m_request.url()) << m_status
                                 << QMetaEnum::fromType<End>().valueToKey(static_cast<int>(end))
                                 << (m_clock.isValid() ? m_clock.elapsed() : 0) << "ms"
                                 << m_bytes.size() << "bytes";
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT ended(*m_end); }, Qt::QueuedConnection);
}

} // namespace seedbook

#include "moc_Exchange.cpp"
