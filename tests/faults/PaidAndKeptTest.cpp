#include "core/ErrorText.h"
#include "metadata/PictureMetadata.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

namespace seedbook::paidAndKeptTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Script = RawServer::Script;

QByteArray json(const QByteArray& text)
{
    return httpAnswer(200, text, {"Content-Type: application/json", "x-cost: 0.121"});
}

// Another picture than samplePicture().
QByteArray otherPicture()
{
    return samplePicture(ImageFormat::Jpeg);
}

QByteArray b64(const QByteArray& picture)
{
    return '"' + picture.toBase64() + '"';
}

// POSTs are answered with `answer`, /1.png and /2.jpg with the pictures, v2's questions with
// `result`.
Script serving(const QByteArray& answer, const QByteArray& result = {})
{
    return [answer, result](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray target = peer.request().target;
        const QByteArray base = "http://" + peer.request().header("host");
        if (peer.request().method == "POST")
            peer.send(json(QByteArray(answer).replace("BASE", base)));
        else if (target.endsWith("/status"))
            peer.send(json(R"({"status":"COMPLETED"})"));
        else if (target.startsWith("/v2/requests/"))
            peer.send(json(QByteArray(result).replace("BASE", base)));
        else if (target == "/1.png")
            peer.send(httpAnswer(200, samplePicture()));
        else if (target == "/2.jpg")
            peer.send(httpAnswer(200, otherPicture()));
        else
            peer.send(httpAnswer(404, ""));
        peer.close();
    };
}

void noneHoldsTheKey(const QString& folder)
{
    for (const QString& path : filesIn(folder)) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("0123456789abcdef"), qPrintable(path));
    }
}

QStringList pictures(const QString& folder)
{
    QStringList found = filesIn(folder);
    found.removeIf(
        [](const QString& path) { return !path.endsWith(u".png"_s) && !path.endsWith(u".jpg"_s); });
    found.sort();
    return found;
}

} // namespace

// What was paid for is kept: all of an answer, wherever it lies, whatever goes while it is on its
// way.
class PaidAndKeptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalPictures_data();
    void severalPictures();
    void severalPicturesAndAnotherRun_data();
    void severalPicturesAndAnotherRun();
    void anAddressIsFetchedByAnotherRun();
    void anAddressIsFetchedForLong();
    void anIdThatIsANumber();
    void completedAndEmptyEnds();
    void aKeyThatIsRefusedWhileAsking();
    void askedAfterWithoutARow();
    void aKeptFileThatCannotBeRead();
    void aWholePictureUnderAnUnfinishedName();
    void receivedWithoutItsFileIsAskedForAgain();
    void theLibraryGoes();
    void theLibraryIsAnEmptyPlace();
    void theLedgerGoes();
    void nowhereToKeepIsNotPaid_data();
    void nowhereToKeepIsNotPaid();
    void cancelledIsSaidWhenItIsWritten();
    void theKeyInAnAnswer_data();
    void theKeyInAnAnswer();
    void theKeyInAnAddress();
    void theKeyAsAnId();
};

void PaidAndKeptTest::severalPictures_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("result");
    const QByteArray both = b64(samplePicture()) + ',' + b64(otherPicture());
    const QByteArray links = R"("BASE/1.png","BASE/2.jpg")";
    const auto v1 = [](const char* name, const QByteArray& answer) {
        QTest::newRow(name) << Transport::Blocking << answer << QByteArray();
    };
    v1("images", R"({"images":[)" + both + "]}");
    v1("image", R"({"image":[)" + both + "]}");
    v1("output", R"({"output":[)" + both + "]}");
    v1("a list", '[' + both + ']');
    v1("images beside the first one",
        R"({"image":)" + b64(samplePicture()) + R"(,"images":[)" + both + "]}");
    v1("data, b64_json", R"({"data":[{"b64_json":)" + b64(samplePicture()) + R"(},{"b64_json":)" +
                             b64(otherPicture()) + "}]}");
    v1("data, url", R"({"data":[{"url":"BASE/1.png"},{"url":"BASE/2.jpg"}]})");
    v1("addresses", R"({"images":[)" + links + "]}");
    v1("an address of no use before them",
        R"({"images":["http://elsewhere.example/9.png",)" + links + "]}");
    v1("one of each", R"({"images":[)" + b64(samplePicture()) + R"(,"BASE/2.jpg"]})");
    QTest::newRow("v2") << Transport::Recoverable << QByteArray(R"({"request_id":"abc"})")
                        << QByteArray(R"({"status":"COMPLETED","output":[)" + links +
                                      R"(],"metrics":{"cost":0.121}})");
}

