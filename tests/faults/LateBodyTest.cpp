#include "support/PaidBench.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace seedbook::lateBodyTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// Bodies that are made when the test says so.
class Bodies final
{
public:
    [[nodiscard]] SegmindService::BodyOf source()
    {
        return [this](const Request& request) {
            m_asked.push_back({request.body(), std::make_shared<QPromise<Result<QByteArray>>>()});
            m_asked.back().promise->start();
            return m_asked.back().promise->future();
        };
    }
    [[nodiscard]] std::size_t asked() const { return m_asked.size(); }
    void make(std::size_t which) { answer(which, m_asked.at(which).body); }
    void answer(std::size_t which, const Result<QByteArray>& body)
    {
        m_asked.at(which).promise->addResult(body);
        m_asked.at(which).promise->finish();
    }
    void giveUp(std::size_t which)
    {
        m_asked.at(which).promise->future().cancel();
        m_asked.at(which).promise->finish();
    }

private:
    struct Asked
    {
        QByteArray body;
        std::shared_ptr<QPromise<Result<QByteArray>>> promise;
    };
    std::vector<Asked> m_asked;
};

struct Bench
{
    explicit Bench(const QString& folder, Transport transport = Transport::Blocking)
        : service({.delay = 5ms})
        , paid(folder, service.endpoint(), transport)
        , slow(
              service.endpoint(), [] { return ApiKey("SG_0123456789abcdef"); },
              {.firstPoll = 20ms, .longestPoll = 50ms}, transport, bodies.source())
    {
        paid.queue.addService(slow);
    }

    JobId submit(qint64 seed)
    {
        return paid.queue.submit({{sampleRequest(u"a fox"_s, seed)}}, service.endpoint()).first();
    }
    [[nodiscard]] QStringList states() const
    {
        return ledgerStates(paid.data + u"/ledger.sqlite"_s);
    }
    // One that is sent and filed; all that could have been sent before it was.
    void sendAnother(qint64 seed)
    {
        const std::size_t before = bodies.asked();
        const qsizetype filed = paid.filed.size();
        submit(seed);
        [&] { QTRY_COMPARE(bodies.asked(), before + 1); }();
        bodies.make(before);
        [&] { QTRY_COMPARE(paid.filed.size(), filed + 1); }();
    }

    SwiftService service;
    Bodies bodies;
    PaidBench paid;
    SegmindService slow;
};

} // namespace

// What is to be sent is made first, and may take its time: meanwhile nothing has left, nothing says
// that it has, and whoever does not want it any more is heard.
class LateBodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void itLeavesOnce_data();
    void itLeavesOnce();
    void stoppedMeanwhile_data();
    void stoppedMeanwhile();
    void pausedMeanwhile();
    void leftMeanwhile();
    void aCrashMeanwhile();
    void itCannotBeMade();
    void whoMakesItGivesUp();

