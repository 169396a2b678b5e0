#include "practice/PracticeService.h"

#include "practice/BoundedServer.h"
#include "practice/Contract.h"
#include "practice/PracticePainter.h"
#include "practice/PracticeWatermark.h"
#include "practice/Signing.h"
#include "practice/Ticket.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QHash>
#include <QImageWriter>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSemaphore>
#include <QThread>
#include <QUuid>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

using namespace practice;
using Clock = std::chrono::steady_clock;

constexpr std::size_t largestBody = 4 << 20;

// httplib would compress "application/json" for a client that takes it, at brotli's slowest; with
// parameters behind the type it does not.
const QByteArray jsonType = QByteArrayLiteral("application/json; charset=utf-8");

QByteArray compactJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void answer(httplib::Response& response, const QByteArray& body, const QByteArray& contentType)
{
    response.set_content(
        body.constData(), static_cast<std::size_t>(body.size()), contentType.toStdString());
}

void answer(httplib::Response& response, const Refusal& refusal)
{
    response.status = refusal.status;
    answer(response, refusal.body, refusal.contentType);
}

// Empty if the codec is missing or failed.
QByteArray encode(const QImage& image, ImageFormat format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, formatName(format).toLatin1());
    // For PNG Qt turns this number into zlib's effort: 89 is level 1, its default ten times slower.
    writer.setQuality(format == ImageFormat::Png ? 89 : quality);
    if (!writer.write(image))
        return {};
    return withPracticeMark(bytes, format, image.size());
}

ApiKey mintKey()
{
    return ApiKey(
        "SG_" +
        QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0'));
}

} // namespace

class PracticeService::Private
{
public:
    Private(QList<ModelPtr> models, const Options& options)
        : m_options(options)
        , m_contract(std::move(models), options.key.isEmpty() ? mintKey() : options.key)
        , m_secret(options.secret.isEmpty() ? mintSecret() : options.secret)
        , m_drawing(std::max(1, QThread::idealThreadCount() - 1))
        , m_server({.body = 2 * largestBody, .headTime = options.headTime})
    {
        m_server.set_payload_max_length(largestBody);
        m_server.set_tcp_nodelay(true);
        // The library's default lets another process share the port.
        m_server.set_socket_options([](socket_t) {});

        using httplib::Response;
        using Handling = httplib::Server::HandlerResponse;
        // Before anything of the body is read: a body is for who has the key.
        m_server.set_pre_routing_handler([this](const httplib::Request& request, Response& out) {
            if (!isFromOwn(request)) {
                answer(out, Refusal::json(403, u"Forbidden"_s));
            } else if (!takesBody(request)) {
                serve(request, {}, out);
            } else {
                return Handling::Unhandled;
            }
            return Handling::Handled;
        });
        // Any path, also with the line breaks that a dot would not match.
        m_server.Post("[\\s\\S]*", [this](const httplib::Request& request, Response& out,
                                       const httplib::ContentReader& reader) {
            if (const auto body = readBody(request, reader))
                serve(request, *body, out);
            else if (out.status < 400)
                answer(out, Refusal::json(413, u"The request body is too large"_s));
        });
        m_server.set_error_handler([](const httplib::Request&, Response& response) {
            if (response.body.empty())
                answer(response, Refusal::json(response.status, u"Bad request"_s));
        });
        m_server.set_exception_handler(
            [](const httplib::Request&, Response& response, std::exception_ptr) {
                answer(response, Refusal::json(500, u"Internal server error"_s));
            });
    }

    ~Private()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_server.endReading();
        if (m_listener.joinable()) {
            m_server.stop();
            m_listener.join();
        }
    }

    Q_DISABLE_COPY_MOVE(Private)

    [[nodiscard]] bool listen()
    {
        m_port = m_server.bindToLoopback();
        if (m_port <= 0)
            return false;
        m_listener = std::thread([this] {
            m_server.listen_after_bind();
            m_ended = true;
        });
        // stop() does nothing before the server runs, and the destructor would wait for ever.
        while (!m_server.is_running() && !m_ended)
            std::this_thread::yield();
        return !m_ended;
    }

    [[nodiscard]] quint16 port() const { return static_cast<quint16>(m_port); }
    [[nodiscard]] const Contract& contract() const { return m_contract; }
    [[nodiscard]] const Options& options() const { return m_options; }
    [[nodiscard]] int postCount() const { return m_postCount; }

