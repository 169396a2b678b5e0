#include "service/AnswerReader.h"
#include "service/BalanceCall.h"
#include "service/SegmindService.h"
#include "support/PeakMemory.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <memory>
#include <vector>

namespace seedbook::hugeAnswersTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Peer = RawServer::Peer;

const QByteArray key = "SG_0123456789abcdef";

// A body that is made while it is sent: it does not count as the program's memory.
struct Body
{
    QByteArray head;
    QByteArray piece; // again and again
    QByteArray tail;
    qint64 size = 0; // about
};

void send(Peer& peer, int status, const Body& body)
{
    const qint64 times = (body.size - body.head.size() - body.tail.size()) / body.piece.size();
    QByteArray chunk;
    qint64 inChunk = 0;
    for (; chunk.size() < 1 << 20 && inChunk < times; ++inChunk)
        chunk += body.piece;
    const qint64 size = body.head.size() + times * body.piece.size() + body.tail.size();
    peer.send("HTTP/1.1 " + QByteArray::number(status) +
              " Status\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" + body.head);
    bool goes = true;
    for (qint64 left = times; left > 0 && goes; left -= inChunk)
        goes = peer.send(left >= inChunk ? chunk : chunk.first(left * body.piece.size()));
    if (goes)
        peer.send(body.tail);
    peer.close();
}

void say(Peer& peer, const QByteArray& json)
{
    peer.send(httpAnswer(200, json));
    peer.close();
}

enum class Place { Post, Status, Result };

// Where this is not the place, what a service says.
RawServer::Script serving(Place place, int status, const Body& body, Transport transport)
{
    return [=](Peer& peer) {
        if (!peer.readRequest())
            return;
        const bool isPost = peer.request().method == "POST";
        const bool asks = peer.request().target.endsWith("/status");
        const Place here = isPost ? Place::Post : asks ? Place::Status : Place::Result;
        if (here == place)
            send(peer, status, body);
        else if (isPost && transport == Transport::Recoverable)
            say(peer, R"({"request_id":"abc","status":"QUEUED"})");
        else
            say(peer, R"({"status":"COMPLETED"})");
    };
}

// What an answer may be is 48 MiB. A third of that is told from a parser's sixtyfold as well.
constexpr qint64 large = 16 << 20;
constexpr double megabytes = double(large) / 1e6;

Body filled(const QByteArray& head, const QByteArray& piece, const QByteArray& tail = {},
    qint64 size = large)
{
    return {head, piece, tail, size};
}

struct Attack
{
    const char* name;
    Body body;
};

Attack ones()
{
    return {"ones", filled("[", "1,", "1]")};
}

Attack members()
{
    return {"members", filled(R"({"a":1)", R"(,"a":1)", "}")};
}

QList<Attack> attacks()
{
    return {ones(), members(), {"brackets", filled({}, "[")},
        {"deep objects", filled({}, R"({"a":)")}, {"texts", filled("[", R"("",)", "1]")},
        {"a long text with escapes", filled(R"({"image":")", R"(\u0041\n)", R"("})")},
        {"one number", filled("[", "1", "]")}, {"blanks", filled("{", " ", "}")}};
}

// Nothing is read on the answers' thread as long as this is there.
class HeldReading final
{
public:
    HeldReading()
        : m_held(QtConcurrent::run(&answerThreads(), [this] { m_semaphore.acquire(); }))
    {
    }
    ~HeldReading()
    {
        m_semaphore.release();
        m_held.waitForFinished();
    }
    HeldReading(const HeldReading&) = delete;
    HeldReading& operator=(const HeldReading&) = delete;

private:
    QSemaphore m_semaphore;
    QFuture<void> m_held;
};

CallLimits quick()
{
    return {.acceptedFor = 20s, .firstPoll = 1ms, .longestPoll = 5ms, .longestPollInTrouble = 5ms};
}

} // namespace

// Whatever an answer holds, reading it takes no more memory than the answer itself and its picture,
// and never this thread.
class HugeAnswersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void costLittle_data();
    void costLittle();
    void anIdThatIsTooLong();
    void sixAtOnceCostLittle();
    void balanceCostsLittle();
    void truePicturesAreRead_data();
    void truePicturesAreRead();
    void nothingLargeIsReadHere_data();
    void nothingLargeIsReadHere();
};