void PaidAndKeptTest::severalPictures()
{
    QFETCH(const Transport, transport);
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArray, result);
    QTemporaryDir folder;
    RawServer server(serving(answer, result));
    {
        PaidBench bench(folder.path(), server.endpoint(), transport);
        QVERIFY(bench.restore());
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        const QUuid parent = QUuid::createUuid();
        bench.queue.submit({{batch(1).first(), {.parents = {parent}}, false}}, server.endpoint());
        QTRY_COMPARE(bench.filed.size(), 2);
        QVERIFY(!idle.isEmpty() || idle.wait());
        Money paid;
        QList<Ordinal> ordinals;
        for (const Job& job : std::as_const(bench.filed)) {
            paid += chargeOf(job);
            ordinals.append(*job.provenance.ordinal);
            const auto read = readPictureMetadata(job.picture->path);
            QVERIFY(read && read->own);
            const Picture own = toPicture(*read, job.picture->path, 0, {});
            QCOMPARE(own.provenance.parents, QList<QUuid>{parent});
            QCOMPARE(own.provenance.ordinal, job.provenance.ordinal);
            QCOMPARE(own.seed, job.request.seed());
            QVERIFY(!job.picture->priceConfirmed || job.picture->price == chargeOf(job));
        }
        std::ranges::sort(ordinals, {}, &Ordinal::place);
        QCOMPARE(ordinals, (QList<Ordinal>{{1, 2}, {2, 2}}));
        QCOMPARE(paid, Money::fromUsd(0.121));
        QCOMPARE(bench.queue.budget().spentOn(QDate::currentDate()), Money::fromUsd(0.121));
    }
    QCOMPARE(server.posts(), 1);
    QCOMPARE(ledgerStates(folder.filePath(u"data/ledger.sqlite"_s)),
        (QStringList{u"filed"_s, u"filed"_s}));
    QCOMPARE(pictures(folder.filePath(u"library"_s)).size(), 2);
    QCOMPARE(filesIn(folder.filePath(u"data/kept"_s)), QStringList());
}

void PaidAndKeptTest::severalPicturesAndAnotherRun_data()
{
    QTest::addColumn<bool>("hasRow");
    QTest::newRow("killed before the rows") << false;
    QTest::newRow("killed behind the rows") << true;
}

// The library takes nothing; then another run, on what the first one left.
void PaidAndKeptTest::severalPicturesAndAnotherRun()
{
    QFETCH(const bool, hasRow);
    QTemporaryDir folder;
    const QString library = folder.filePath(u"library"_s);
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    std::atomic<bool> away = false;
    RawServer server([&away, library](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        // The library was there before the POST; now it goes.
        if (peer.request().method == "POST")
            away = QFile::rename(library, library + u" away"_s);
        peer.send(json(R"({"images":[)" + b64(samplePicture()) + ',' + b64(otherPicture()) + "]}"));
        peer.close();
    });
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), server.endpoint());
        QTRY_VERIFY(away);
        QTRY_COMPARE(bench.queue.jobs().size(), 2);
        QTRY_VERIFY(std::ranges::all_of(
            bench.queue.jobs(), [](const Job& job) { return job.error != Error{}; }));
    }
    QCOMPARE(filesIn(folder.filePath(u"data/kept"_s)).size(), 2);
    QVERIFY(!QFileInfo::exists(library));
    QVERIFY(QDir().rename(library + u" away"_s, library));
    if (!hasRow) {
        sql(ledger, u"DELETE FROM jobs WHERE id = 2"_s);
        sql(ledger,
            u"UPDATE jobs SET state = 'sending', kept_path = '', ended_ms = NULL WHERE id = 1"_s);
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QTRY_COMPARE(bench.filed.size(), 2);
    QTRY_COMPARE(filesIn(folder.filePath(u"data/kept"_s)), QStringList());
    QCOMPARE(server.posts(), 1);
    QCOMPARE(pictures(library).size(), 2);
    QTRY_COMPARE(ledgerStates(ledger), (QStringList{u"filed"_s, u"filed"_s}));
    QCOMPARE(bench.filed.first().provenance.ordinal->count, 2);
}