private:
    // This program's own client. A web page that asks for what is here says whose it is, or that of
    // another host whose name it has turned to this address; other users do not know the key.
    [[nodiscard]] bool isFromOwn(const httplib::Request& request) const
    {
        return request.get_header_value_count("Host") == 1 &&
               request.get_header_value("Host") == "127.0.0.1:" + std::to_string(m_port) &&
               !request.has_header("Origin") && !request.has_header("Sec-Fetch-Site");
    }

    [[nodiscard]] bool takesBody(const httplib::Request& request) const
    {
        return request.method == "POST" && m_contract.isRightKey(QByteArray::fromStdString(
                                               request.get_header_value("x-api-key")));
    }

    // Nothing if it is too large or torn.
    static std::optional<QByteArray> readBody(
        const httplib::Request& request, const httplib::ContentReader& reader)
    {
        QByteArray body;
        const auto receive = [&body](const char* data, std::size_t length) {
            // Counted here as well, because a compressed body grows behind the server's own limit.
            if (static_cast<std::size_t>(body.size()) + length > largestBody)
                return false;
            body.append(data, static_cast<qsizetype>(length));
            return true;
        };
        const bool whole =
            request.is_multipart_form_data()
                ? reader([](const httplib::MultipartFormData&) { return true; }, receive)
                : reader(receive);
        return whole ? std::optional(body) : std::nullopt;
    }

    void serve(const httplib::Request& request, const QByteArray& body, httplib::Response& response)
    {
        const Call call{QByteArray::fromStdString(request.method),
            QString::fromStdString(request.path),
            QByteArray::fromStdString(request.get_header_value("Content-Type")),
            QByteArray::fromStdString(request.get_header_value("x-api-key")), body};
        if (call.method == "POST" && m_contract.isModelPath(call.path))
            ++m_postCount;
        const Verdict verdict = m_contract.judge(call);
        if (const auto* refusal = std::get_if<Refusal>(&verdict))
            answer(response, *refusal);
        else if (const auto* question = std::get_if<TicketQuestion>(&verdict))
            answerFor(*question, response);
        else if (const auto* order = std::get_if<Order>(&verdict))
            order->transport == Transport::Blocking ? fill(*order, response)
                                                    : accept(*order, response);
        else
            answer(response, compactJson({{u"credits"_s, balance()}, {u"free-credits"_s, 0.018}}),
                jsonType);
    }

    struct Drawn
    {
        QByteArray bytes; // empty if the codec failed, or the service is closing
        QSize size;
        ImageFormat format = ImageFormat::Png;
    };

    // `chance` is what differs where the request has no seed.
    [[nodiscard]] Drawn draw(const Request& request, quint64 chance)
    {
        Drawn drawn;
        drawn.format = imageFormatFromName(request.value(ParameterRole::ImageFormat).toString())
                           .value_or(ImageFormat::Png);
        // One core is left to the window, however many calls are out.
        const QSemaphoreReleaser turn((m_drawing.acquire(), m_drawing));
        if (isStopping())
            return drawn;
        // Qt's font cache keeps a timer in the thread that draws, which must be one of Qt's.
        const std::unique_ptr<QThread> painter(QThread::create([&] {
            const QImage image = paintPicture(request, chance);
            drawn.size = image.size();
            drawn.bytes =
                encode(image, drawn.format, request.value(ParameterRole::Quality).toInt(90));
        }));
        painter->start();
        painter->wait();
        return drawn;
    }

    // Submitted: the picture is drawn when it is fetched, so nothing has to be remembered but what
    // does not fit into an id.
    void accept(const Order& order, httplib::Response& response)
    {
        const Ticket ticket{order.request, QDateTime::currentDateTimeUtc()};
        QString id = ticket.id(m_secret);
        if (id.isEmpty()) {
            id = QUuid::createUuid().toString(QUuid::WithoutBraces);
            const std::lock_guard lock(m_mutex);
            m_longTickets.insert(id, ticket);
        }
        charge();
        const QString base = u"http://127.0.0.1:%1/v2/requests/"_s.arg(m_port) + id;
        answer(response,
            compactJson({{u"request_id"_s, id}, {u"status"_s, u"QUEUED"_s},
                {u"status_url"_s, QString(base + u"/status"_s)}, {u"response_url"_s, base}}),
            jsonType);
    }

    void answerFor(const TicketQuestion& question, httplib::Response& response)
    {
        auto ticket = Ticket::fromId(m_contract.models(), question.id, m_secret);
        if (!ticket) {
            const std::lock_guard lock(m_mutex);
            if (const auto found = m_longTickets.constFind(question.id);
                found != m_longTickets.constEnd())
                ticket = *found;
        }
        if (!ticket)
            return answer(response, Refusal::json(404, u"Request not found"_s));
        const std::chrono::milliseconds gone(
            ticket->submitted.msecsTo(QDateTime::currentDateTimeUtc()));
        const bool done = gone >= m_options.duration;
        const QString status = done                            ? u"COMPLETED"_s
                               : gone < m_options.duration / 5 ? u"QUEUED"_s
                                                               : u"PROCESSING"_s;
        if (question.about == TicketQuestion::About::Status)
            return answer(response,
                compactJson({{u"request_id"_s, question.id}, {u"status"_s, status}}), jsonType);
        if (!done && question.about == TicketQuestion::About::Result)
            return answer(response,
                compactJson({{u"request_id"_s, question.id}, {u"status"_s, status}}), jsonType);
        if (!done)
            return answer(response, Refusal::json(404, u"Not there yet"_s));

        const bool base64 = ticket->request.value(ParameterRole::Base64).toBool();
        if (question.about == TicketQuestion::About::Result && !base64)
            return answerResult(*ticket, question.id, response);
        const Drawn drawn = draw(ticket->request, quint64(ticket->submitted.toMSecsSinceEpoch()));
        if (drawn.bytes.isEmpty())
            return answer(response, Refusal::json(500, u"The picture could not be encoded"_s));
        const QByteArray type = "image/" + formatName(drawn.format).toLatin1();
        if (question.about == TicketQuestion::About::File)
            return answer(response, drawn.bytes, type);
        answer(response,
            compactJson({{u"request_id"_s, question.id}, {u"status"_s, status},
                {u"output"_s,
                    QString::fromLatin1("data:" + type + ";base64," + drawn.bytes.toBase64())},
                {u"metrics"_s, metrics()}}),
            jsonType);
    }

    void answerResult(const Ticket& ticket, const QString& id, httplib::Response& response)
    {
        const auto format =
            imageFormatFromName(ticket.request.value(ParameterRole::ImageFormat).toString())
                .value_or(ImageFormat::Png);
        const QString url =
            u"http://127.0.0.1:%1/files/%2.%3"_s.arg(m_port).arg(id, fileExtension(format));
        answer(response,
            compactJson({{u"request_id"_s, id}, {u"status"_s, u"COMPLETED"_s}, {u"output"_s, url},
                {u"images"_s, QJsonArray{QJsonObject{{u"url"_s, url},
                                  {u"content_type"_s, QString(u"image/"_s + formatName(format))}}}},
                {u"error"_s, QJsonValue()}, {u"metrics"_s, metrics()}}),
            jsonType);
    }

    [[nodiscard]] QJsonObject metrics() const
    {
        return {{u"cost"_s, m_options.cost.usd()}, {u"remaining_credits"_s, balance()},
            {u"inference_time"_s, std::chrono::duration<double>(m_options.duration).count()}};
    }

    [[nodiscard]] double balance() const
    {
        return m_options.balance - static_cast<double>(m_spentMicros) / 1e6;
    }
    void charge() { m_spentMicros += m_options.cost.micros(); }

    void fill(const Order& order, httplib::Response& response)
    {
        const auto begin = Clock::now();
        const auto [bytes, size, format] =
            draw(order.request, QRandomGenerator::global()->generate64());
        if (!waitUntil(begin + m_options.duration))
            return answer(response, Refusal::json(503, u"The practice service is closing"_s));
        if (bytes.isEmpty())
            return answer(response, Refusal::json(500, u"The picture could not be encoded"_s));
        charge();

        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        const auto header = [&response](const char* name, const QByteArray& value) {
            response.set_header(name, value.toStdString());
        };
        header("x-remaining-credits", QByteArray::number(balance(), 'f', 6));
        header("x-cost", QByteArray::number(m_options.cost.usd(), 'g', 6));
        header("x-generation-time", QByteArray::number(seconds, 'f', 3));
        header("x-request-id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
        if (const auto seed = order.request.seed())
            header("x-seed-value", QByteArray::number(seed->number()));
        header("x-output-metadata",
            compactJson({{u"width"_s, size.width()}, {u"height"_s, size.height()}}));
        if (order.base64)
            answer(response,
                compactJson({{u"image"_s, QString::fromLatin1(bytes.toBase64())},
                    {u"status"_s, u"success"_s}, {u"infer_time"_s, seconds}}),
                jsonType);
        else
            answer(response, bytes, "image/" + formatName(format).toLatin1());
    }

    [[nodiscard]] bool isStopping()
    {
        const std::lock_guard lock(m_mutex);
        return m_stopping;
    }

    // False if the service ends first.
    [[nodiscard]] bool waitUntil(Clock::time_point time)
    {
        std::unique_lock lock(m_mutex);
        return !m_wake.wait_until(lock, time, [this] { return m_stopping; });
    }

    const Options m_options;
    const Contract m_contract;
    const QByteArray m_secret;
    QSemaphore m_drawing;
    BoundedServer m_server;
    int m_port = -1;
    std::thread m_listener;
    std::atomic<bool> m_ended = false;
    std::atomic<int> m_postCount = 0;
    std::atomic<qint64> m_spentMicros = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    QHash<QString, Ticket> m_longTickets; // under the mutex, like m_stopping
};

Result<std::unique_ptr<PracticeService>> PracticeService::start(
    QList<ModelPtr> models, Options options)
{
    // Text in a picture aborts the program without one.
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return Error{ErrorKind::Internal, u"practice"_s, u"There is no QGuiApplication."_s};
    auto made = std::make_unique<Private>(std::move(models), options);
    if (!made->listen())
        return Error{ErrorKind::Internal, u"127.0.0.1"_s, u"No port could be opened."_s};
    return std::unique_ptr<PracticeService>(new PracticeService(std::move(made)));
}

PracticeService::PracticeService(std::unique_ptr<Private> made)
    : d(std::move(made))
{
}

PracticeService::~PracticeService() = default;

Endpoint PracticeService::endpoint() const
{
    return Endpoint::practice(d->port());
}

const ApiKey& PracticeService::key() const
{
    return d->contract().key();
}

std::chrono::milliseconds PracticeService::duration() const
{
    return d->options().duration;
}

int PracticeService::postCount() const
{
    return d->postCount();
}

} // namespace seedbook
