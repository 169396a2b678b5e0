#include "service/AnswerReader.h"
#include "service/GenerateCall.h"
#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>
#include <QThreadPool>

#include <atomic>
#include <thread>

namespace seedbook::callEndsTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Peer = RawServer::Peer;
using Reach = CallFailure::Reach;

const QByteArray key = "SG_0123456789abcdef";

RawServer::Script silent()
{
    return [](Peer& peer) {
        peer.readRequest();
        peer.stall();
    };
}

} // namespace

// How a call ends when the program itself ends it, and what never leaves.
class CallEndsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stoppedBeforeItBegan();
    void stoppedWhileWaiting();
    void stoppedWhileReceiving();
    void stoppedFromAPhase();
    void deletedWhileWaiting();
    void stoppedInTheMidstEndsOnce_data();
    void stoppedInTheMidstEndsOnce();
    void stoppedBeforeItLeft();
    void neverSent_data();
    void neverSent();
    void keyIsAskedAtEachCall();
    void severalAtOnce();
    void deadlineBeforeTheConnection();
    void connectingHasItsOwnLimit();
};

void CallEndsTest::stoppedBeforeItBegan()
{
    RawServer server(silent());
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    probe.call()->abort();
    probe.call()->abort();
    QVERIFY(probe.phases().isEmpty());
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::NotSent));
    server.stop();
    QCOMPARE(server.connections(), 0);
}

void CallEndsTest::stoppedWhileWaiting()
{
    RawServer server(silent());
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QSignalSpy finished(probe.call(), &ImageCall::finished);
    QTRY_COMPARE(server.posts(), 1);
    probe.call()->abort();
    QCOMPARE(finished.size(), 0); // never from inside a call of the caller's
    probe.call()->abort();
    QVERIFY(probe.wait());
    probe.call()->abort();
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::Unknown));
    server.stop();
    QCOMPARE(server.posts(), 1);
}

void CallEndsTest::stoppedWhileReceiving()
{
    const QByteArray answer = httpAnswer(200, samplePicture());
    RawServer server([answer](Peer& peer) {
        peer.readRequest();
        peer.send(answer.first(answer.size() - 20));
        peer.stall();
    });
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QTRY_VERIFY(probe.phases().contains(CallPhase::Downloading));
    probe.call()->abort();
    QVERIFY(probe.wait());
    QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::Unknown));
    QVERIFY(probe.failure().residue.startsWith("\x89PNG"));
    QCOMPARE(probe.failure().info.httpStatus, 200);
}

// The first word of a call comes from inside its own work; stopping it there must do as well.
void CallEndsTest::stoppedFromAPhase()
{
    for (const auto stopAt :
        {CallPhase::Connecting, CallPhase::Generating, CallPhase::Downloading}) {
        const QByteArray answer = httpAnswer(200, samplePicture());
        RawServer server([answer](Peer& peer) {
            peer.readRequest();
            peer.send(answer.first(answer.size() - 20));
            peer.stall();
        });
        SegmindService service(server.endpoint(), [] { return ApiKey(key); });
        ServiceProbe probe(postOf(service, sampleRequest()));
        ImageCall* call = probe.call();
        connect(call, &ImageCall::phaseChanged, call, [call, stopAt](CallPhase phase) {
            if (phase == stopAt)
                call->abort();
        });
        QVERIFY(probe.wait());
        QCOMPARE(probe.ends(), 1);
        QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
        QCOMPARE(reachName(probe.failure().reach),
            reachName(stopAt == CallPhase::Connecting ? Reach::NotSent : Reach::Unknown));
        probe.drop();
        server.stop();
        // Given to the system is not yet sent, but nobody can tell: Unknown is said early.
        if (stopAt == CallPhase::Connecting)
            QCOMPARE(server.posts(), 0);
        else
            QVERIFY(server.posts() <= 1);
    }
}

void CallEndsTest::deletedWhileWaiting()
{
    RawServer server(silent());
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QTRY_COMPARE(server.posts(), 1);
    probe.drop();
    QCOMPARE(probe.ends(), 0);
    server.stop();
    QCOMPARE(server.posts(), 1);
}