// v1: the answer says where the picture lies, and there is no picture there yet.
void PaidAndKeptTest::anAddressIsFetchedByAnotherRun()
{
    QTemporaryDir folder;
    std::atomic<bool> there = false;
    RawServer server([&there](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray base = "http://" + peer.request().header("host");
        if (peer.request().method == "POST")
            peer.send(json(R"({"image_url":")" + base + R"(/1.png"})"));
        else if (there && peer.request().target == "/1.png")
            peer.send(httpAnswer(200, samplePicture()));
        else
            peer.send(httpAnswer(404, ""));
        peer.close();
    });
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 1);
        QTRY_COMPARE(ledgerStates(ledger), QStringList{u"accepted"_s});
    }
    there = true;
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(server.posts(), 1);
    QTRY_COMPARE(ledgerStates(ledger), QStringList{u"filed"_s});
}

// Quick failures do not use up its time.
void PaidAndKeptTest::anAddressIsFetchedForLong()
{
    QTemporaryDir folder;
    std::atomic<int> asked = 0;
    RawServer server([&asked](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray base = "http://" + peer.request().header("host");
        if (peer.request().method == "POST")
            peer.send(json(R"({"image_url":")" + base + R"(/1.png"})"));
        else if (peer.request().target == "/1.png" && ++asked > 3)
            peer.send(httpAnswer(200, samplePicture()));
        else
            peer.send(httpAnswer(503, ""));
        peer.close();
    });
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(bench.filed.size(), 1, 15000);
    QCOMPARE(asked.load(), 4);
    QCOMPARE(server.posts(), 1);
}

void PaidAndKeptTest::anIdThatIsANumber()
{
    QTemporaryDir folder;
    RawServer server(serving(R"({"request_id":9007199254740991,"status":"QUEUED"})",
        R"({"status":"COMPLETED","output":"BASE/1.png"})"));
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(bench.filed.size(), 1);
    bool asked = false;
    for (const RawServer::Request& request : server.requests())
        asked = asked || request.target == "/v2/requests/9007199254740991/status";
    QVERIFY(asked);
}

void PaidAndKeptTest::completedAndEmptyEnds()
{
    QTemporaryDir folder;
    RawServer server(serving(R"({"request_id":"abc"})", R"({"status":"COMPLETED","output":[]})"));
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(bench.queue.job(ids[0])->state, JobState::Unknown, 15000);
    QTRY_VERIFY(bench.queue.job(ids[0])->spoolPath.endsWith(u".answer"_s));
    int results = 0;
    for (const RawServer::Request& request : server.requests())
        results += request.target == "/v2/requests/abc";
    QCOMPARE(results, 5);
}

// The key was changed while the service made the picture, and it takes the new one alone.
void PaidAndKeptTest::aKeyThatIsRefusedWhileAsking()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray base = "http://" + peer.request().header("host");
        const QByteArray target = peer.request().target;
        if (peer.request().method == "POST")
            peer.send(json(R"({"request_id":"abc"})"));
        else if (target == "/1.png")
            peer.send(httpAnswer(200, samplePicture()));
        else if (peer.request().header("x-api-key") != "SG_new")
            peer.send(httpAnswer(401, R"({"error":"Invalid key SG_0123456789abcdef"})"));
        else if (target.endsWith("/status"))
            peer.send(json(R"({"status":"COMPLETED"})"));
        else
            peer.send(json(R"({"status":"COMPLETED","output":")" + base + R"(/1.png"})"));
        peer.close();
    });
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(paused.size(), 1);
    const auto pause = paused.first().at(1).value<Pause>();
    QCOMPARE(pause.reason, PauseReason::Key);
    QVERIFY(!sentence(pause.error).contains(u"SG_0123456789abcdef"_s));
    QCOMPARE(bench.queue.job(ids[0])->state, JobState::Accepted);
    QTRY_COMPARE(bench.queue.suspendedCount(), 1); // it holds no slot
    // Nothing more is sent with it.
    submit(bench.queue, batch(1, 500), server.endpoint());
    QTRY_COMPARE(bench.queue.waitingCount(), 1);
    QCOMPARE(server.posts(), 1);
    bench.key = ApiKey("SG_new");
    bench.queue.resumeEndpoint(server.endpoint().name());
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(server.posts(), 2);
}

