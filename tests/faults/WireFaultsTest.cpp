// Longer than most: the table of faults is one, and its rows are read side by side.

#include "core/ErrorText.h"
#include "core/Text.h"
#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

#include <vector>

namespace seedbook::wireFaultsTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Peer = RawServer::Peer;
using Reach = CallFailure::Reach;

const QByteArray key = "SG_0123456789abcdef";

CallLimits quick()
{
    return {20s, 64 << 20, 20s};
}

CallLimits impatient()
{
    return {400ms, 64 << 20, 400ms};
}

CallLimits narrow()
{
    return {20s, 32 << 10, 20s};
}

const QByteArray& picture()
{
    static const QByteArray bytes = samplePicture();
    return bytes;
}

QByteArray half(const QByteArray& bytes)
{
    return bytes.first(bytes.size() / 2);
}

QByteArray jsonPicture()
{
    return "{\"status\":\"ok\",\"infer_time\":27.5,\"image\":\"" + picture().toBase64() + "\"}";
}

// An answer without Content-Length: its end is the connection's end.
QByteArray openAnswer(const QByteArray& body)
{
    return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body;
}

QByteArray chunk(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

// What a script does once the request was read.
RawServer::Script afterRequest(std::function<void(Peer&)> rest)
{
    return [rest = std::move(rest)](Peer& peer) {
        if (peer.readRequest())
            rest(peer);
    };
}

RawServer::Script answering(const QByteArray& bytes)
{
    return afterRequest([bytes](Peer& peer) { peer.send(bytes); });
}

RawServer::Script answeringThenClosing(const QByteArray& bytes)
{
    return afterRequest([bytes](Peer& peer) {
        peer.send(bytes);
        peer.close();
    });
}

RawServer::Script answeringThenResetting(const QByteArray& bytes)
{
    return afterRequest([bytes](Peer& peer) {
        peer.send(bytes);
        peer.reset();
    });
}

RawServer::Script answeringThenStalling(const QByteArray& bytes)
{
    return afterRequest([bytes](Peer& peer) {
        peer.send(bytes);
        peer.stall();
    });
}

struct Row
{
    const char* name;
    RawServer::Script script;
    std::optional<ErrorKind> kind; // nothing: a picture is to come
    Reach reach = Reach::Unknown;
    CallLimits limits = quick();
    qsizetype residue = 0; // at least so many bytes are to be kept
};

std::vector<Row> rows()
{
    using K = ErrorKind;
    const QByteArray ok = httpAnswer(200, picture());
    const QByteArray head = ok.first(ok.indexOf("\r\n\r\n") + 4);
    const qsizetype halfSize = picture().size() / 2;
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const QByteArray key401 = R"({"error":"Key SG_0123456789abcdef is not known"})";
    const auto status = [](int code, const QByteArray& body, const QList<QByteArray>& headers) {
        return answering(httpAnswer(code, body, headers));
    };
    return {
        // No answer.
        {"POST read, then closed", answeringThenClosing({}), K::ConnectionLost},
        {"POST read, then reset", answeringThenResetting({}), K::ConnectionLost},
        {"only the head read, then closed",
            [](Peer& peer) {
                peer.readHead();
                peer.close();
            },
            K::ConnectionLost},
        {"only the head read, then reset",
            [](Peer& peer) {
                peer.readHead();
                peer.reset();
            },
            K::ConnectionLost},
        {"half a status line, then closed", answeringThenClosing("HTTP/1.1 2"), K::ConnectionLost},
        {"half a status line, then reset", answeringThenResetting("HTTP/1.1 2"), K::ConnectionLost},
        {"half of 'HTTP', then closed", answeringThenClosing("HT"), K::ConnectionLost},
        {"status line without its end", answeringThenClosing("HTTP/1.1 200 OK"), K::ConnectionLost},
        {"half of an error's status line", answeringThenClosing("HTTP/1.1 40"), K::ConnectionLost},
        {"reset within the headers",
            answeringThenResetting("HTTP/1.1 200 OK\r\nContent-Type: image/p"), K::ConnectionLost},
        {"closed within the headers",
            answeringThenClosing("HTTP/1.1 200 OK\r\nContent-Type: image/p"), K::ConnectionLost},
        {"only 100 Continue, then closed", answeringThenClosing("HTTP/1.1 100 Continue\r\n\r\n"),
            K::ConnectionLost},
        {"another protocol", answeringThenClosing("SSH-2.0-OpenSSH_9.2p1\r\n"), K::ConnectionLost},
        {"binary garbage", answeringThenClosing(QByteArray(3000, '\xfe')), K::ConnectionLost},
        // Half a picture.
        {"half a body, then closed", answeringThenClosing(head + half(picture())), K::TornAnswer,
            Reach::Unknown, quick(), halfSize},
        {"half a body, then reset", answeringThenResetting(head + half(picture())), K::TornAnswer},
        {"headers only, then closed", answeringThenClosing(head), K::TornAnswer},
        {"half a picture without a length", answeringThenClosing(openAnswer(half(picture()))),
            K::TornAnswer, Reach::Unknown, quick(), halfSize},
        {"half a JSON answer without a length",
            answeringThenClosing(openAnswer(half(jsonPicture()))), K::TornAnswer, Reach::Unknown,
            quick(), halfSize},
        {"a chunk too few", answeringThenClosing(chunked + chunk(half(picture()))), K::TornAnswer,
            Reach::Unknown, quick(), halfSize},
        {"half a chunk", answeringThenClosing(chunked + half(chunk(picture()))), K::TornAnswer},
        {"a length too large",
            answeringThenClosing("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + picture()),
            K::TornAnswer, Reach::Unknown, quick(), picture().size()},
        {"a length too small",
            answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + picture()), K::TornAnswer,
            Reach::Unknown, quick(), 100},
        // Time.
        {"no answer at all", answeringThenStalling({}), K::TimedOut, Reach::Unknown, impatient()},
        {"stalls within the headers", answeringThenStalling("HTTP/1.1 200 OK\r\nX: "), K::TimedOut,
            Reach::Unknown, impatient()},
        {"stalls within the body", answeringThenStalling(head + half(picture())), K::TimedOut,
            Reach::Unknown, impatient(), halfSize},
        {"headers drip past the deadline", afterRequest([ok](Peer& peer) { peer.drip(ok, 20ms); }),
            K::TimedOut, Reach::Unknown, impatient()},
        {"the body drips past the deadline", afterRequest([head](Peer& peer) {
             peer.send(head);
             peer.drip(picture(), 20ms);
         }),
            K::TimedOut, Reach::Unknown, impatient(), 1},
        {"an error's body stalls",
            answeringThenStalling("HTTP/1.1 500 E\r\nContent-Length: 50\r\n\r\n{\"err"),
            K::ServerError, Reach::Refused, impatient()},
        // Size.
        {"endless body", afterRequest([](Peer& peer) {
             peer.send(openAnswer("\x89PNG\r\n\x1a\n"));
             while (peer.send(QByteArray(1 << 16, 'x'))) {
             }
         }),
            K::AnswerTooLarge, Reach::Unknown, narrow(), 32 << 10},
        {"a length past the bound",
            answeringThenStalling("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
            K::AnswerTooLarge, Reach::Unknown, narrow()},
        {"an error's body without end", afterRequest([](Peer& peer) {
             peer.send("HTTP/1.1 502 Bad\r\n\r\n<html>");
             while (peer.send(QByteArray(1 << 16, 'x'))) {
             }
         }),
            K::BadGateway, Reach::Refused},
        {"a length that is no number",
            answeringThenClosing("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + picture()),
            std::nullopt},
        // What is not a picture.
        {"garbage that begins like a PNG",
            answering(httpAnswer(200, "\x89PNG\r\n\x1a\n" + QByteArray(500, 'z'))), K::TornAnswer,
            Reach::Unknown, quick(), 508},
        {"garbage", answering(httpAnswer(200, QByteArray(500, '\x81'))), K::UnreadableAnswer,
            Reach::Unknown, quick(), 500},
        {"an HTML page with 200",
            answering(httpAnswer(200, "<html><title>Hello SG_0123456789abcdef</title></html>")),
            K::UnreadableAnswer, Reach::Unknown, quick(), 40},
        {"an empty 200", answering(httpAnswer(200, {})), K::UnreadableAnswer},
        {"204", answering("HTTP/1.1 204 No Content\r\n\r\n"), K::UnreadableAnswer},
        {"202 and no picture", status(202, R"({"status":"QUEUED"})", {}), K::UnreadableAnswer,
            Reach::Unknown, quick(), 10},
        {"200 with an error", status(200, key401, {}), K::ErrorInAnswer, Reach::Unknown, quick(),
            withoutSecret(key401, "SG_0123456789abcdef").size()},
        // Qt knows how to send some of these again.
        {"401 that asks for Basic", status(401, key401, {"WWW-Authenticate: Basic realm=\"x\""}),
            K::WrongKey, Reach::Refused},
        {"401 that asks for Digest",
            status(
                401, key401, {"WWW-Authenticate: Digest realm=\"x\", nonce=\"y\", qop=\"auth\""}),
            K::WrongKey, Reach::Refused},
        {"401 that asks for NTLM", status(401, key401, {"WWW-Authenticate: NTLM"}), K::WrongKey,
            Reach::Refused},
        {"401 that asks for Negotiate", status(401, key401, {"WWW-Authenticate: Negotiate"}),
            K::WrongKey, Reach::Refused},
        {"407", status(407, {}, {"Proxy-Authenticate: Basic realm=\"x\""}), K::UnexpectedStatus,
            Reach::Refused},
        {"408, connection closed", answeringThenClosing(httpAnswer(408, {})), K::UnexpectedStatus,
            Reach::Refused},
        {"429 with Retry-After", status(429, {}, {"Retry-After: 0"}), K::RateLimited,
            Reach::Refused},
        {"503 with Retry-After", status(503, {}, {"Retry-After: 0"}), K::ServiceUnavailable,
            Reach::Refused},
        {"502, an HTML page",
            status(502, "<html><head><title>502 Bad Gateway</title></head></html>",
                {"Content-Type: text/html"}),
            K::BadGateway, Reach::Refused},
        {"500 and half of its body",
            answeringThenClosing("HTTP/1.1 500 E\r\nContent-Length: 500\r\n\r\n{\"error\":\"oh"),
            K::ServerError, Reach::Refused},
        {"304", answering("HTTP/1.1 304 Not Modified\r\n\r\n"), K::UnexpectedStatus,
            Reach::Refused},
        // Odd ways that are right all the same.
        {"100 Continue, then a picture", answering("HTTP/1.1 100 Continue\r\n\r\n" + ok),
            std::nullopt},
        {"HTTP/1.0", answeringThenClosing("HTTP/1.0 200 OK\r\n\r\n" + picture()), std::nullopt},
        {"chunked",
            answering(chunked + chunk(half(picture())) +
                      chunk(picture().sliced(picture().size() / 2)) + "0\r\n\r\n"),
            std::nullopt},
        {"base64 in JSON called an image", status(200, jsonPicture(), {"Content-Type: image/png"}),
            std::nullopt},
        {"a picture called JSON", status(200, picture(), {"Content-Type: application/json"}),
            std::nullopt},
        {"a picture, then closed", answeringThenClosing(ok), std::nullopt},
        {"every chunk but the empty last one", answeringThenClosing(chunked + chunk(picture())),
            std::nullopt},
        {"a picture dripped in time", afterRequest([head](Peer& peer) {
             peer.drip(head, 1ms);
             peer.send(picture());
         }),
            std::nullopt},
    };
}

} // namespace

// What a paid POST does when the connection or the service misbehaves. For each row the server is
// asked afterwards how many POSTs it saw: one, whatever happened.
class WireFaultsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log.emplace(); }
    void cleanup();
    void faults_data();
    void faults();
    void statuses_data();
    void statuses();
    void redirects_data();
    void redirects();
    void refusedPort();
    void notTls();
    void closedBeforeReading_data();
    void closedBeforeReading();
    void idleConnectionIsNotUsedAgain();
    void longBodyPartlyRead();
    void largePicture();

private:
    void report(const char* name, ServiceProbe& probe, qsizetype posts, qint64 milliseconds);

    std::optional<LogCapture> m_log;
};

