#include "support/Gates.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <sys/syscall.h>
#include <unistd.h>

namespace seedbook::writtenFirstTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// While it is true, a disk is full that the folders of kept bytes lie on.
std::atomic<bool> isFull = false;

bool takes(int file)
{
    if (!isFull)
        return true;
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file));
    if (path.string().find("/kept/") == std::string::npos)
        return true;
    errno = ENOSPC;
    return false;
}

QString ledgerIn(const QTemporaryDir& folder)
{
    return folder.filePath(u"data/ledger.sqlite"_s);
}

} // namespace

// In the place of the system's own, which Qt calls.
extern "C" ssize_t write(int file, const void* bytes, size_t size)
{
    return takes(file) ? static_cast<ssize_t>(::syscall(SYS_write, file, bytes, size)) : -1;
}

// What the ledger and the disk say before anything leaves, and before anything goes away.
class WrittenFirstTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mindsChangeWhileTheRowIsWritten_data();
    void mindsChangeWhileTheRowIsWritten();
    void aRowThatIsRefused();
    void leavingWaitsForWhatWasFetched();
    void keptAnswersOfThosePutAwayStay();
    void allOfSeveralAreRescued();
};

void WrittenFirstTest::mindsChangeWhileTheRowIsWritten_data()
{
    QTest::addColumn<bool>("leaves");
    QTest::newRow("the program leaves") << true;
    QTest::newRow("the person pauses") << false;
}

// Nothing has left: neither now, nor is it unknown at the next start.
void WrittenFirstTest::mindsChangeWhileTheRowIsWritten()
{
    QFETCH(const bool, leaves);
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    RawServer server(gated(open, httpAnswer(200, samplePicture())));
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        std::optional<LedgerLock> lock;
        connect(&bench.queue, &JobQueue::jobChanged, &bench.queue, [&](const Job& job) {
            // Its row is there, and the next thing is that it is told to be on its way.
            if (job.state == JobState::Sending && !lock)
                lock.emplace(ledgerIn(folder));
        });
        const auto ids = submit(bench.queue, batch(1), server.endpoint());
        QTRY_VERIFY(lock);
        leaves ? bench.queue.leave() : bench.queue.pauseAll();
        lock.reset();
        QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Waiting);
        QTRY_VERIFY(bench.queue.isIdle());
        QCOMPARE(server.posts(), 0);
        QTRY_COMPARE(ledgerStates(ledgerIn(folder)), QStringList{u"waiting"_s});
    }
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(bench.queue.jobs().first().state, JobState::Waiting);
    QCOMPARE(server.posts(), 0);
}

void WrittenFirstTest::aRowThatIsRefused()
{
    QTemporaryDir folder;
    const std::atomic<bool> open = true;
    RawServer server(gated(open, httpAnswer(200, samplePicture())));
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    sql(ledgerIn(folder), u"CREATE TRIGGER no BEFORE UPDATE ON jobs WHEN NEW.state = 'sending' "
                          "BEGIN SELECT RAISE(FAIL, 'not now'); END"_s);
    const auto ids = submit(bench.queue, batch(1), server.endpoint());
    QTRY_VERIFY(bench.queue.hasDiskProblem());
    QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Waiting); // between two attempts
    QVERIFY(!QTest::qWaitFor([&] { return server.posts() > 0; }, 400));
    sql(ledgerIn(folder), u"DROP TRIGGER no"_s);
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(server.posts(), 1);
}

// One of two pictures is here, the other on its way: the program does not end now.
void WrittenFirstTest::leavingWaitsForWhatWasFetched()
{
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    std::atomic<bool> asked = false;
    RawServer server([&open, &asked](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const bool isPost = peer.request().method == "POST";
        asked = asked || !isPost;
        while (!isPost && !open)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        answer(peer, httpAnswer(200, isPost ? R"({"images":[")" + samplePicture().toBase64() +
                                                  R"(","http://)" + peer.request().header("host") +
                                                  R"(/2.jpg"]})"
                                            : samplePicture(ImageFormat::Jpeg)));
    });
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_VERIFY(asked);
    QSignalSpy left(&bench.queue, &JobQueue::left);
    bench.queue.leave();
    QVERIFY(!left.wait(400));
    open = true;
    QTRY_VERIFY(!left.isEmpty());
    // Each lies somewhere; those that are filed may lie here still.
    QVERIFY(filesIn(folder.filePath(u"data/kept"_s)).size() + bench.filed.size() >= 2);
}

// What came of an answer that was paid for, though nobody could read it, is the person's; what is
// left of a picture that is filed is not.
void WrittenFirstTest::keptAnswersOfThosePutAwayStay()
{
    QTemporaryDir folder;
    const QByteArray whole = httpAnswer(200, samplePicture());
    RawServer server([whole](RawServer::Peer& peer) {
        if (peer.readRequest())
            answer(peer, peer.connection() == 1 ? whole.first(whole.size() - 20) : whole);
    });
    QString kept;
    QString orphan;
    {
        PaidBench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        bench.queue.setLimit(1);
        const auto ids = submit(bench.queue, batch(2), server.endpoint());
        QTRY_VERIFY(!bench.queue.job(ids[0])->spoolPath.isEmpty());
        QTRY_COMPARE(bench.filed.size(), 1);
        QTRY_VERIFY(bench.queue.isIdle());
        kept = bench.queue.job(ids[0])->spoolPath;
        orphan = folder.filePath(u"data/kept/%1.png"_s.arg(
            bench.filed.first().pictureId.toString(QUuid::WithoutBraces)));
        bench.queue.dismiss({ids[0]});
        QTRY_VERIFY(bench.queue.isIdle());
        QTRY_VERIFY(!QFile::exists(orphan));
    }
    QVERIFY(QFile::exists(kept));
    QFile file(orphan);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(samplePicture());
    file.close();
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    QTRY_VERIFY(!QFile::exists(orphan));
    // Asked for together; removed by one thread, in no order: what was to go has gone by then.
    QVERIFY(!QTest::qWaitFor([&kept] { return !QFile::exists(kept); }, 400));
}

// The data folder takes none of them, the library could: both are filed, or both are waited for.
void WrittenFirstTest::allOfSeveralAreRescued()
{
    QTemporaryDir folder;
    std::atomic<bool> open = false;
    RawServer server(
        gated(open, httpAnswer(200, R"({"images":[")" + samplePicture().toBase64() + R"(",")" +
                                        samplePicture(ImageFormat::Jpeg).toBase64() + R"("]})")));
    PaidBench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, batch(1), server.endpoint());
    QTRY_COMPARE(server.posts(), 1);
    isFull = true;
    const auto room = qScopeGuard([] { isFull = false; });
    open = true;
    QTRY_VERIFY(bench.queue.hasDiskProblem() || !bench.filed.isEmpty());
    QVERIFY(filesIn(folder.filePath(u"data/kept"_s)).isEmpty());
    isFull = false;
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(server.posts(), 1);
    QTRY_COMPARE(ledgerStates(ledgerIn(folder)), (QStringList{u"filed"_s, u"filed"_s}));
}

SEEDBOOK_TEST(WrittenFirstTest, QGuiApplication)

} // namespace seedbook::writtenFirstTest

#include "WrittenFirstTest.moc"