// The ledger cannot say that the service has it. Asking costs nothing.
void PaidAndKeptTest::askedAfterWithoutARow()
{
    QTemporaryDir folder;
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    std::atomic<bool> away = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray base = "http://" + peer.request().header("host");
        const QByteArray target = peer.request().target;
        if (peer.request().method == "POST") {
            away = QFile::rename(ledger, ledger + u".away"_s);
            peer.send(json(R"({"request_id":"abc"})"));
        } else if (target == "/1.png") {
            peer.send(httpAnswer(200, samplePicture()));
        } else if (target.endsWith("/status")) {
            peer.send(json(R"({"status":"COMPLETED"})"));
        } else {
            peer.send(json(R"({"status":"COMPLETED","output":")" + base + R"(/1.png"})"));
        }
        peer.close();
    });
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(bench.filed.size(), 1);
    QVERIFY(away);
    QCOMPARE(pictures(folder.filePath(u"library"_s)).size(), 1);
    // Once it is back it says so, too.
    QVERIFY(QFile::rename(ledger + u".away"_s, ledger));
    QTRY_VERIFY(bench.queue.isIdle());
    QTRY_COMPARE(ledgerStates(ledger), QStringList{u"filed"_s});
}

void PaidAndKeptTest::aKeptFileThatCannotBeRead()
{
    QTemporaryDir folder;
    const QString library = folder.filePath(u"library"_s);
    SwiftService service({.delay = 50ms});
    QString kept;
    {
        PaidBench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), service.endpoint());
        QTRY_COMPARE(service.posts().size(), 1);
        QVERIFY(QDir().rename(library, library + u" away"_s));
        QTRY_VERIFY(!bench.queue.job(ids[0])->spoolPath.isEmpty());
        kept = bench.queue.job(ids[0])->spoolPath;
    }
    QVERIFY(QDir().rename(library + u" away"_s, library));
    // As root reads everything, a folder in its place is what cannot be read.
    QVERIFY(QFile::rename(kept, kept + u".aside"_s));
    QVERIFY(QDir().mkdir(kept));
    QVERIFY(QFile::rename(kept + u".aside"_s, folder.filePath(u"aside"_s)));
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    const JobId id = 1;
    // A folder is not listed: that start cannot file it, and asks nobody to pay again by itself.
    QVERIFY(bench.queue.job(id));
    QVERIFY(QDir().rmdir(kept));
    QVERIFY(QFile::rename(folder.filePath(u"aside"_s), kept));
    QCOMPARE(service.posts().size(), 1);
}

// Killed between the last write and the rename.
void PaidAndKeptTest::aWholePictureUnderAnUnfinishedName()
{
    QTemporaryDir folder;
    const QString spoolFolder = folder.filePath(u"data/kept"_s);
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.stall();
    });
    QString name;
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(3), server.endpoint());
        QTRY_COMPARE(server.posts(), 2);
        QVERIFY(QDir().mkpath(spoolFolder));
        const auto write = [&](JobId id, const QString& ending, const QByteArray& bytes) {
            QFile file(spoolFolder + u'/' +
                       bench.queue.job(id)->pictureId.toString(QUuid::WithoutBraces) + ending);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        };
        write(ids[0], u".png.AbCdEf"_s, samplePicture());
        write(ids[1], u".answer"_s, samplePicture(ImageFormat::Webp)); // under whatever name
    }
    server.stop();
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QTRY_COMPARE(bench.filed.size(), 2);
    QTRY_COMPARE(filesIn(spoolFolder), QStringList());
    QCOMPARE(ledgerStates(ledger).filter(u"filed"_s).size(), 2);
}

