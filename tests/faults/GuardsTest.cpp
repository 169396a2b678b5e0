#include "jobs/Budget.h"
#include "jobs/EndpointState.h"
#include "jobs/SpoolFolder.h"
#include "support/Gates.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace seedbook::guardsTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

int gets(const RawServer& server)
{
    int count = 0;
    for (const RawServer::Request& request : server.requests())
        count += request.target.startsWith("/v2/requests/");
    return count;
}

// While it is shut, nothing in a folder of kept bytes becomes durable.
std::atomic<bool> isDiskSlow = false;

void waitForTheDisk(int file)
{
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file));
    while (isDiskSlow && path.string().find("/kept/") != std::string::npos)
        std::this_thread::sleep_for(2ms);
}

} // namespace

// In the place of the system's own, for a disk that takes its time: Qt calls these.
extern "C" int fsync(int file)
{
    waitForTheDisk(file);
    return static_cast<int>(::syscall(SYS_fsync, file));
}
extern "C" int fdatasync(int file)
{
    waitForTheDisk(file);
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}

// What keeps paid work safe and no other test would miss: each of these fails without its guard.
class GuardsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stoppedWaitingIsNotSentAgain();
    void waitingAgainIsWritten();
    void theKeptAnswerIsWritten();
    void nothingIsAskedBeforeTheRow_data();
    void nothingIsAskedBeforeTheRow();
    void aDayIsThePersonsOwn();
    void theLedgerSyncs();
    void aDismissedUnknownCountsTomorrow();
    void sentAgainIsOneTile();
    void aFullDiskIsSeenAtOnce();
    void theWholeOneGoesBeforeTheUnfinished();
    void aClockThatIsSet();
    void whatOnlyMemoryHasTakesItsTurn();
    void theKeptFileStaysUntilTheRowSaysFiled();
    void anUnknownThatIsNotWrittenStaysAndIsFound_data();
    void anUnknownThatIsNotWrittenStaysAndIsFound();
};

void GuardsTest::stoppedWaitingIsNotSentAgain()
{
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    RawServer server(gated(open, httpAnswer(503, "")));
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(server.posts(), 1);
    bench.queue.giveUp(ids);
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    open = true;
    QVERIFY(idle.wait());
    QVERIFY(bench.queue.jobs().isEmpty());
    QCOMPARE(bench.last.at(ids[0]).state, JobState::Cancelled);
    QCOMPARE(server.posts(), 1);
}