void WireFaultsTest::cleanup()
{
    const QString log = m_log->text();
    m_log.reset();
    QVERIFY2(!log.contains(QString::fromLatin1(key)), "the key was logged");
}

void WireFaultsTest::report(
    const char* name, ServiceProbe& probe, qsizetype posts, qint64 milliseconds)
{
    QString reach = u"picture"_s;
    QString what = u"—"_s;
    qsizetype kept = 0;
    if (!probe.hasPicture()) {
        reach = reachName(probe.failure().reach);
        what = describe(probe.failure().error).what;
        kept = probe.failure().residue.size();
    }
    const QString line =
        u"%1 | POSTs %2 | %3 | %4 | kept %5 | %6 ms"_s.arg(QString::fromUtf8(name), -38)
            .arg(posts)
            .arg(reach, -8)
            .arg(what, -62)
            .arg(kept, 6)
            .arg(milliseconds, 5);
    qInfo().noquote() << line;
}

void WireFaultsTest::faults_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Row> all = rows();
    for (size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << int(i);
}

void WireFaultsTest::faults()
{
    QFETCH(int, index);
    const Row row = rows().at(size_t(index));
    RawServer server(row.script);
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, row.limits);
    QElapsedTimer clock;
    clock.start();
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    const qint64 took = clock.elapsed();
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    report(row.name, probe, server.posts(), took);

    QCOMPARE(server.posts(), 1);
    QVERIFY(!probe.words().contains(QString::fromLatin1(key)));
    if (!row.kind) {
        QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
        QCOMPARE(probe.answer().pictures.first().bytes, picture());
        QCOMPARE(probe.answer().pictures.first().format, ImageFormat::Png);
        QCOMPARE(probe.answer().info.httpStatus, 200);
        return;
    }
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    QCOMPARE(describe(bad.error).what, describe({*row.kind, {}, {}, bad.error.httpStatus}).what);
    QCOMPARE(bad.error.kind, *row.kind);
    QCOMPARE(reachName(bad.reach), reachName(row.reach));
    QVERIFY(bad.residue.size() >= row.residue);
    QVERIFY(bad.residue.size() <= row.limits.largestBody);
}

