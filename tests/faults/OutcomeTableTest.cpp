#include "core/ErrorWords.h"
#include "jobs/JobQueue.h"
#include "jobs/Ledger.h"
#include "library/Library.h"
#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

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

QStringList files(const QString& folder)
{
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        found.append(it.next());
    return found;
}

QString ledgerState(const QString& file)
{
    QString state;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file);
        database.open();
        QSqlQuery query(u"SELECT state FROM jobs"_s, database);
        if (query.next())
            state = query.value(0).toString();
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return state;
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
    const auto row = [](const char* name, const Script& script, const QString& ledger,
                         ErrorKind kind, int pictures = 0, int kept = 0) {
        QTest::newRow(name) << script << ledger << kind << pictures << kept;
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
    status(401, refused, ErrorKind::WrongKey);
    status(403, refused, ErrorKind::Forbidden);
    status(404, refused, ErrorKind::NotFound);
    status(405, refused, ErrorKind::MethodNotAllowed, "<html><h1>Not allowed</h1></html>");
    status(406, refused, ErrorKind::InsufficientCredits, R"({"error":"Insufficient credits"})");
    status(406, refused, ErrorKind::ContentTypeRejected, R"({"error":"Invalid content type"})");
    status(410, refused, ErrorKind::ModelRetired, "");
    status(422, refused, ErrorKind::ValidationFailed);
    status(429, refused, ErrorKind::RateLimited);
    status(500, failed, ErrorKind::ServerError);
    status(502, failed, ErrorKind::BadGateway, "<html><title>502</title></html>");
    status(503, failed, ErrorKind::ServiceUnavailable, "");
    status(504, failed, ErrorKind::GatewayTimeout);
    status(418, refused, ErrorKind::UnexpectedStatus);
}

void OutcomeTableTest::row()
{
    QFETCH(Script, script);
    QFETCH(QString, ledger);
    QFETCH(ErrorKind, kind);
    QFETCH(int, pictures);
    QFETCH(int, kept);

    QTemporaryDir folder;
    const QString ledgerFile = folder.filePath(u"data/ledger.sqlite"_s);
    RawServer server(script);
    JobState state = JobState::Waiting;
    QString words;
    {
        Ledger store(ledgerFile);
        Library library(folder.filePath(u"library"_s), folder.filePath(u"cache"_s));
        SegmindService service(
            server.endpoint(), [] { return ApiKey(secret); }, {.deadline = 1500ms});
        JobQueue queue(store, library, folder.filePath(u"data/kept"_s));
        queue.addService(service);
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
        QSignalSpy idle(&queue, &JobQueue::idle);
        queue.submit({sampleRequest()}, server.endpoint());
        QVERIFY(idle.wait(10000));
        QCOMPARE(ends, 1);
    }
    server.stop();

    const QStringList inLibrary = files(folder.filePath(u"library"_s));
    const QStringList inKept = files(folder.filePath(u"data/kept"_s));
    m_table.append(u"%1  %2 POST  %3  %4 filed, %5 kept  %6"_s.arg(
        QString::fromUtf8(QTest::currentDataTag()).leftJustified(46, u' ', true),
        QString::number(server.posts()), ledgerState(ledgerFile).leftJustified(8),
        QString::number(inLibrary.size()), QString::number(inKept.size()),
        words.startsWith(u'/') ? u"the picture"_s : words));
    QCOMPARE(server.posts(), 1);
    QCOMPARE(ledgerState(ledgerFile), ledger);
    QCOMPARE(inLibrary.size(), pictures);
    QCOMPARE(inKept.size(), kept);
    QVERIFY(!words.isEmpty());
    QVERIFY(!words.contains(QLatin1StringView(secret)));
    for (const QString& path : files(folder.path()))
        QVERIFY2(!contains(path, secret), qPrintable(path));
}

void OutcomeTableTest::cleanupTestCase()
{
    qInfo("%s", qPrintable(m_table.join(u'\n')));
}

QTEST_MAIN(OutcomeTableTest)
#include "OutcomeTableTest.moc"