void GuardsTest::waitingAgainIsWritten()
{
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    RawServer server(gated(open, httpAnswer(503, "")));
    {
        PaidBench bench(folder.path(), server.endpoint());
        bench.queue.setRetryTable(RetryTable(1000));
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_VERIFY(bench.queue.job(ids[0])->notBefore.isValid());
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(bench.queue.jobs().first().state, JobState::Waiting);
    QVERIFY(bench.queue.jobs().first().onHold);
    QCOMPARE(server.posts(), 1);
}

void GuardsTest::theKeptAnswerIsWritten()
{
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    const QByteArray whole = httpAnswer(200, samplePicture());
    RawServer server(gated(open, whole.first(whole.size() - 20)));
    QString kept;
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_VERIFY(!bench.queue.job(ids[0])->spoolPath.isEmpty());
        QTRY_VERIFY(bench.queue.isIdle());
        kept = bench.queue.job(ids[0])->spoolPath;
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(bench.queue.jobs().first().state, JobState::Unknown);
    QCOMPARE(bench.queue.jobs().first().spoolPath, kept);
    QVERIFY(QFile::exists(kept));
}

void GuardsTest::nothingIsAskedBeforeTheRow_data()
{
    QTest::addColumn<bool>("stopped");
    QTest::newRow("waited for") << false;
    QTest::newRow("nobody waits for it any more") << true;
}

void GuardsTest::nothingIsAskedBeforeTheRow()
{
    QFETCH(const bool, stopped);
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    RawServer server([&open](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const QByteArray target = peer.request().target;
        const QByteArray base = "http://" + peer.request().header("host");
        while (peer.request().method == "POST" && !open)
            std::this_thread::sleep_for(5ms);
        if (peer.request().method == "POST")
            answer(peer, httpAnswer(200, R"({"request_id":"abc"})"));
        else if (target.endsWith("/status"))
            answer(peer, httpAnswer(200, R"({"status":"COMPLETED"})"));
        else if (target.startsWith("/v2/requests/"))
            answer(peer,
                httpAnswer(200, R"({"status":"COMPLETED","output":")" + base + R"(/1.png"})"));
        else if (target == "/1.png")
            answer(peer, httpAnswer(200, samplePicture()));
        else
            answer(peer, httpAnswer(404, ""));
    });
    PaidBench bench(folder.path(), server.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(server.posts(), 1);
    if (stopped) {
        bench.queue.giveUp(ids);
        QTRY_VERIFY(bench.queue.job(ids[0])->unclaimed);
    }
    {
        const LedgerLock lock(folder.filePath(u"data/ledger.sqlite"_s));
        open = true;
        QTRY_COMPARE(bench.queue.recoverableCount(), 1);
        QVERIFY(!QTest::qWaitFor([&] { return gets(server) > 0; }, 400));
    }
    QTRY_COMPARE(bench.filed.size(), 1);
    QVERIFY(gets(server) > 0);
}

// New York, half past eleven at night.
void GuardsTest::aDayIsThePersonsOwn()
{
    const QByteArray zone = qgetenv("TZ");
    qputenv("TZ", "America/New_York");
    ::tzset();
    const QDate day(2026, 11, 28);
    Job job{.request = batch(1).first()};
    job.id = 1;
    job.state = JobState::Unknown;
    job.sent = QDateTime(day, QTime(23, 30)).toUTC();
    job.price = Money::fromUsd(0.121);
    Budget budget;
    budget.count(job);
    const Money today = budget.spentOn(day);
    const Money tomorrow = budget.spentOn(day.addDays(1));
    zone.isNull() ? qunsetenv("TZ") : qputenv("TZ", zone);
    ::tzset();
    QVERIFY(job.sent.date() != day);
    QCOMPARE(today, job.price);
    QCOMPARE(tomorrow, Money());
}

void GuardsTest::theLedgerSyncs()
{
    QTemporaryDir folder;
    PaidBench bench(folder.path(), Endpoint::segmind());
    QVERIFY(bench.restore());
    const auto asked = bench.ledger.thread().run([](Database& database) -> Result<int> {
        int level = -1;
        auto read = database.each(u"PRAGMA synchronous"_s, {},
            [&level](const QSqlQuery& row) { level = row.value(0).toInt(); });
        if (!read)
            return read.error();
        return level;
    });
    QCOMPARE(*asked.result(), 2); // FULL
}

void GuardsTest::aDismissedUnknownCountsTomorrow()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.close();
    });
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Unknown);
        bench.queue.dismiss(ids);
        QTRY_VERIFY(bench.queue.isIdle());
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QVERIFY(bench.queue.jobs().isEmpty());
    QCOMPARE(bench.queue.budget().spentOn(QDate::currentDate()), Money::fromUsd(0.121));
}

void GuardsTest::sentAgainIsOneTile()
{
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    RawServer server(gated(open, httpAnswer(500, "")));
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Failed);
        bench.sender.planAgain(ids, &bench.queue,
            [&bench](const SendPlan& plan) { QVERIFY(bench.sender.send(plan)); });
        QTRY_COMPARE(server.posts(), 2);
        QTRY_VERIFY(bench.queue.isIdle());
        QCOMPARE(bench.queue.jobs().size(), 1);
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(bench.queue.jobs().first().state, JobState::Failed);
}

// What is smaller than a buffer is written with the last flush, whose failure is easily overlooked.
void GuardsTest::aFullDiskIsSeenAtOnce()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"small"_s);
    QVERIFY(QDir().mkpath(path));
    const SmallDisk disk(path, "64k");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    QVERIFY(QDir().mkpath(path + u"/kept"_s));
    QFile filler(path + u"/filler"_s);
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'f')) == 4096)
        continue;
    SpoolFolder kept(path + u"/kept"_s);
    const auto result =
        kept.keep({{u"6bba57d1-99f5-5741-867f-7ebb40a464cf.png"_s, QByteArray(9000, 'p')}})
            .result();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::DiskFull);
    QCOMPARE(QDir(path + u"/kept"_s).entryList(QDir::Files | QDir::Hidden), QStringList());
    // Another folder takes it.
    SpoolFolder with(path + u"/kept"_s, {folder.filePath(u"other"_s)});
    const auto other =
        with.keepElsewhere({{u"6bba57d1-99f5-5741-867f-7ebb40a464cf.png"_s, QByteArray(9000, 'p')}})
            .result();
    QVERIFY(other);
    QVERIFY(other->first().startsWith(folder.filePath(u"other"_s)));
    QVERIFY(!(QFile::permissions(other->first()) & (QFile::ReadGroup | QFile::ReadOther)));
    QCOMPARE(with.list().result().size(), 1);
}