void WireFaultsTest::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("detail");
    const QList<std::pair<int, ErrorKind>> kinds = {{400, ErrorKind::BadRequest},
        {401, ErrorKind::WrongKey}, {402, ErrorKind::InsufficientCredits},
        {403, ErrorKind::Forbidden}, {404, ErrorKind::NotFound}, {405, ErrorKind::MethodNotAllowed},
        {406, ErrorKind::NotAcceptable}, {409, ErrorKind::UnexpectedStatus},
        {410, ErrorKind::ModelRetired}, {418, ErrorKind::UnexpectedStatus},
        {422, ErrorKind::ValidationFailed}, {429, ErrorKind::RateLimited},
        {500, ErrorKind::ServerError}, {502, ErrorKind::BadGateway},
        {503, ErrorKind::ServiceUnavailable}, {504, ErrorKind::GatewayTimeout},
        {599, ErrorKind::UnexpectedStatus}};
    const QList<std::tuple<const char*, QByteArray, QString>> bodies = {
        {"JSON", R"({"error":"no luck for SG_0123456789abcdef"})", u"no luck for SG_…"_s},
        {"text", "no luck for SG_0123456789abcdef\n", u"no luck for SG_…"_s},
        {"HTML",
            "<!doctype html><html><head><title>no luck\n for "
            "SG_0123456789abcdef</title></head><body><h1>nginx</h1></body></html>",
            u"no luck for SG_…"_s},
        {"nothing", {}, {}}};
    for (const auto& [status, kind] : kinds) {
        for (const auto& [name, body, detail] : bodies)
            QTest::addRow("%d with %s", status, name) << status << int(kind) << body << detail;
    }
}

