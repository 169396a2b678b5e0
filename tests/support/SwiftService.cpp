#include "support/SwiftService.h"

#include "support/Samples.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <array>
#include <atomic>
#include <condition_variable>
#include <httplib.h>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::test {

namespace {

using Clock = std::chrono::steady_clock;

quint32 crc32(const QByteArray& bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> made{};
        for (quint32 n = 0; n < 256; ++n) {
            quint32 c = n;
            for (int k = 0; k < 8; ++k)
                c = (c & 1U) ? 0xedb88320U ^ (c >> 1U) : c >> 1U;
            made.at(n) = c;
        }
        return made;
    }();
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes)
        crc = table.at((crc ^ static_cast<quint8>(byte)) & 0xffU) ^ (crc >> 8U);
    return ~crc;
}

QByteArray chunk(const QByteArray& type, const QByteArray& data)
{
    QByteArray made(4, '\0');
    qToBigEndian(static_cast<quint32>(data.size()), made.data());
    made += type + data;
    QByteArray sum(4, '\0');
    qToBigEndian(crc32(type + data), sum.data());
    return made + sum;
}

void reply(httplib::Response& response, const QByteArray& bytes, const char* type)
{
    response.set_content(bytes.constData(), static_cast<std::size_t>(bytes.size()), type);
}

void reply(httplib::Response& response, const QJsonObject& json)
{
    reply(response, QJsonDocument(json).toJson(QJsonDocument::Compact),
        "application/json; charset=utf-8");
}

} // namespace

class SwiftService::Private
{
public:
    explicit Private(const Options& options)
        : m_options(options)
        , m_base(options.base.isEmpty() ? samplePicture() : options.base)
        , m_padding(chunk("seBd", QByteArray(options.pictureBytes, 'x')))
    {
        m_server.new_task_queue = [] { return new httplib::ThreadPool(64); };
        m_server.set_keep_alive_max_count(1);
        m_server.set_tcp_nodelay(true);
        m_server.set_socket_options([](socket_t) {});
        m_server.Post(
            "/v1/[a-z-]+", [this](const httplib::Request& request, httplib::Response& response) {
                const auto [seed, fate] = take(request, false);
                sleepFor(delayOf(seed));
                waitWhileHeld();
                if (!succeeds(fate, response))
                    return;
                charge();
                headers(response);
                sendPicture(seed, response);
            });
        m_server.Post(
            "/v2/[a-z-]+", [this](const httplib::Request& request, httplib::Response& response) {
                const auto [seed, fate] = take(request, true);
                if (!succeeds(fate, response))
                    return;
                const std::string id = std::to_string(seed) + "-" + std::to_string(++m_ids);
                {
                    const std::lock_guard lock(m_mutex);
                    m_jobs[id] = {seed, Clock::now() + delayOf(seed)};
                }
                charge();
                reply(response,
                    {{u"request_id"_s, QString::fromStdString(id)}, {u"status"_s, u"QUEUED"_s}});
            });
        m_server.Get(R"(/v2/requests/([^/]+)(/status)?)",
            [this](const httplib::Request& request, httplib::Response& response) {
                answerFor(request.matches[1], response);
            });
        m_server.Get(R"(/files/(\d+)\.png)",
            [this](const httplib::Request& request, httplib::Response& response) {
                sendPicture(std::stoll(request.matches[1]), response);
            });
        m_server.Get(
            "/v1/get-user-credits", [this](const httplib::Request&, httplib::Response& response) {
                reply(response, QJsonObject{{u"credits"_s, balance()}});
            });
        m_port = m_server.bind_to_any_port("127.0.0.1");
        m_listener = std::thread([this] { m_server.listen_after_bind(); });
        while (!m_server.is_running())
            std::this_thread::yield();
    }

    ~Private()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_server.stop();
        m_listener.join();
    }
    Q_DISABLE_COPY_MOVE(Private)

    void setHeld(bool held)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_held = held;
        }
        m_wake.notify_all();
    }

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] const Options& options() const { return m_options; }
    [[nodiscard]] std::mutex& mutex() const { return m_mutex; }
    [[nodiscard]] const QList<Post>& posts() const { return m_posts; }
    [[nodiscard]] Clock::time_point lastAnswer() const { return m_lastAnswer; }
    [[nodiscard]] int answered() const { return m_answered; }
    [[nodiscard]] qint64 chargedMicros() const { return m_charged; }

    [[nodiscard]] QByteArray picture(qint64 seed) const
    {
        // Behind the head: what a picture is, whose it is, how large it is.
        constexpr qsizetype head = 8 + 25;
        return m_base.first(head) +
               chunk("tEXt", "seed" + QByteArray(1, '\0') + QByteArray::number(seed)) + m_padding +
               m_base.sliced(head);
    }

