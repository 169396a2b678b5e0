#include "core/ErrorText.h"
#include "jobs/JobQueue.h"
#include "jobs/Ledger.h"
#include "library/Library.h"
#include "service/SegmindService.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <atomic>
#include <memory>

namespace seedbook::outcomeTableTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr auto secret = "SG_0123456789abcdef";

using Script = RawServer::Script;

// Reads the whole request, answers with these bytes, and ends the connection.
Script answering(const QByteArray& bytes)
{
    return [bytes](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        peer.send(bytes);
        peer.close();
    };
}

QByteArray torn(qsizetype kept)
{
    const QByteArray whole = httpAnswer(200, samplePicture());
    return whole.first(whole.indexOf("\r\n\r\n") + 4 + kept);
}

// An answer to a request that was read already.
Script saying(const QByteArray& bytes)
{
    return [bytes](RawServer::Peer& peer) {
        peer.send(bytes);
        peer.close();
    };
}

// The first `count` times one answer, then another.
Script first(int count, const Script& one, const Script& other)
{
    const auto calls = std::make_shared<std::atomic<int>>(0);
    return [=](RawServer::Peer& peer) { ++*calls <= count ? one(peer) : other(peer); };
}

// The same for POSTs that are not read yet.
Script firstRead(int count, const Script& one, const Script& other)
{
    return [script = first(count, one, other)](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (peer.request().method == "GET") // for the balance
            saying(httpAnswer(404, ""))(peer);
        else
            script(peer);
    };
}

QByteArray json(const QByteArray& text)
{
    return httpAnswer(200, text, {"Content-Type: application/json"});
}

// v2: takes the job and answers what is asked about it with these scripts; a picture's file too.
struct Polls
{
    QByteArray submitted = json(R"({"request_id":"abc-1","status":"QUEUED"})");
    Script status = saying(json(R"({"status":"COMPLETED"})"));
    Script result;
    Script file = saying(httpAnswer(200, samplePicture()));
};

Script recoverable(const Polls& polls)
{
    return [polls](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray target = peer.request().target;
        const auto serve = [&peer](const Script& script) {
            // The request is read; the scripts only answer.
            script(peer);
        };
        if (peer.request().method == "POST") {
            peer.send(polls.submitted);
            peer.close();
        } else if (target.endsWith("/status")) {
            serve(polls.status);
        } else if (target.startsWith("/v2/requests/") && polls.result) {
            serve(polls.result);
        } else if (target.startsWith("/v2/requests/")) {
            peer.send(json("{\"status\":\"COMPLETED\",\"output\":\"http://" +
                           peer.request().header("host") +
                           "/file.png\",\"metrics\":{\"cost\":0.2,\"remaining_credits\":3}}"));
            peer.close();
        } else {
            serve(polls.file);
        }
    };
}

// A PNG whose head says 60,000 by 60,000 pixels, whole to its end.
QByteArray bomb()
{
    QByteArray png = samplePicture();
    QByteArray head = png.mid(12, 17);
    qToBigEndian<quint32>(60'000, head.data() + 4);
    qToBigEndian<quint32>(60'000, head.data() + 8);
    quint32 crc = 0xffffffffU;
    for (const char byte : head) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) ? 0xedb88320U ^ (crc >> 1U) : crc >> 1U;
    }
    QByteArray sum(4, '\0');
    qToBigEndian(~crc, sum.data());
    return png.replace(12, 17, head).replace(29, 4, sum);
}

bool contains(const QString& path, const QByteArray& needle)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(needle);
}

} // namespace

// The outcome table of the paid call, from the wire to the words: for each way a call can end, how
// many POSTs the server saw, what the ledger says, what is on disk, what the person reads.
class OutcomeTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void row_data();
    void row();
    void cleanupTestCase();

private:
    QStringList m_table;
};

