#include "practice/PracticeService.h"
#include "practice/Ticket.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QGuiApplication>
#include <QTest>

#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace seedbook::practiceAttacksTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::practice;
using namespace seedbook::test;

namespace {

const QByteArray secret(32, 's');
const ApiKey key("SG_00112233445566aa");

std::unique_ptr<PracticeService> start(std::chrono::milliseconds headTime = 5000ms)
{
    auto service = PracticeService::start(
        models().models(), {.duration = 0ms, .key = key, .secret = secret, .headTime = headTime});
    return service ? *std::move(service) : nullptr;
}

// A connection to the service that says what it likes.
class Neighbour final
{
public:
    explicit Neighbour(const PracticeService& service)
        : m_host("127.0.0.1:" + QByteArray::number(service.endpoint().url({}).port()))
        , m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<quint16>(service.endpoint().url({}).port()));
        if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            qFatal("cannot connect");
    }
    ~Neighbour() { ::close(m_socket); }
    Neighbour(const Neighbour&) = delete;
    Neighbour& operator=(const Neighbour&) = delete;

    [[nodiscard]] const QByteArray& host() const { return m_host; }

    // False once the other side has ended the connection.
    bool send(const QByteArray& bytes)
    {
        for (qsizetype sent = 0; sent < bytes.size();) {
            const ssize_t count = ::send(m_socket, bytes.constData() + sent,
                static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            sent += count;
        }
        return true;
    }
    [[nodiscard]] bool isEnded(int milliseconds) const
    {
        pollfd watched{m_socket, POLLIN | POLLRDHUP, 0};
        return ::poll(&watched, 1, milliseconds) > 0 &&
               (watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    }
    // All that comes until the connection ends; nothing where it does not within that time.
    [[nodiscard]] QByteArray receive(int milliseconds = 20'000)
    {
        QByteArray all;
        QByteArray part(1 << 16, Qt::Uninitialized);
        pollfd watched{m_socket, POLLIN, 0};
        while (::poll(&watched, 1, milliseconds) > 0) {
            const ssize_t count =
                ::recv(m_socket, part.data(), static_cast<std::size_t>(part.size()), 0);
            if (count <= 0)
                return all;
            all += part.first(count);
        }
        return {};
    }
    // The status of the answer to a GET with these headers, each with its line's end.
    int get(const QByteArray& path, const QByteArray& headers)
    {
        send("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");
        return receive().mid(9, 3).toInt();
    }

private:
    QByteArray m_host;
    int m_socket;
};

QByteArray ticketId(const QByteArray& by)
{
    return Ticket{sampleRequest(u"a fox"_s), QDateTime::currentDateTimeUtc()}.id(by).toLatin1();
}

qsizetype openFiles()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size();
}

} // namespace