void HugeAnswersTest::costLittle_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<Place>("place");
    QTest::addColumn<int>("status");
    QTest::addColumn<Body>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("keeps");
    using T = Transport;
    using K = ErrorKind;
    const auto row = [](const char* where, const Attack& attack, T transport, Place place,
                         int status, K kind, bool keeps) {
        QTest::addRow("%s, %s", where, attack.name)
            << transport << place << status << attack.body << kind << keeps;
    };
    for (const Attack& attack : attacks()) {
        row("v1", attack, T::Blocking, Place::Post, 200, K::UnreadableAnswer, true);
        row("v1, an error", attack, T::Blocking, Place::Post, 500, K::ServerError, false);
        row("v2, the POST", attack, T::Recoverable, Place::Post, 200, K::UnreadableAnswer, true);
    }
    // Asked for again and again, so these take longer.
    for (const Attack& attack : {ones(), members()})
        row("v2, the result", attack, T::Recoverable, Place::Result, 200, K::UnreadableAnswer,
            true);
}

void HugeAnswersTest::costLittle()
{
    QFETCH(const Transport, transport);
    QFETCH(const Place, place);
    QFETCH(const int, status);
    QFETCH(const Body, body);
    QFETCH(const ErrorKind, kind);
    QFETCH(const bool, keeps);
    RawServer server(serving(place, status, body, transport));
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, quick(), transport);
    const PeakMemory memory;
    ServiceProbe probe(postOf(service, sampleRequest()));
    probe.proceedOnceAccepted();
    QVERIFY(probe.wait(60'000));
    const double above = memory.above();
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, kind);
    QCOMPARE(!probe.failure().residue.isEmpty(), keeps);
    if (memory.works())
        QVERIFY2(above < 3 * megabytes, qPrintable(QString::number(above)));
}

// It could not be asked after by what stands in the long text's place.
void HugeAnswersTest::anIdThatIsTooLong()
{
    const QByteArray answer = R"({"request_id":")" + QByteArray(100'000, 'a') + R"("})";
    RawServer server([&answer](Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, answer));
    });
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, quick(), Transport::Recoverable);
    ServiceProbe probe(postOf(service, sampleRequest()));
    probe.proceedOnceAccepted();
    QVERIFY(probe.wait(60'000));
    QCOMPARE(probe.failure().error.kind, ErrorKind::UnreadableAnswer);
    QCOMPARE(probe.failure().residue, answer);
    server.stop();
    QCOMPARE(server.requests().size(), 1);
}

void HugeAnswersTest::sixAtOnceCostLittle()
{
    RawServer server(serving(Place::Post, 200, members().body, Transport::Blocking));
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, quick());
    const PeakMemory memory;
    std::vector<std::unique_ptr<ServiceProbe>> probes;
    for (int i = 0; i < 6; ++i)
        probes.push_back(std::make_unique<ServiceProbe>(postOf(service, sampleRequest())));
    for (const auto& probe : probes)
        QVERIFY(probe->wait(60'000));
    if (memory.works())
        QVERIFY2(memory.above() < 15 * megabytes, qPrintable(QString::number(memory.above())));
    for (const auto& probe : probes)
        QVERIFY(!probe->failure().residue.isEmpty());
}

void HugeAnswersTest::balanceCostsLittle()
{
    RawServer server([](Peer& peer) {
        if (peer.readRequest())
            send(peer, 200, ones().body);
    });
    const PeakMemory memory;
    BalanceCall call(server.endpoint(), ApiKey(key));
    QSignalSpy finished(&call, &BalanceCall::finished);
    QVERIFY(finished.wait(20'000));
    if (memory.works())
        QVERIFY2(memory.above() < megabytes, qPrintable(QString::number(memory.above())));
}

void HugeAnswersTest::truePicturesAreRead_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<Place>("place");
    QTest::newRow("v1") << Transport::Blocking << Place::Post;
    QTest::newRow("v2, the POST") << Transport::Recoverable << Place::Post;
    QTest::newRow("v2, the result") << Transport::Recoverable << Place::Result;
}

// 20 MB of base64.
void HugeAnswersTest::truePicturesAreRead()
{
    QFETCH(const Transport, transport);
    QFETCH(const Place, place);
    const QByteArray picture = largePicture(15'000'000);
    const QByteArray coded = picture.toBase64();
    RawServer server(serving(place, 200,
        {R"({"status":"COMPLETED","output":")", coded,
            R"(","metrics":{"cost":0.25},"input":{"prompt":"a"}})", coded.size() + 100},
        transport));
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, quick(), transport);
    const PeakMemory memory;
    ServiceProbe probe(postOf(service, sampleRequest()));
    probe.proceedOnceAccepted();
    QVERIFY(probe.wait(60'000));
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    QCOMPARE(probe.answer().pictures.size(), 1);
    QVERIFY(probe.answer().pictures.first().bytes == picture);
    if (place == Place::Result)
        QCOMPARE(probe.answer().info.cost, Money::fromUsd(0.25));
    // The server's own copies are among it.
    if (memory.works())
        QVERIFY2(memory.above() < 150, qPrintable(QString::number(memory.above())));
}

void HugeAnswersTest::nothingLargeIsReadHere_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<Place>("place");
    QTest::addColumn<Body>("body");
    QTest::addColumn<bool>("stops"); // meanwhile
    for (const bool stops : {false, true}) {
        const auto row = [stops](
                             const char* name, Transport transport, Place place, const Body& body) {
            QTest::addRow("%s%s", name, stops ? ", stopped" : "")
                << transport << place << body << stops;
        };
        using T = Transport;
        constexpr qint64 size = 200'000;
        const Body result = filled(
            R"({"status":"COMPLETED","output":")" + samplePicture().toBase64() + R"(","x":")", "x",
            R"("})", size);
        row("v1", T::Blocking, Place::Post, result);
        row("v2, the POST", T::Recoverable, Place::Post,
            filled(R"({"request_id":"abc","x":")", "x", R"("})", size));
        row("v2, the status", T::Recoverable, Place::Status,
            filled(R"({"status":"COMPLETED","x":")", "x", R"("})", size));
        row("v2, the result", T::Recoverable, Place::Result, result);
    }
}

