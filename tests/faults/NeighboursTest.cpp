#include "service/PictureFetch.h"
#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <dlfcn.h>
#include <netdb.h>

namespace seedbook::neighboursTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// What names stand for in this test; the others stand for nothing.
const QHash<QByteArray, QByteArrayList>& names()
{
    static const QHash<QByteArray, QByteArrayList> known{
        {"localhost", {"::1", "127.0.0.1"}},
        {"api.example", {"203.0.113.1"}},
        {"near.example", {"127.0.0.1"}},
        {"mixed.example", {"203.0.113.2", "127.0.0.1"}},
        {"mapped.example", {"::ffff:127.0.0.1"}},
        {"router.example", {"192.168.7.1"}},
        {"inside.example", {"192.168.7.2"}},
    };
    return known;
}

} // namespace

// In the place of the system's own, which Qt calls: nothing asks a name server.
extern "C" int getaddrinfo(
    const char* host, const char* service, const addrinfo* hints, addrinfo** result)
{
    static const auto real =
        reinterpret_cast<decltype(&::getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const auto found = names().constFind(QByteArray(host));
    if (found == names().cend() && QHostAddress(QString::fromLatin1(host)).isNull())
        return EAI_NONAME;
    const QByteArrayList addresses = found == names().cend() ? QByteArrayList{host} : found.value();
    addrinfo** end = result;
    for (const QByteArray& address : addresses) {
        if (const int error = real(address.constData(), service, hints, end); error != 0)
            return error;
        while (*end)
            end = &(*end)->ai_next;
    }
    return 0;
}

// Who listens beside the service, on this computer and in the network around it.
class NeighboursTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void localhostIsOneAddress();
    void localhostIsServed();
    void whereAPictureMayLie_data();
    void whereAPictureMayLie();
    void stoppedWhileItIsLookedUp();
};

// Where the service is not up, another user may listen on the other address of that name.
void NeighboursTest::localhostIsOneAddress()
{
    QTcpServer neighbour;
    if (!neighbour.listen(QHostAddress::LocalHostIPv6))
        QSKIP("there is no IPv6 here");
    const auto endpoint = Endpoint::parse(u"http://localhost:%1"_s.arg(neighbour.serverPort()));
    QVERIFY(endpoint);
    SegmindService service(*endpoint, [] { return ApiKey("SG_0123456789abcdef"); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.failure().error.kind, ErrorKind::ConnectionRefused);
    QCOMPARE(reachName(probe.failure().reach), reachName(CallFailure::Reach::NotSent));
    QVERIFY(!neighbour.hasPendingConnections());
    QCOMPARE(endpoint->name(), u"http://localhost:%1"_s.arg(neighbour.serverPort()));
}

void NeighboursTest::localhostIsServed()
{
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture()));
    });
    const QString host = u"localhost:%1"_s.arg(server.port());
    const auto endpoint = Endpoint::parse(u"http://"_s + host);
    QVERIFY(endpoint);
    SegmindService service(*endpoint, [] { return ApiKey("SG_0123456789abcdef"); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    server.stop();
    QCOMPARE(server.posts(), 1);
    QCOMPARE(server.requests().constFirst().header("host"), host.toLatin1());
    QCOMPARE(server.requests().constFirst().header("x-api-key"), "SG_0123456789abcdef");
}

void NeighboursTest::whereAPictureMayLie_data()
{
    QTest::addColumn<QString>("host"); // with the neighbour's port
    QTest::addColumn<QString>("service");
    QTest::addColumn<bool>("asked");
    const auto row = [](const char* host, const char* service, bool asked) {
        QTest::addRow("%s, named by %s", host, service)
            << QString::fromLatin1(host) << QString::fromLatin1(service) << asked;
    };
    for (const char* host : {"127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0", "near.example",
             "mixed.example", "mapped.example"}) {
        row(host, "https://203.0.113.1", false);
        row(host, "https://api.example", false);
        row(host, "https://inside.example", false);
        if (host == "mixed.example"_ba)
            continue; // it would be asked for outside
        row(host, "http://127.0.0.1:1", true);
        row(host, "https://near.example", true);
    }
    for (const char* host : {"192.168.7.1", "169.254.169.254", "router.example"}) {
        row(host, "https://203.0.113.1", false);
        row(host, "https://api.example", false);
    }
}

void NeighboursTest::whereAPictureMayLie()
{
    QFETCH(const QString, host);
    QFETCH(const QString, service);
    QFETCH(const bool, asked);
    QTcpServer neighbour;
    QVERIFY(neighbour.listen(QHostAddress::Any));
    int connections = 0;
    connect(&neighbour, &QTcpServer::newConnection, &neighbour, [&neighbour, &connections] {
        ++connections;
        neighbour.nextPendingConnection()->close();
    });
    const QUrl url(u"https://%1:%2/p/1.png"_s.arg(host).arg(neighbour.serverPort()));
    QVERIFY(url.isValid());
    PictureFetch fetch(url, QUrl(service), {5s, 1 << 20}, QDeadlineTimer(450ms), nullptr);
    QSignalSpy finished(&fetch, &PictureFetch::finished);
    fetch.start();
    QVERIFY(finished.wait());
    const auto result = finished.takeFirst().first().value<Result<PictureBytes>>();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::PictureFetchFailed);
    QTRY_COMPARE(connections > 0, asked); // it may not have been taken up yet
    QCOMPARE(fetch.isHopeless(), !asked && placeWritten(url.host()));
    QVERIFY(!result.error().detail.isEmpty());
}

void NeighboursTest::stoppedWhileItIsLookedUp()
{
    PictureFetch fetch(QUrl(u"https://api.example/p/1.png"_s), QUrl(u"https://api.example"_s),
        {5s, 1 << 20}, QDeadlineTimer(5s), nullptr);
    QSignalSpy finished(&fetch, &PictureFetch::finished);
    fetch.start();
    QTest::qWait(0); // it has begun
    fetch.stop();
    fetch.stop();
    QVERIFY(finished.wait());
    const auto result = finished.takeFirst().first().value<Result<PictureBytes>>();
    QCOMPARE(result.error().kind, ErrorKind::Stopped);
    QTest::qWait(0);
    QCOMPARE(finished.count(), 0);
}

SEEDBOOK_TEST(NeighboursTest, QCoreApplication)

} // namespace seedbook::neighboursTest

#include "NeighboursTest.moc"