// A row of a version that said so before the bytes were on a disk.
void PaidAndKeptTest::receivedWithoutItsFileIsAskedForAgain()
{
    QTemporaryDir folder;
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    RawServer server(
        serving(R"({"request_id":"abc"})", R"({"status":"COMPLETED","output":"BASE/1.png"})"));
    {
        PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.filed.size(), 1);
        QTRY_COMPARE(ledgerStates(ledger), QStringList{u"filed"_s});
    }
    const QStringList there = pictures(folder.filePath(u"library"_s));
    QCOMPARE(there.size(), 1);
    QVERIFY(QFile::remove(there.first()));
    sql(ledger, u"UPDATE jobs SET state = 'received'"_s);
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(pictures(folder.filePath(u"library"_s)).size(), 1);
}

// An unplugged disk looks like that.
void PaidAndKeptTest::theLibraryGoes()
{
    QTemporaryDir folder;
    const QString library = folder.filePath(u"library"_s);
    SwiftService service({.delay = 100ms});
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), service.endpoint());
    QTRY_COMPARE(bench.filed.size(), 1);
    QVERIFY(QFile::exists(library + u"/.seedbook-library"_s));
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto ids = submit(bench.queue, batch(1, 300), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 2);
    QVERIFY(QDir().rename(library, library + u" away"_s));
    QTRY_COMPARE(paused.size(), 1);
    QCOMPARE(paused.first().at(1).value<Pause>().error.kind, ErrorKind::LibraryGone);
    QCOMPARE(bench.queue.job(ids[0])->state, JobState::Received);
    QVERIFY(QFile::exists(bench.queue.job(ids[0])->spoolPath));
    QVERIFY(!QFileInfo::exists(library));
    // Nothing is paid for meanwhile.
    submit(bench.queue, batch(1, 400), service.endpoint());
    QVERIFY(!QTest::qWaitFor([&] { return service.posts().size() > 2; }, 400));
    QVERIFY(!QFileInfo::exists(library));
    QVERIFY(QDir().rename(library + u" away"_s, library));
    QTRY_COMPARE(bench.filed.size(), 3);
    QCOMPARE(pictures(library).size(), 3);
    QCOMPARE(service.posts().size(), 3);
}

// The disk's place is there, and the disk is not: by the next start, too.
void PaidAndKeptTest::theLibraryIsAnEmptyPlace()
{
    QTemporaryDir folder;
    const QString library = folder.filePath(u"library"_s);
    SwiftService service({.delay = 20ms});
    {
        PaidBench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), service.endpoint());
        QTRY_COMPARE(bench.filed.size(), 1);
        QVERIFY(bench.library.checkFolder().result());
    }
    QVERIFY(QDir().rename(library, library + u" away"_s));
    QVERIFY(QDir().mkpath(library));
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    const auto checked = bench.library.checkFolder().result();
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::LibraryGone);
    submit(bench.queue, batch(1, 300), service.endpoint());
    QVERIFY(!QTest::qWaitFor([&] { return service.posts().size() > 1; }, 400));
    QCOMPARE(filesIn(library), QStringList());
    // A person who begins anew there says so.
    QFile mark(library + u"/.seedbook-library"_s);
    QVERIFY(mark.open(QIODevice::WriteOnly));
    mark.close();
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(pictures(library).size(), 1);
}

void PaidAndKeptTest::theLedgerGoes()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 20ms});
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), service.endpoint());
    QTRY_COMPARE(bench.filed.size(), 1);
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    QVERIFY(QDir(folder.filePath(u"data"_s)).removeRecursively());
    const auto ids = submit(bench.queue, batch(2, 300), service.endpoint());
    QTRY_COMPARE(bench.queue.job(ids[1])->state, JobState::Failed);
    QCOMPARE(bench.queue.job(ids[1])->error.kind, ErrorKind::DatabaseGone);
    QCOMPARE(service.posts().size(), 1);
}

void PaidAndKeptTest::nowhereToKeepIsNotPaid_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("a file in the place of the folder of kept bytes") << u"data/kept"_s;
    QTest::newRow("a file in the place of the day's folder")
        << u"library/"_s + QDate::currentDate().toString(Qt::ISODate);
}

