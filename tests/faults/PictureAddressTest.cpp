#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

namespace seedbook::pictureAddressTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Peer = RawServer::Peer;
using Reach = CallFailure::Reach;

const QByteArray key = "SG_0123456789abcdef";

const QByteArray& picture()
{
    static const QByteArray bytes = samplePicture(ImageFormat::Jpeg);
    return bytes;
}

QByteArray pointingTo(const QString& address)
{
    return httpAnswer(
        200, R"({"status":"ok","image_url":")" + address.toUtf8() + R"("})", {"X-Cost: 0.121"});
}

RawServer::Script answering(const QByteArray& bytes)
{
    return [bytes](Peer& peer) {
        if (peer.readRequest())
            peer.send(bytes);
    };
}

bool holdsKey(const RawServer& server)
{
    return std::ranges::any_of(server.requests(), [](const RawServer::Request& request) {
        return request.head.contains("SG_") || request.head.toLower().contains("x-api-key") ||
               request.body.contains("SG_");
    });
}

} // namespace

// The answer names an address: the picture is fetched from there, without the key, by GETs that may
// be repeated; the POST is not.
class PictureAddressTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetched_data();
    void fetched();
    void notFetched_data();
    void notFetched();
    void stoppedWhileFetching();
    void oneOfTwoIsBetterThanNone_data();
    void oneOfTwoIsBetterThanNone();
};

void PictureAddressTest::fetched_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("gets");
    QTest::newRow("at once") << 0 << 1;
    QTest::newRow("after a lost connection") << 1 << 2;
    QTest::newRow("after a 503") << 2 << 2;
    QTest::newRow("after a 404: not there yet") << 3 << 2;
    QTest::newRow("after half a picture") << 4 << 2;
    QTest::newRow("by way of a redirect") << 5 << 2;
    QTest::newRow("by way of one with a space") << 6 << 2;
}

void PictureAddressTest::fetched()
{
    QFETCH(int, fault);
    QFETCH(int, gets);
    RawServer store([fault](Peer& peer) {
        while (peer.readRequest()) {
            const bool first = peer.request().target == "/p/1.jpg" && peer.connection() == 1;
            if (!first || fault == 0)
                peer.send(httpAnswer(200, picture()));
            else if (fault == 1)
                return peer.reset();
            else if (fault == 2)
                peer.send(httpAnswer(503, "wait"));
            else if (fault == 3)
                peer.send(httpAnswer(404, {}));
            else if (fault == 4)
                peer.send(httpAnswer(200, picture().first(picture().size() / 2)));
            else if (fault == 5)
                peer.send(httpAnswer(302, {}, {"Location: /p/2.jpg"}));
            else
                peer.send(httpAnswer(302, {}, {"Location: /p/2 b.jpg"}));
        }
    });
    RawServer server(answering(pointingTo(store.address(u"/p/1.jpg"_s))));
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    store.stop();
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    QCOMPARE(probe.answer().pictures.first().bytes, picture());
    QCOMPARE(probe.answer().pictures.first().format, ImageFormat::Jpeg);
    QCOMPARE(probe.answer().info.cost, std::optional(Money::fromUsd(0.121)));
    QCOMPARE(server.posts(), 1);
    QCOMPARE(store.posts(), 0);
    const auto all = store.requests();
    QVERIFY(all.size() >= gets);
    QVERIFY(!holdsKey(store));
    QCOMPARE(server.requests().constFirst().header("x-api-key"), key);
}

void PictureAddressTest::notFetched_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("address"); // instead of the store's
    QTest::addColumn<bool>("asked");
    const QString store;
    QTest::newRow("never there") << httpAnswer(404, {}) << store << true;
    QTest::newRow("an HTML page") << httpAnswer(200, "<html>sign in</html>") << store << true;
    QTest::newRow("larger than it may be")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n") << store << true;
    QTest::newRow("a redirect to a plain http host elsewhere")
        << httpAnswer(302, {}, {"Location: http://images.example/1.png"}) << store << true;
    QTest::newRow("a redirect round and round")
        << httpAnswer(302, {}, {"Location: /p/1.jpg"}) << store << true;
    QTest::newRow("a plain http host elsewhere")
        << QByteArray() << u"http://images.example/1.png"_s << false;
    QTest::newRow("nothing but the scheme") << QByteArray() << u"https://"_s << false;
}