private:
    struct Pending
    {
        qint64 seed = 0;
        Clock::time_point ready;
    };

    std::pair<qint64, Fate> take(const httplib::Request& request, bool recoverable)
    {
        const qint64 seed = QJsonDocument::fromJson(QByteArray::fromStdString(request.body))
                                .object()
                                .value("seed"_L1)
                                .toInteger();
        const Fate fate =
            m_options.fate
                ? m_options.fate(QByteArray::fromStdString(request.get_header_value("x-api-key")))
                : Fate::Picture;
        const std::lock_guard lock(m_mutex);
        m_posts.append({seed, recoverable, fate, Clock::now()});
        return {seed, fate};
    }

    // Else it has answered.
    bool succeeds(Fate fate, httplib::Response& response)
    {
        switch (fate) {
        case Fate::Picture:
            return true;
        case Fate::Nothing:
            charge();
            reply(response, "nothing that could be read", "text/plain");
            return false;
        case Fate::WrongKey:
            response.status = 401;
            return false;
        case Fate::Limited:
            response.status = 429;
            return false;
        case Fate::ServerError:
            response.status = 500;
            return false;
        case Fate::BadGateway:
            response.status = 502;
            return false;
        }
        return false;
    }

    [[nodiscard]] std::chrono::milliseconds delayOf(qint64 seed) const
    {
        return m_options.delay + std::chrono::milliseconds(m_options.spread.count() == 0
                                                               ? 0
                                                               : seed % m_options.spread.count());
    }

    void sleepFor(std::chrono::milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, time, [this] { return m_stopping; });
    }

    void waitWhileHeld()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopping || !m_held; });
    }

    void charge() { m_charged += m_options.price.micros(); }
    [[nodiscard]] double balance() const
    {
        return m_options.balance - static_cast<double>(m_charged) / 1e6;
    }

    void headers(httplib::Response& response) const
    {
        response.set_header("x-remaining-credits", std::to_string(balance()));
        if (m_options.tellsCost)
            response.set_header("x-cost", std::to_string(m_options.price.usd()));
    }

    void sendPicture(qint64 seed, httplib::Response& response)
    {
        const auto bytes = std::make_shared<QByteArray>(picture(seed));
        response.set_content_provider(
            static_cast<std::size_t>(bytes->size()), "image/png",
            [bytes](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                return sink.write(bytes->constData() + offset, length);
            },
            [this](bool whole) {
                if (!whole)
                    return;
                const std::lock_guard lock(m_mutex);
                ++m_answered;
                m_lastAnswer = Clock::now();
            });
    }

    void answerFor(const std::string& id, httplib::Response& response)
    {
        Pending pending;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_jobs.find(id);
            if (found == m_jobs.end()) {
                response.status = 404;
                return;
            }
            pending = found->second;
        }
        const bool done = Clock::now() >= pending.ready;
        QJsonObject json{{u"request_id"_s, QString::fromStdString(id)},
            {u"status"_s, done ? u"COMPLETED"_s : u"PROCESSING"_s}};
        if (done) {
            json.insert(
                u"output"_s, u"http://127.0.0.1:%1/files/%2.png"_s.arg(m_port).arg(pending.seed));
            QJsonObject metrics{{u"remaining_credits"_s, balance()}};
            if (m_options.tellsCost)
                metrics.insert(u"cost"_s, m_options.price.usd());
            json.insert(u"metrics"_s, metrics);
        }
        reply(response, json);
    }

    const Options m_options;
    const QByteArray m_base;
    const QByteArray m_padding;
    httplib::Server m_server;
    int m_port = -1;
    std::thread m_listener;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_held = false;
    QList<Post> m_posts;
    std::map<std::string, Pending> m_jobs;
    std::atomic<int> m_ids = 0;
    std::atomic<int> m_answered = 0;
    std::atomic<qint64> m_charged = 0;
    Clock::time_point m_lastAnswer;
};

SwiftService::SwiftService(const Options& options)
    : d(std::make_unique<Private>(options))
{
}

SwiftService::~SwiftService() = default;

void SwiftService::hold()
{
    d->setHeld(true);
}

void SwiftService::letGo()
{
    d->setHeld(false);
}

QString SwiftService::address() const
{
    return u"http://127.0.0.1:%1"_s.arg(d->port());
}

Endpoint SwiftService::endpoint() const
{
    return *Endpoint::parse(address());
}

QList<SwiftService::Post> SwiftService::posts() const
{
    const std::lock_guard lock(d->mutex());
    return d->posts();
}

QHash<qint64, int> SwiftService::postsBySeed() const
{
    QHash<qint64, int> counts;
    for (const Post& post : posts())
        ++counts[post.seed];
    return counts;
}

std::chrono::steady_clock::time_point SwiftService::lastAnswer() const
{
    const std::lock_guard lock(d->mutex());
    return d->lastAnswer();
}

int SwiftService::answered() const
{
    return d->answered();
}

Money SwiftService::charged() const
{
    return Money::fromMicros(d->chargedMicros());
}

QByteArray SwiftService::picture(qint64 seed) const
{
    return d->picture(seed);
}

} // namespace seedbook::test