void OutcomeTableTest::row_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("ledger"); // the state
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("pictures"); // files in the library
    QTest::addColumn<int>("kept");     // files kept beside the ledger
    QTest::addColumn<int>("posts");
    QTest::addColumn<Transport>("transport");
    const auto any = [](const char* name, const Script& script, const QString& ledger,
                         ErrorKind kind, int pictures, int kept, int posts, Transport transport) {
        QTest::newRow(name) << script << ledger << kind << pictures << kept << posts << transport;
    };
    const auto row = [&any](const char* name, const Script& script, const QString& ledger,
                         ErrorKind kind, int pictures = 0, int kept = 0, int posts = 1) {
        any(name, script, ledger, kind, pictures, kept, posts, Transport::Blocking);
    };
    const QString filed = u"filed"_s;
    const QString refused = u"refused"_s;
    const QString failed = u"failed"_s;
    const QString unknown = u"unknown"_s;
    const QByteArray png = samplePicture();

    row("a picture", answering(httpAnswer(200, png)), filed, {}, 1);
    row("base64 in JSON", answering(httpAnswer(200, R"({"image":")" + png.toBase64() + R"("})")),
        filed, {}, 1);
    row("webp called png",
        answering(httpAnswer(200, samplePicture(ImageFormat::Webp), {"Content-Type: image/png"})),
        filed, {}, 1);

    row(
        "closed after the POST",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.close();
        },
        unknown, ErrorKind::ConnectionLost);
    row(
        "reset after the POST",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.reset();
        },
        unknown, ErrorKind::ConnectionLost);
    row("half a status line", answering("HTTP/1."), unknown, ErrorKind::ConnectionLost);
    row(
        "no answer in time",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.stall();
        },
        unknown, ErrorKind::TimedOut);
    row("half a picture", answering(torn(60)), unknown, ErrorKind::TornAnswer, 0, 1);
    row("an error in a 200", answering(httpAnswer(200, R"({"error":"NSFW"})")), unknown,
        ErrorKind::ErrorInAnswer, 0, 1);
    row("words in a 200", answering(httpAnswer(200, "hello")), unknown, ErrorKind::UnreadableAnswer,
        0, 1);

    const auto status = [&row](int code, const QString& ledger, ErrorKind kind,
                            const QByteArray& body = R"({"error":"no SG_0123456789abcdef"})") {
        row(qPrintable(QString::number(code) + u' ' + QString::fromUtf8(body)),
            answering(httpAnswer(code, body)), ledger, kind);
    };
    row("307 elsewhere",
        answering(httpAnswer(307, {}, {"Location: http://127.0.0.1:1/v1/qwen-image"})), refused,
        ErrorKind::Redirected);
    status(400, refused, ErrorKind::BadRequest);
    status(406, refused, ErrorKind::InsufficientCredits, R"({"error":"Insufficient credits"})");
    status(406, refused, ErrorKind::ContentTypeRejected, R"({"error":"Invalid content type"})");
    const QByteArray key = "no SG_0123456789abcdef";
    for (const QByteArray& body : {QByteArray(R"({"error":")" + key + R"("})"), key,
             QByteArray("<html><title>" + key + "</title><body>x</body></html>"), QByteArray()}) {
        status(400, refused, ErrorKind::BadRequest, body);
        status(401, refused, ErrorKind::WrongKey, body);
        status(403, refused, ErrorKind::Forbidden, body);
        status(404, refused, ErrorKind::NotFound, body);
        status(405, refused, ErrorKind::MethodNotAllowed, body);
        status(406, refused, ErrorKind::NotAcceptable, body);
        status(408, refused, ErrorKind::UnexpectedStatus, body);
        status(410, refused, ErrorKind::ModelRetired, body);
        status(413, refused, ErrorKind::UnexpectedStatus, body);
        status(418, refused, ErrorKind::UnexpectedStatus, body);
        status(422, refused, ErrorKind::ValidationFailed, body);
        status(500, failed, ErrorKind::ServerError, body);
        status(504, failed, ErrorKind::GatewayTimeout, body);
        status(507, failed, ErrorKind::UnexpectedStatus, body);
        row(qPrintable(u"502 for ever "_s + QString::fromUtf8(body)),
            answering(httpAnswer(502, body)), failed, ErrorKind::BadGateway, 0, 0, 3);
        row(qPrintable(u"503 for ever "_s + QString::fromUtf8(body)),
            answering(httpAnswer(503, body)), failed, ErrorKind::ServiceUnavailable, 0, 0, 3);
        row(qPrintable(u"429 three times, then a picture "_s + QString::fromUtf8(body)),
            firstRead(3, saying(httpAnswer(429, body)), saying(httpAnswer(200, png))), filed, {}, 1,
            0, 4);
    }
    row("502, then a picture",
        firstRead(1, saying(httpAnswer(502, "")), saying(httpAnswer(200, png))), filed, {}, 1, 0,
        2);
    row("502, then no answer",
        firstRead(1, saying(httpAnswer(502, "")), [](RawServer::Peer& peer) { peer.close(); }),
        unknown, ErrorKind::ConnectionLost, 0, 0, 2);

    row(
        "reset inside the headers",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nContent-Ty");
            peer.reset();
        },
        unknown, ErrorKind::ConnectionLost);
    row(
        "reset inside the body",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.send(torn(40));
            peer.reset();
        },
        unknown, ErrorKind::TornAnswer, 0, 1);
    row(
        "stalled inside the body",
        [](RawServer::Peer& peer) {
            peer.readRequest();
            peer.send(torn(40));
            peer.stall();
        },
        unknown, ErrorKind::TimedOut, 0, 1);
    row(
        "dripped for longer than it may take",
        [png](RawServer::Peer& peer) {
            peer.readRequest();
            peer.send(torn(20));
            peer.drip(png.sliced(20), 50ms);
        },
        unknown, ErrorKind::TimedOut, 0, 1);
    row("103 Early Hints, then a picture",
        answering("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n" +
                  httpAnswer(200, png)),
        unknown, ErrorKind::InterimAnswer); // Qt 6.4 has ended the request by then
    row("longer than it said", answering(httpAnswer(200, png) + "and more"), filed, {}, 1);
    row("garbage that begins as a PNG",
        answering(httpAnswer(200, png.first(8) + QByteArray(3000, 'g'))), unknown,
        ErrorKind::TornAnswer, 0, 1);
    row("garbage between a PNG's ends",
        answering(httpAnswer(200, png.first(8) + QByteArray(25, 'g') + png.last(12))), unknown,
        ErrorKind::TornAnswer, 0, 1);
    row("a PNG bomb", answering(httpAnswer(200, bomb())), unknown, ErrorKind::PictureUndecodable, 0,
        1);
    row(
        "a body without end",
        [png](RawServer::Peer& peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\n\r\n" + png.first(8));
            const QByteArray piece(1 << 20, 'e');
            while (peer.send(piece))
                continue;
        },
        unknown, ErrorKind::AnswerTooLarge, 0, 1);
    const QByteArray million = "[" + QByteArray("1,").repeated(1'000'000) + "1]";
    row("a million values", answering(httpAnswer(200, million)), unknown,
        ErrorKind::UnreadableAnswer, 0, 1);
    row("JSON 10,000 deep", answering(httpAnswer(200, QByteArray(10'000, '['))), unknown,
        ErrorKind::UnreadableAnswer, 0, 1);

    // ---------------------------------------------------------------- v2
    const auto v2 = [&any](const char* name, const Polls& polls, const QString& ledger,
                        ErrorKind kind, int pictures = 0, int kept = 0, int posts = 1) {
        any(name, recoverable(polls), ledger, kind, pictures, kept, posts, Transport::Recoverable);
    };
    v2("v2: a picture", {}, filed, {}, 1);
    v2("v2: base64 in the result",
        {.result = saying(json(R"({"status":"COMPLETED","output":"data:image/png;base64,)" +
                               png.toBase64() + R"("})"))},
        filed, {}, 1);
    v2("v2: in the making for a while",
        {.status = first(3, saying(json(R"({"status":"PROCESSING"})")),
             saying(json(R"({"status":"COMPLETED"})")))},
        filed, {}, 1);
    for (const int passing : {404, 401, 429, 500, 502, 503}) {
        v2(qPrintable(u"v2: %1 while asking, then a picture"_s.arg(passing)),
            {.status = first(
                 2, saying(httpAnswer(passing, "")), saying(json(R"({"status":"COMPLETED"})")))},
            filed, {}, 1);
    }
    for (const int passing : {401, 500}) {
        v2(qPrintable(u"v2: %1 that says ERROR, then a picture"_s.arg(passing)),
            {.status = first(2, saying(httpAnswer(passing, R"({"status":"ERROR"})")),
                 saying(json(R"({"status":"COMPLETED"})")))},
            filed, {}, 1);
    }
    v2("v2: the connection lost while asking, then a picture",
        {.status = first(
             2, [](RawServer::Peer& peer) { peer.reset(); },
             saying(json(R"({"status":"COMPLETED"})")))},
        filed, {}, 1);
    v2("v2: the file torn at first",
        {.file = first(1, saying(torn(40)), saying(httpAnswer(200, png)))}, filed, {}, 1);
    v2("v2: FAILED in a 200",
        {.status = saying(json(R"({"status":"FAILED","error":"no SG_0123456789abcdef"})"))}, failed,
        ErrorKind::JobFailed);
    v2("v2: FAILED in a 422",
        {.status = saying(httpAnswer(422, R"({"status":"FAILED","error":"NSFW"})"))}, failed,
        ErrorKind::JobFailed);
    v2("v2: FAILED in the result",
        {.result = saying(httpAnswer(422, R"({"status":"FAILED","error":"NSFW"})"))}, failed,
        ErrorKind::JobFailed);
    v2("v2: never done", {.status = saying(json(R"({"status":"QUEUED"})"))}, unknown,
        ErrorKind::TimedOut);
    v2("v2: not known any more", {.status = saying(httpAnswer(404, ""))}, unknown,
        ErrorKind::ResultGone);
    v2("v2: the file is never there", {.file = saying(httpAnswer(404, ""))}, unknown,
        ErrorKind::PictureFetchFailed, 0, 1);
    v2("v2: a result that says nothing", {.result = saying(json(R"({"status":"COMPLETED"})"))},
        unknown, ErrorKind::UnreadableAnswer, 0, 1);
    v2("v2: taken without an id", {.submitted = json(R"({"status":"QUEUED"})")}, unknown,
        ErrorKind::UnreadableAnswer, 0, 1);
    v2("v2: an id that is a path", {.submitted = json(R"({"request_id":"../../v1/x"})")}, unknown,
        ErrorKind::UnreadableAnswer, 0, 1);
    v2("v2: taken with a million values", {.submitted = json(million)}, unknown,
        ErrorKind::UnreadableAnswer, 0, 1);
    v2("v2: a result of a million values", {.result = saying(json(million))}, unknown,
        ErrorKind::UnreadableAnswer, 0, 1);
    v2("v2: FAILED with much beside it",
        {.status = saying(json(R"({"input":")" + QByteArray(200'000, 'x') +
                               R"(","status":"FAILED","error":"NSFW"})"))},
        failed, ErrorKind::JobFailed);
    v2("v2: no answer to the POST", {.submitted = "HTTP/1."}, unknown, ErrorKind::ConnectionLost);
    v2("v2: refused", {.submitted = httpAnswer(406, R"({"error":"Insufficient credits"})")},
        refused, ErrorKind::InsufficientCredits);
    v2("v2: 502 for ever", {.submitted = httpAnswer(502, "")}, failed, ErrorKind::BadGateway, 0, 0,
        3);
}

void OutcomeTableTest::row()
{
    QFETCH(Script, script);
    QFETCH(QString, ledger);
    QFETCH(ErrorKind, kind);
    QFETCH(int, pictures);
    QFETCH(int, kept);
    QFETCH(int, posts);
    QFETCH(Transport, transport);

    QTemporaryDir folder;
    const QString ledgerFile = folder.filePath(u"data/ledger.sqlite"_s);
    RawServer server(script);
    JobState state = JobState::Waiting;
    QString words;
    {
        Ledger store(ledgerFile);
        Library library(folder.filePath(u"library"_s), folder.filePath(u"cache"_s));
        SegmindService service(
            server.endpoint(), [] { return ApiKey(secret); },
            {.deadline = 1500ms,
                .largestBody = 4 << 20,
                .fetchDeadline = 400ms,
                .acceptedFor = 1500ms,
                .firstPoll = 10ms,
                .longestPoll = 20ms,
                .longestPollInTrouble = 40ms},
            transport);
        JobQueue queue(store, library, folder.filePath(u"data/kept"_s));
        queue.addService(service);
        queue.setTransport(transport);
        queue.setRetryTable(RetryTable(0.001));
        QSignalSpy restored(&queue, &JobQueue::restored);
        queue.restore(models());
        QVERIFY(restored.wait());
        int ends = 0;
        connect(&queue, &JobQueue::jobChanged, this, [&](const Job& job) {
            if (!isEnded(job.state))
                return;
            ++ends;
            state = job.state;
            words = job.state == JobState::Filed ? job.picture->path : sentence(job.error);
            if (job.state != JobState::Filed)
                QCOMPARE(job.error.kind, kind);
        });
        submit(queue, {sampleRequest()}, server.endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(ends, 1, 10000);
        QTRY_VERIFY(queue.isIdle());
        QCOMPARE(ends, 1);
    }
    server.stop();

    const QStringList inLibrary = filesIn(folder.filePath(u"library"_s));
    const QStringList inKept = filesIn(folder.filePath(u"data/kept"_s));
    m_table.append(u"%1  %2 POST  %3  %4 filed, %5 kept  %6"_s.arg(
        QString::fromUtf8(QTest::currentDataTag()).leftJustified(46, u' ', true),
        QString::number(server.posts()), ledgerStates(ledgerFile).value(0).leftJustified(8),
        QString::number(inLibrary.size()), QString::number(inKept.size()),
        words.startsWith(u'/') ? u"the picture"_s : words));
    QCOMPARE(server.posts(), posts);
    QCOMPARE(ledgerStates(ledgerFile).value(0), ledger);
    QCOMPARE(inLibrary.size(), pictures);
    QCOMPARE(inKept.size(), kept);
    QVERIFY(!words.isEmpty());
    QVERIFY(!words.contains(QLatin1StringView(secret)));
    for (const QString& path : filesIn(folder.path()))
        QVERIFY2(!contains(path, secret), qPrintable(path));
}

void OutcomeTableTest::cleanupTestCase()
{
    qInfo("%s", qPrintable(m_table.join(u'\n')));
}

SEEDBOOK_TEST(OutcomeTableTest, QGuiApplication)

} // namespace seedbook::outcomeTableTest

#include "OutcomeTableTest.moc"