void GuardsTest::theWholeOneGoesBeforeTheUnfinished()
{
    QTemporaryDir folder;
    const QString name = u"6bba57d1-99f5-5741-867f-7ebb40a464cf"_s;
    const auto write = [&folder, &name](const QString& ending, const QByteArray& bytes) {
        QFile file(folder.filePath(name + ending));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    };
    write(u".png"_s, samplePicture());
    write(u".png.AbCdEf"_s, samplePicture().first(40));
    SpoolFolder kept(folder.path());
    const auto listed = kept.list().result();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.value(name), folder.filePath(name + u".png"_s));
    QCOMPARE(filesIn(folder.path()), QStringList{folder.filePath(name + u".png"_s)});
}

// What is waited for is as far away as it was.
void GuardsTest::aClockThatIsSet()
{
    const QDateTime now(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
    EndpointState endpoint;
    endpoint.limited(now.addSecs(-1), now, now.addSecs(15));
    endpoint.shift(-24h);
    const QDateTime yesterday = now.addDays(-1);
    QCOMPARE(endpoint.blockedUntil(yesterday), yesterday.addSecs(15));
    QVERIFY(!endpoint.blockedUntil(yesterday.addSecs(15)).isValid());
}

// A disk that is slow has never more to write than may be out at once.
void GuardsTest::whatOnlyMemoryHasTakesItsTurn()
{
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    RawServer server(gated(open, httpAnswer(200, samplePicture())));
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(2);
    isDiskSlow = true;
    const auto slow = qScopeGuard([] { isDiskSlow = false; });
    submit(bench.queue, batch(5), server.endpoint());
    QTRY_COMPARE(bench.queue.inMemoryCount(), 2);
    QVERIFY(!QTest::qWaitFor([&] { return server.posts() > 2; }, 400));
    QCOMPARE(bench.queue.waitingCount(), 3);
    isDiskSlow = false;
    QTRY_COMPARE(bench.filed.size(), 5);
    QCOMPARE(server.posts(), 5);
}

void GuardsTest::theKeptFileStaysUntilTheRowSaysFiled()
{
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    RawServer server(gated(open, httpAnswer(200, samplePicture())));
    const QString kept = folder.filePath(u"data/kept"_s);
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(server.posts(), 1);
    {
        const LedgerLock lock(folder.filePath(u"data/ledger.sqlite"_s));
        open = true;
        QTRY_COMPARE(bench.filed.size(), 1);
        QVERIFY(!QTest::qWaitFor([&] { return filesIn(kept).isEmpty(); }, 400));
    }
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(ledgerStates(folder.filePath(u"data/ledger.sqlite"_s)), QStringList{u"filed"_s});
    QTRY_VERIFY(filesIn(kept).isEmpty());
}

void GuardsTest::anUnknownThatIsNotWrittenStaysAndIsFound_data()
{
    QTest::addColumn<bool>("atOnce"); // before the ledger has said that it cannot be written
    QTest::newRow("put away at once") << true;
    QTest::newRow("put away later") << false;
}

// It may have been paid, and the ledger is where one is found that has no tile any more.
void GuardsTest::anUnknownThatIsNotWrittenStaysAndIsFound()
{
    QFETCH(const bool, atOnce);
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    RawServer server(gated(open, QByteArray())); // paid, perhaps, and lost
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(server.posts(), 1);
    const QString data = folder.filePath(u"data"_s);
    QVERIFY(QDir().rename(data, data + u" away"_s)); // no row can be written
    if (atOnce)
        connect(&bench.queue, &JobQueue::jobChanged, &bench.queue, [&bench](const Job& job) {
            if (job.state == JobState::Unknown)
                bench.queue.dismiss({job.id});
        });
    open = true;
    QTRY_VERIFY(bench.queue.hasDiskProblem());
    bench.queue.dismiss(ids);
    QCOMPARE(bench.queue.jobs().size(), atOnce ? 0 : 1);
    QCOMPARE(bench.queue.canSendAgain(ids[0]), false);
    QVERIFY(QDir().rename(data + u" away"_s, data));
    std::optional<SendPlan> plan;
    bench.sender.plan(
        {{batch(1).first()}}, &bench.queue, [&plan](const SendPlan& answer) { plan = answer; });
    QTRY_VERIFY(plan);
    QCOMPARE(plan->items.first().standing, Standing::Unknown);
    QTRY_COMPARE(ledgerStates(data + u"/ledger.sqlite"_s), QStringList{u"unknown"_s});
    QTRY_VERIFY(!bench.queue.hasDiskProblem());
    QCOMPARE(server.posts(), 1);
}

SEEDBOOK_TEST(GuardsTest, QGuiApplication)

} // namespace seedbook::guardsTest

#include "GuardsTest.moc"