// What a page in a browser and another user of this computer may do to the practice service: they
// reach its port, and do not know its key.
class PracticeAttacksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endlessHead_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("request line") << QByteArray("GET /") << QByteArray(1 << 16, 'a');
        QTest::newRow("header") << QByteArray("GET / HTTP/1.1\r\nx-a: ")
                                << QByteArray(1 << 16, 'a');
        QTest::newRow("headers") << QByteArray("GET / HTTP/1.1\r\n")
                                 << QByteArray("x-a: b\r\n").repeated(1 << 13);
        QTest::newRow("chunk's size, without a key")
            << QByteArray("POST /v1/qwen-image HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
            << QByteArray(1 << 16, '0');
    }
    void endlessHead()
    {
        QFETCH(const QByteArray, begin);
        QFETCH(const QByteArray, rest);
        const auto service = start();
        Neighbour neighbour(*service);
        QVERIFY(neighbour.send(begin));
        // What both ends of a connection may buffer, and what is read to be forgotten.
        constexpr int most = (32 << 20) / (1 << 16);
        int sent = 0;
        while (sent < most && neighbour.send(rest))
            ++sent;
        QVERIFY(sent < most);
    }

    // Also with a key: its only line of unbounded length is a chunk's.
    void endlessChunk()
    {
        const auto service = start();
        Neighbour neighbour(*service);
        QVERIFY(neighbour.send("POST /v1/qwen-image HTTP/1.1\r\nHost: " + neighbour.host() +
                               "\r\nx-api-key: " + key.reveal() +
                               "\r\nTransfer-Encoding: chunked\r\n\r\n"));
        constexpr int most = (32 << 20) / (1 << 16);
        int sent = 0;
        while (sent < most && neighbour.send(QByteArray(1 << 16, '0')))
            ++sent;
        QVERIFY(sent < most);
    }

    // Each byte comes long before one could lose patience with it.
    void slowHead()
    {
        const auto service = start(300ms);
        Neighbour neighbour(*service);
        QVERIFY(neighbour.send("GET /"));
        bool ended = false;
        for (int i = 0; i < 300 && !ended; ++i) {
            ended = neighbour.isEnded(20) || !neighbour.send("a");
        }
        QVERIFY(ended);
    }

    void silence()
    {
        const auto service = start(200ms);
        Neighbour neighbour(*service);
        QVERIFY(neighbour.isEnded(20'000));
    }

    // A body is for who has the key: others are answered before it comes.
    void bodyWithoutKey()
    {
        const auto service = start();
        Neighbour neighbour(*service);
        QVERIFY(neighbour.send("POST /v1/qwen-image HTTP/1.1\r\nHost: " + neighbour.host() +
                               "\r\nContent-Type: application/json\r\nx-api-key: SG_00\r\n"
                               "Content-Length: 4000000\r\n\r\n"));
        QVERIFY(neighbour.receive().startsWith("HTTP/1.1 401 "));
    }

    void manyConnections()
    {
        const qsizetype before = openFiles();
        const auto service = start(60s);
        constexpr qsizetype many = 300;
        std::vector<std::unique_ptr<Neighbour>> neighbours;
        for (qsizetype i = 0; i < many; ++i)
            neighbours.push_back(std::make_unique<Neighbour>(*service));
        QTRY_VERIFY_WITH_TIMEOUT(neighbours.back()->isEnded(10), 20'000);
        QVERIFY(openFiles() - before - many < 140);
        // They go, and the person's own request is served.
        neighbours.clear();
        Neighbour own(*service);
        QTRY_COMPARE_WITH_TIMEOUT(
            Neighbour(*service).get("/v1/get-user-credits",
                "Host: " + own.host() + "\r\nx-api-key: " + key.reveal() + "\r\n"),
            200, 20'000);
    }

    void foreignCallers_data()
    {
        QTest::addColumn<QByteArray>("headers"); // %: the service's own host
        QTest::addColumn<int>("status");
        QTest::newRow("its own") << QByteArray("Host: %\r\n") << 200;
        QTest::newRow("no host") << QByteArray() << 403;
        QTest::newRow("another name for it") << QByteArray("Host: localhost:1\r\n") << 403;
        QTest::newRow("a name that was turned here") << QByteArray("Host: evil.example\r\n") << 403;
        QTest::newRow("two hosts") << QByteArray("Host: %\r\nHost: evil.example\r\n") << 403;
        QTest::newRow("a page") << QByteArray("Host: %\r\nOrigin: https://evil.example\r\n") << 403;
        QTest::newRow("a page without a name") << QByteArray("Host: %\r\nOrigin: null\r\n") << 403;
        QTest::newRow("an image in a page")
            << QByteArray("Host: %\r\nSec-Fetch-Site: cross-site\r\n") << 403;
        QTest::newRow("typed in") << QByteArray("Host: %\r\nSec-Fetch-Site: none\r\n") << 403;
    }
    // Both a picture, which needs no key, and what does.
    void foreignCallers()
    {
        QFETCH(QByteArray, headers);
        QFETCH(const int, status);
        const auto service = start();
        Neighbour one(*service);
        headers.replace("%", one.host());
        QCOMPARE(one.get("/files/" + ticketId(secret) + ".png", headers), status);
        headers += "x-api-key: " + key.reveal() + "\r\n";
        QCOMPARE(Neighbour(*service).get("/v1/get-user-credits", headers), status);
        if (status == 403) {
            Neighbour two(*service);
            QVERIFY(two.send("POST /v1/qwen-image HTTP/1.1\r\n" + headers +
                             "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
            QCOMPARE(two.receive().mid(9, 3).toInt(), status);
            QCOMPARE(service->postCount(), 0);
        }
    }

    // An id of one's own making would have any picture drawn.
    void forgedIds()
    {
        const auto service = start();
        for (const char* path : {"/files/%.png", "/v2/requests/%", "/v2/requests/%/status"}) {
            Neighbour neighbour(*service);
            const QByteArray forged = QByteArray(path).replace("%", ticketId(QByteArray(32, 'o')));
            QCOMPARE(neighbour.get(forged,
                         "Host: " + neighbour.host() + "\r\nx-api-key: " + key.reveal() + "\r\n"),
                404);
        }
    }

    // A picture as often as a head has room for a comma, or a stack that is overrun.
    void ranges()
    {
        const auto service = start();
        const QByteArray path = "/files/" + ticketId(secret) + ".png";
        Neighbour neighbour(*service);
        const QByteArray host = "Host: " + neighbour.host() + "\r\n";
        QVERIFY(neighbour.send("GET " + path + " HTTP/1.1\r\n" + host + "\r\n"));
        const qsizetype whole = neighbour.receive().size();
        QVERIFY(whole > 1000);
        for (const QByteArray& name : {QByteArray("Range"), QByteArray("rANGE")}) {
            Neighbour other(*service);
            QVERIFY(other.send("GET " + path + " HTTP/1.1\r\n" + host + name + ": bytes=0-0" +
                               QByteArray(",0-0").repeated(1900) + "\r\n\r\n"));
            QVERIFY(other.receive().startsWith("HTTP/1.1 400"));
        }
        Neighbour another(*service);
        QVERIFY(another.send(
            "GET " + path + " HTTP/1.1\r\n" + host + "X-Range: bytes=0-0\r\nRanger: 1\r\n\r\n"));
        QCOMPARE(another.receive().size(), whole);
    }
};

SEEDBOOK_TEST(PracticeAttacksTest, QGuiApplication)

} // namespace seedbook::practiceAttacksTest

#include "PracticeAttacksTest.moc"