void PaidAndKeptTest::nowhereToKeepIsNotPaid()
{
    QFETCH(const QString, place);
    QTemporaryDir folder;
    SwiftService service({.delay = 20ms});
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    QVERIFY(bench.library.checkFolder().result());
    const QString path = folder.filePath(place);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto ids = submit(bench.queue, batch(2), service.endpoint());
    QTRY_COMPARE(paused.size(), 1);
    QVERIFY(!QTest::qWaitFor([&] { return !service.posts().isEmpty(); }, 400));
    QCOMPARE(paused.size(), 1); // said once
    QCOMPARE(bench.queue.job(ids[0])->state, JobState::Waiting);
    QVERIFY(QFile::remove(path));
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(service.posts().size(), 2);
}

void PaidAndKeptTest::cancelledIsSaidWhenItIsWritten()
{
    QTemporaryDir folder;
    const QString ledger = folder.filePath(u"data/ledger.sqlite"_s);
    SwiftService service({.delay = 20ms});
    {
        PaidBench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        const auto ids = submit(bench.queue, batch(4), service.endpoint());
        QTRY_VERIFY(bench.queue.job(ids.last())->committed);
        QVERIFY(QFile::rename(ledger, ledger + u".away"_s));
        QSignalSpy removed(&bench.queue, &JobQueue::jobRemoved);
        bench.queue.cancel(ids);
        QTRY_COMPARE(bench.queue.onHoldCount(), 4);
        for (const JobId id : ids)
            QCOMPARE(bench.queue.job(id)->error.kind, ErrorKind::DatabaseGone);
        QVERIFY(removed.isEmpty());
        QVERIFY(QFile::rename(ledger + u".away"_s, ledger));
        QTRY_VERIFY(!bench.queue.hasDiskProblem());
        bench.queue.resumeAll();
        QVERIFY(!QTest::qWaitFor([&] { return !service.posts().isEmpty(); }, 300));
        bench.queue.cancel({ids[0], ids[1]});
        QTRY_COMPARE(removed.size(), 2);
    }
    QCOMPARE(ledgerStates(ledger),
        (QStringList{u"cancelled"_s, u"cancelled"_s, u"waiting"_s, u"waiting"_s}));
}

void PaidAndKeptTest::theKeyInAnAnswer_data()
{
    QTest::addColumn<QByteArray>("form");
    const QByteArray key = "SG_0123456789abcdef";
    QTest::newRow("as it is") << key;
    QTest::newRow("escaped") << QByteArray("\\u0053G_0123456789abcdef");
    QTest::newRow("split") << QByteArray("SG_012345\\n6789abcdef");
    QTest::newRow("base64") << ("bearer " + key + "!").toBase64();
}

// Whatever is kept of an answer that repeats it, it does not hold the key.
void PaidAndKeptTest::theKeyInAnAnswer()
{
    QFETCH(const QByteArray, form);
    QTemporaryDir folder;
    RawServer server(serving(R"({"error":"not )" + form + R"("})"));
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_VERIFY(!bench.queue.job(ids[0])->spoolPath.isEmpty());
    QFile kept(bench.queue.job(ids[0])->spoolPath);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const QByteArray bytes = kept.readAll();
    QVERIFY2(bytes.contains("SG_..."), bytes.constData());
    QVERIFY2(!bytes.contains(form), bytes.constData());
    QVERIFY(!sentence(bench.queue.job(ids[0])->error).contains(u"6789abcdef"_s));
}

void PaidAndKeptTest::theKeyInAnAddress()
{
    QTemporaryDir folder;
    RawServer server(serving(R"({"images":["BASE/1.png#SG_0123456789abcdef","BASE/2.jpg"]})"));
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.filed.size(), 2);
        QTRY_VERIFY(bench.queue.isIdle());
    }
    noneHoldsTheKey(folder.path());
}

void PaidAndKeptTest::theKeyAsAnId()
{
    QTemporaryDir folder;
    RawServer server(serving(R"({"request_id":"SG_0123456789abcdef"})"));
    {
        PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Unknown);
        QTRY_VERIFY(!bench.queue.job(ids[0])->spoolPath.isEmpty());
        QTRY_VERIFY(bench.queue.isIdle());
    }
    noneHoldsTheKey(folder.path());
    server.stop();
    for (const RawServer::Request& request : server.requests())
        QVERIFY(!request.target.startsWith("/v2/requests"));
}

SEEDBOOK_TEST(PaidAndKeptTest, QGuiApplication)

} // namespace seedbook::paidAndKeptTest

#include "PaidAndKeptTest.moc"