void WireFaultsTest::statuses()
{
    QFETCH(int, status);
    QFETCH(int, kind);
    QFETCH(QByteArray, body);
    QFETCH(QString, detail);
    RawServer server(answering(httpAnswer(status, body, {"X-Request-Id: abc-1"})));
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    report(QTest::currentDataTag(), probe, server.posts(), 0);
    QCOMPARE(server.posts(), 1);
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    QCOMPARE(int(bad.error.kind), kind);
    QCOMPARE(bad.error.httpStatus, status);
    QCOMPARE(bad.error.detail, detail);
    QCOMPARE(reachName(bad.reach), reachName(Reach::Refused));
    QCOMPARE(bad.info.httpStatus, status);
    QCOMPARE(bad.info.serviceRequestId, u"abc-1"_s);
    QVERIFY(bad.residue.isEmpty());
    QVERIFY(!probe.words().contains(QString::fromLatin1(key)));
}

void WireFaultsTest::redirects_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void WireFaultsTest::redirects()
{
    QFETCH(int, status);
    RawServer other(answering(httpAnswer(200, picture())));
    const QByteArray location = "Location: " + other.address(u"/v1/qwen-image"_s).toLatin1();
    RawServer server(answering(httpAnswer(status, {}, {location})));
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    other.stop();
    report(QTest::currentDataTag(), probe, server.posts(), 0);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(other.connections(), 0);
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    QCOMPARE(bad.error.kind, ErrorKind::Redirected);
    QCOMPARE(bad.error.subject, u"127.0.0.1"_s);
    QCOMPARE(bad.error.httpStatus, status);
    QCOMPARE(reachName(bad.reach), reachName(Reach::Refused));
}