void CallEndsTest::stoppedInTheMidstEndsOnce_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("answer"); // to the POST, or to v2's question
    QTest::addColumn<bool>("fetches");
    QTest::addColumn<bool>("hasPicture"); // all of it is here by then
    const QByteArray large = R"({"output":")" + QByteArray(24 << 20, ' ') +
                             samplePicture().toBase64() + R"(","status":"COMPLETED"})";
    const QByteArray link = R"({"output":"BASE/1.png","status":"COMPLETED"})";
    QTest::newRow("v1, reading") << Transport::Blocking << large << false << true;
    QTest::newRow("v1, fetching") << Transport::Blocking << link << true << false;
    QTest::newRow("v2, reading") << Transport::Recoverable << large << false << false;
    QTest::newRow("v2, fetching") << Transport::Recoverable << link << true << false;
}

// What goes on meanwhile ends too, and has nothing more to say.
void CallEndsTest::stoppedInTheMidstEndsOnce()
{
    QFETCH(const Transport, transport);
    QFETCH(const QByteArray, answer);
    QFETCH(const bool, fetches);
    QFETCH(const bool, hasPicture);
    std::atomic<bool> isFetched = false;
    std::atomic<bool> open = false;
    RawServer server([&](Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray target = peer.request().target;
        const QByteArray base = "http://" + peer.request().header("host");
        const bool asks = transport == Transport::Recoverable;
        if (target == "/1.png") {
            isFetched = true;
            while (!open)
                std::this_thread::sleep_for(2ms);
            peer.send(httpAnswer(200, samplePicture()));
        } else if (asks && peer.request().method == "POST") {
            peer.send(httpAnswer(200, R"({"request_id":"abc"})"));
        } else if (target.endsWith("/status")) {
            peer.send(httpAnswer(200, R"({"status":"COMPLETED"})"));
        } else {
            peer.send(httpAnswer(200, QByteArray(answer).replace("BASE", base)));
        }
        peer.close();
    });
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, {.firstPoll = 1ms, .longestPoll = 5ms},
        transport);
    ServiceProbe probe(postOf(service, sampleRequest()));
    ImageCall* call = probe.call();
    probe.proceedOnceAccepted();
    const auto isInTheMidst = [&] {
        if (fetches)
            return isFetched.load();
        // v2 begins to read with that phase, v1 when the last byte is here.
        return transport == Transport::Recoverable ? probe.phases().contains(CallPhase::Downloading)
                                                   : call->holdsAnswer();
    };
    for (const QDeadlineTimer deadline(10s); !isInTheMidst();) {
        QVERIFY(!deadline.hasExpired());
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1);
    }
    QSignalSpy finished(call, &ImageCall::finished);
    call->abort();
    QCOMPARE(finished.size(), 0);
    call->abort();
    open = true;
    QVERIFY(probe.wait());
    answerThreads().waitForDone();
    server.stop();
    QTest::qWait(0);
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.hasPicture(), hasPicture);
    QCOMPARE(server.posts(), 1);
}

void CallEndsTest::stoppedBeforeItLeft()
{
    for (const Transport transport : {Transport::Blocking, Transport::Recoverable}) {
        RawServer server(silent());
        SegmindService service(
            server.endpoint(), [] { return ApiKey(key); }, {}, transport);
        ServiceProbe probe(postOf(service, sampleRequest()));
        probe.call()->abort();
        QVERIFY(probe.wait());
        QCOMPARE(probe.ends(), 1);
        QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
        QCOMPARE(reachName(probe.failure().reach), reachName(Reach::NotSent));
        QVERIFY(!QTest::qWaitFor([&server] { return server.connections() > 0; }, 200));
    }
}

void CallEndsTest::neverSent_data()
{
    QTest::addColumn<QString>("url"); // empty: the server's
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no key") << QString() << QByteArray() << ErrorKind::MissingKey;
    QTest::newRow("a blank key") << QString() << QByteArray(" \n") << ErrorKind::MissingKey;
    QTest::newRow("a key with a header in it")
        << QString() << key + "\r\nX-Other: 1" << ErrorKind::UnusableKey;
    QTest::newRow("a key that is not ASCII")
        << QString() << QByteArray("SG_12345678\xc3\xa4") << ErrorKind::UnusableKey;
    QTest::newRow("plain http elsewhere")
        << u"http://api.example/v1/qwen-image"_s << key << ErrorKind::InsecureEndpoint;
    QTest::newRow("loopback's name as part of another")
        << u"http://127.0.0.1.example/v1/x"_s << key << ErrorKind::InsecureEndpoint;
    QTest::newRow("another scheme")
        << u"ftp://api.example/v1/qwen-image"_s << key << ErrorKind::BadEndpoint;
    QTest::newRow("no host") << u"https:///v1"_s << key << ErrorKind::BadEndpoint;
}