private:
    [[nodiscard]] QString path() const { return m_folder->path(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void LateBodyTest::itLeavesOnce_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::newRow("v1") << Transport::Blocking;
    QTest::newRow("v2") << Transport::Recoverable;
}

void LateBodyTest::itLeavesOnce()
{
    QFETCH(const Transport, transport);
    Bench bench(path(), transport);
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    QCOMPARE(bench.paid.queue.job(id)->state, JobState::Sending);
    QVERIFY(!bench.paid.queue.isIdle());
    QVERIFY(bench.service.posts().isEmpty());
    QCOMPARE(bench.states(), QStringList{u"waiting"_s});
    bench.bodies.make(0);
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QCOMPARE(bench.service.posts().size(), 1);
    QCOMPARE(bench.service.posts().first().recoverable, transport == Transport::Recoverable);
    QCOMPARE(bench.bodies.asked(), std::size_t(1));
}

void LateBodyTest::stoppedMeanwhile_data()
{
    QTest::addColumn<bool>("comes");
    QTest::newRow("it comes all the same") << true;
    QTest::newRow("it never comes") << false;
}

void LateBodyTest::stoppedMeanwhile()
{
    QFETCH(const bool, comes);
    Bench bench(path());
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    bench.paid.queue.giveUp({id});
    // At once, however long its body takes.
    QVERIFY(!bench.paid.queue.job(id));
    QCOMPARE(bench.paid.queue.moneyInFlight(), Money());
    if (comes)
        bench.bodies.make(0);
    QTRY_COMPARE(bench.states(), QStringList{u"cancelled"_s});
    QTRY_VERIFY(bench.paid.queue.isIdle());
    bench.sendAnother(8);
    QCOMPARE(bench.service.postsBySeed().value(7), 0);
    QCOMPARE(bench.service.posts().size(), 1);
}

void LateBodyTest::pausedMeanwhile()
{
    Bench bench(path());
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    bench.paid.queue.pauseAll();
    bench.bodies.make(0);
    QTRY_COMPARE(bench.paid.queue.job(id)->state, JobState::Waiting);
    QCOMPARE(bench.paid.queue.job(id)->attempts, 0);
    QTRY_VERIFY(bench.paid.queue.isIdle());
    QVERIFY(bench.service.posts().isEmpty());
    bench.paid.queue.resumeAll();
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(2));
    bench.bodies.make(1);
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QCOMPARE(bench.service.posts().size(), 1);
}

void LateBodyTest::leftMeanwhile()
{
    Bench bench(path());
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    QSignalSpy left(&bench.paid.queue, &JobQueue::left);
    bench.paid.queue.leave();
    QTRY_COMPARE(left.size(), 1); // and does not wait for it
    bench.bodies.make(0);
    QTRY_COMPARE(bench.paid.queue.job(id)->state, JobState::Waiting);
    QTRY_VERIFY(bench.paid.queue.isIdle());
    QVERIFY(bench.service.posts().isEmpty());
    QCOMPARE(bench.states(), QStringList{u"waiting"_s});
}

// The next start finds a job that waits, not one that may have been paid.
void LateBodyTest::aCrashMeanwhile()
{
    {
        Bench bench(path());
        QVERIFY(bench.paid.restore());
        bench.submit(7);
        QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    }
    Bench next(path());
    QVERIFY(next.paid.restore());
    QCOMPARE(next.paid.queue.onHoldCount(), 1);
    QCOMPARE(next.paid.queue.jobs().size(), 1);
}

void LateBodyTest::itCannotBeMade()
{
    Bench bench(path());
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    const Error error{ErrorKind::FileUnreadable, u"input.png"_s, {}};
    bench.bodies.answer(0, error);
    QTRY_COMPARE(bench.paid.queue.job(id)->state, JobState::Failed);
    const Job job = *bench.paid.queue.job(id);
    QCOMPARE(job.error, error);
    QCOMPARE(job.attempts, 0);
    QVERIFY(!job.sent.isValid());
    QCOMPARE(chargeOf(job), Money());
    QTRY_COMPARE(bench.states(), QStringList{u"failed"_s});
    QTRY_VERIFY(bench.paid.queue.isIdle());
    QVERIFY(bench.paid.queue.canSendAgain(id));
    bench.sendAnother(8); // the others go on
    QCOMPARE(bench.service.postsBySeed().value(7), 0);
}

void LateBodyTest::whoMakesItGivesUp()
{
    Bench bench(path());
    QVERIFY(bench.paid.restore());
    const JobId id = bench.submit(7);
    QTRY_COMPARE(bench.bodies.asked(), std::size_t(1));
    bench.bodies.giveUp(0);
    QTRY_COMPARE(bench.paid.queue.job(id)->state, JobState::Failed);
    QCOMPARE(bench.paid.queue.job(id)->error.kind, ErrorKind::Internal);
    bench.sendAnother(8);
    QCOMPARE(bench.service.postsBySeed().value(7), 0);
}

SEEDBOOK_TEST(LateBodyTest, QCoreApplication)

} // namespace seedbook::lateBodyTest

#include "LateBodyTest.moc"