void PictureAddressTest::notFetched()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, address);
    QFETCH(bool, asked);
    RawServer store([answer](Peer& peer) {
        while (peer.readRequest() && peer.send(answer)) {
        }
    });
    if (address.isEmpty())
        address = store.address(u"/p/1.jpg"_s);
    RawServer server(answering(pointingTo(address)));
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, {20s, 1 << 20, 900ms, 900ms});
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    store.stop();
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    qInfo().noquote() << probe.words();
    QCOMPARE(bad.error.kind, ErrorKind::PictureFetchFailed);
    QCOMPARE(bad.error.subject, address);
    QVERIFY(!bad.error.detail.isEmpty());
    QCOMPARE(reachName(bad.reach), reachName(Reach::Unknown));
    // The answer with the address is what is left of the money.
    QVERIFY(bad.residue.contains(address.toUtf8()));
    QCOMPARE(bad.info.cost, std::optional(Money::fromUsd(0.121)));
    QCOMPARE(server.posts(), 1);
    QCOMPARE(store.connections() > 0, asked);
    QVERIFY(!holdsKey(store));
}

void PictureAddressTest::stoppedWhileFetching()
{
    RawServer store([](Peer& peer) { peer.stall(); });
    RawServer server(answering(pointingTo(store.address(u"/p/1.jpg"_s))));
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QTRY_COMPARE(store.connections(), 1);
    probe.call()->abort();
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::Unknown));
    QVERIFY(!probe.failure().residue.isEmpty());
}

void PictureAddressTest::oneOfTwoIsBetterThanNone_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("taken"); // the answer to the POST
    const QByteArray two = R"({"images":["BASE/1.jpg","http://elsewhere.example/2.jpg"]})";
    QTest::newRow("v1") << Transport::Blocking << two;
    QTest::newRow("v2, without an id") << Transport::Recoverable << two;
    QTest::newRow("v2") << Transport::Recoverable << QByteArray(R"({"request_id":"abc"})");
}

// An address that is of no use does not take the others' pictures along.
void PictureAddressTest::oneOfTwoIsBetterThanNone()
{
    QFETCH(const Transport, transport);
    QFETCH(const QByteArray, taken);
    RawServer server([&taken](Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray target = peer.request().target;
        const QByteArray base = "http://" + peer.request().header("host");
        if (peer.request().method == "POST")
            peer.send(httpAnswer(200, QByteArray(taken).replace("BASE", base)));
        else if (target.endsWith("/status"))
            peer.send(httpAnswer(200, R"({"status":"COMPLETED"})"));
        else if (target.startsWith("/v2/requests/"))
            peer.send(httpAnswer(200, R"({"status":"COMPLETED","output":[")" + base +
                                          R"(/1.jpg","http://elsewhere.example/2.jpg"]})"));
        else
            peer.send(httpAnswer(200, picture()));
        peer.close();
    });
    CallLimits limits;
    limits.fetchDeadline = 900ms;
    limits.acceptedFor = 900ms;
    limits.firstPoll = 20ms;
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, limits, transport);
    ServiceProbe probe(postOf(service, sampleRequest()));
    probe.proceedOnceAccepted();
    QVERIFY(probe.wait());
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    QCOMPARE(probe.answer().pictures.size(), 1);
    QCOMPARE(probe.answer().pictures.first().bytes, picture());
    QCOMPARE(server.posts(), 1);
}

SEEDBOOK_TEST(PictureAddressTest, QCoreApplication)

} // namespace seedbook::pictureAddressTest

#include "PictureAddressTest.moc"