void CallEndsTest::neverSent()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, secret);
    QFETCH(ErrorKind, kind);
    RawServer server(silent());
    const QUrl target(url.isEmpty() ? server.address(u"/v1/qwen-image"_s) : url);
    ServiceProbe probe(new GenerateCall(target, "{}", ApiKey(secret), {}, nullptr));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, kind);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::NotSent));
    QVERIFY(!probe.words().contains(QString::fromLatin1(key)));
    server.stop();
    QCOMPARE(server.connections(), 0);
}

void CallEndsTest::keyIsAskedAtEachCall()
{
    const QByteArray answer = httpAnswer(200, samplePicture());
    RawServer server([answer](Peer& peer) {
        if (peer.readRequest())
            peer.send(answer);
    });
    QByteArray secret = "SG_1111111111111111\n"; // as an editor leaves it in a file
    SegmindService service(server.endpoint(), [&secret] { return ApiKey(secret); });
    for (int i = 0; i < 2; ++i) {
        ServiceProbe probe(postOf(service, sampleRequest()));
        QVERIFY(probe.wait());
        QVERIFY(probe.hasPicture());
        secret = "SG_2222222222222222";
    }
    server.stop();
    QCOMPARE(server.requests().at(0).header("x-api-key"), "SG_1111111111111111");
    QCOMPARE(server.requests().at(1).header("x-api-key"), "SG_2222222222222222");
}

void CallEndsTest::severalAtOnce()
{
    // Answered only when all are there: none waits behind another.
    constexpr int count = 12;
    std::atomic<int> here = 0;
    RawServer server([&here](Peer& peer) {
        if (!peer.readRequest())
            return;
        ++here;
        here.notify_all();
        for (int seen = here; seen < count; seen = here)
            here.wait(seen);
        peer.send(httpAnswer(200, samplePicture()));
    });
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    std::vector<std::unique_ptr<ServiceProbe>> probes;
    for (int i = 0; i < count; ++i)
        probes.push_back(
            std::make_unique<ServiceProbe>(postOf(service, sampleRequest(u"one of many"_s, i))));
    for (const auto& probe : probes) {
        QVERIFY(probe->wait());
        QVERIFY(probe->hasPicture());
    }
    server.stop();
    QCOMPARE(server.posts(), count);
}

void CallEndsTest::deadlineBeforeTheConnection()
{
    // TLS never begins: the server takes the connection and says nothing.
    RawServer server([](Peer& peer) { peer.stall(); });
    const Endpoint endpoint = *Endpoint::parse(u"https://127.0.0.1:%1"_s.arg(server.port()));
    SegmindService service(endpoint, [] { return ApiKey(key); }, {300ms, 1 << 20, 300ms});
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::NetworkUnreachable);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::NotSent));
}

// Connecting has a short time of its own; an answer has its long one all the same.
void CallEndsTest::connectingHasItsOwnLimit()
{
    const CallLimits limits{.connecting = 300ms};
    RawServer server([](Peer& peer) { peer.stall(); });
    const Endpoint endpoint = *Endpoint::parse(u"https://127.0.0.1:%1"_s.arg(server.port()));
    SegmindService never(
        endpoint, [] { return ApiKey(key); }, limits);
    ServiceProbe unconnected(postOf(never, sampleRequest()));
    QVERIFY(unconnected.wait());
    QCOMPARE(unconnected.failure().error.kind, ErrorKind::NetworkUnreachable);
    QCOMPARE(reachName(unconnected.failure().reach), reachName(Reach::NotSent));

    RawServer slow([](Peer& peer) {
        if (!peer.readRequest())
            return;
        std::this_thread::sleep_for(700ms);
        peer.send(httpAnswer(200, samplePicture()));
    });
    SegmindService service(
        slow.endpoint(), [] { return ApiKey(key); }, limits);
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QVERIFY(probe.hasPicture());
}

SEEDBOOK_TEST(CallEndsTest, QCoreApplication)

} // namespace seedbook::callEndsTest

#include "CallEndsTest.moc"