void WireFaultsTest::refusedPort()
{
    // A port that was free a moment ago.
    QTcpServer probeServer;
    QVERIFY(probeServer.listen(QHostAddress::LocalHost));
    const Endpoint endpoint =
        *Endpoint::parse(u"http://127.0.0.1:%1"_s.arg(probeServer.serverPort()));
    probeServer.close();
    SegmindService service(endpoint, [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    report("refused port", probe, 0, 0);
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    QCOMPARE(bad.error.kind, ErrorKind::ConnectionRefused);
    QCOMPARE(bad.error.subject, u"127.0.0.1"_s);
    QCOMPARE(reachName(bad.reach), reachName(Reach::NotSent));
    QCOMPARE(bad.info.httpStatus, 0);
}

void WireFaultsTest::notTls()
{
    RawServer server([](Peer& peer) {
        peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        peer.stall();
    });
    const Endpoint endpoint = *Endpoint::parse(u"https://127.0.0.1:%1"_s.arg(server.port()));
    SegmindService service(endpoint, [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    report("https to a port that speaks http", probe, server.posts(), 0);
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    QCOMPARE(bad.error.kind, ErrorKind::TlsFailed);
    QCOMPARE(reachName(bad.reach), reachName(Reach::NotSent));
}

void WireFaultsTest::closedBeforeReading_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed before reading") << false;
    QTest::newRow("reset before reading") << true;
}

// The server cannot say what it would have read. Qt may come again on another connection if the
// first broke before the body was taken; never with a second whole POST, and never as "not sent"
// when one was.
void WireFaultsTest::closedBeforeReading()
{
    QFETCH(bool, reset);
    RawServer server([reset](Peer& peer) {
        if (peer.connection() > 1)
            return; // reads what is sent again
        if (reset)
            peer.reset();
        else
            peer.close();
    });
    SegmindService service(
        server.endpoint(), [] { return ApiKey(key); }, impatient());
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    probe.drop();
    server.stop();
    report(QTest::currentDataTag(), probe, server.posts(), 0);
    QVERIFY(!probe.hasPicture());
    const CallFailure& bad = probe.failure();
    if (bad.reach == Reach::NotSent)
        QCOMPARE(server.posts(), 0);
    else
        QVERIFY(bad.error.kind == ErrorKind::ConnectionLost ||
                (bad.error.kind == ErrorKind::TimedOut && server.posts() == 1));
    QVERIFY(server.posts() <= 1);
}

void WireFaultsTest::idleConnectionIsNotUsedAgain()
{
    // The connection is kept alive and dies as the next request comes.
    RawServer server([](Peer& peer) {
        if (!peer.readRequest())
            return;
        peer.send(httpAnswer(200, picture(), {"Connection: keep-alive"}));
        if (peer.readRequest())
            peer.close();
    });
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    for (int i = 0; i < 3; ++i) {
        ServiceProbe probe(postOf(service, sampleRequest()));
        QVERIFY(probe.wait());
        QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    }
    server.stop();
    QCOMPARE(server.posts(), 3);
    QCOMPARE(server.connections(), 3);
}

void WireFaultsTest::longBodyPartlyRead()
{
    // Larger than the pieces in which Qt takes it: it ends in the middle of one.
    RawServer server([](Peer& peer) {
        peer.readHead();
        peer.reset();
    });
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest(QString(20000, u'愛'))));
    QVERIFY(probe.wait());
    probe.drop();
    server.stop();
    QCOMPARE(server.posts(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::ConnectionLost);
    QCOMPARE(reachName(probe.failure().reach), reachName(Reach::Unknown));
}

void WireFaultsTest::largePicture()
{
    // Far more than any buffer on the way, and the connection closes behind it.
    QByteArray big = picture();
    big.insert(33, QByteArray::fromHex("01000000") + "zzZz" + QByteArray((1 << 24) + 4, 'x'));
    RawServer server(answeringThenClosing(httpAnswer(200, big)));
    SegmindService service(server.endpoint(), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
    QCOMPARE(probe.answer().pictures.first().bytes.size(), big.size());
    QVERIFY(probe.answer().pictures.first().bytes == big);
    const QList<CallPhase> all = {
        CallPhase::Connecting, CallPhase::Generating, CallPhase::Downloading};
    QCOMPARE(probe.phases(), all);
}

SEEDBOOK_TEST(WireFaultsTest, QCoreApplication)

} // namespace seedbook::wireFaultsTest

#include "WireFaultsTest.moc"