// What was asked for last is here, and nothing comes of it before the answers' thread has read it.
void HugeAnswersTest::nothingLargeIsReadHere()
{
    QFETCH(const Transport, transport);
    QFETCH(const Place, place);
    QFETCH(const Body, body);
    QFETCH(const bool, stops);
    const bool recoverable = transport == Transport::Recoverable;
    RawServer server([&](Peer& peer) {
        const QByteArray picture = samplePicture().toBase64();
        if (!peer.readRequest())
            return;
        const bool isPost = peer.request().method == "POST";
        const bool asks = peer.request().target.endsWith("/status");
        const Place here = isPost ? Place::Post : asks ? Place::Status : Place::Result;
        if (here == place)
            send(peer, 200, body);
        else if (isPost)
            say(peer, R"({"request_id":"abc"})");
        else
            say(peer, R"({"status":"COMPLETED","output":")" + picture + R"("})");
    });
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, quick(), transport);
    const LogCapture log;
    auto onHold = std::make_unique<HeldReading>();
    ServiceProbe probe(postOf(service, sampleRequest()));
    ImageCall* call = probe.call();
    QSignalSpy accepted(call, &ImageCall::accepted);
    probe.proceedOnceAccepted();
    const int exchanges = place == Place::Post ? 1 : place == Place::Status ? 2 : 3;
    QTRY_COMPARE(log.text().count(u" Whole "_s), exchanges);
    // Its end is told of by an event that is on its way.
    QCOMPARE(probe.ends(), 0);
    QCOMPARE(probe.ends(), 0);
    QCOMPARE(accepted.size(), recoverable && place != Place::Post ? 1 : 0);
    QVERIFY(!probe.phases().contains(CallPhase::Downloading) || !recoverable);
    QCOMPARE(log.text().count(u" Whole "_s), exchanges);
    if (place == Place::Post)
        QVERIFY(call->holdsAnswer());
    if (stops) {
        call->abort();
        call->abort();
    }
    onHold.reset();
    QVERIFY(probe.wait());
    answerThreads().waitForDone();
    QCOMPARE(probe.ends(), 1);
    // A picture that is here goes before; and whatever happens, the id is told of.
    QCOMPARE(probe.hasPicture(), !stops || !recoverable);
    QCOMPARE(accepted.size(), recoverable ? 1 : 0);
    if (stops && recoverable)
        QCOMPARE(probe.failure().error.kind, ErrorKind::Stopped);
    server.stop();
    QCOMPARE(server.posts(), 1);
}

SEEDBOOK_TEST(HugeAnswersTest, QCoreApplication)

} // namespace seedbook::hugeAnswersTest

#include "HugeAnswersTest.moc"
