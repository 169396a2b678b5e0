#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

namespace seedbook::paidTrapsTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

// Small moments in which paid work went wrong once: two presses before one answer, a burst of 429s,
// a word that came while a row was on its way, a key or a service that is not there.
class PaidTrapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoPressesPayOnce();
    void aBurstWaitsOnce();
    void tryAgainKeepsTheWaitingTime();
    void stoppedBeforeItLeft_data();
    void stoppedBeforeItLeft();
    void acceptedWithoutAKeySleeps_data();
    void acceptedWithoutAKeySleeps();
    void acceptedWithoutAServiceHoldsNoSlot();
    void waitsForTheKey();
};

// Both presses look for twins before either has sent.
void PaidTrapsTest::twoPressesPayOnce()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 20ms});
    PaidBench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    int answers = 0;
    int twins = 0;
    QObject asker; // no answer comes once these are gone
    const auto press = [&] {
        bench.sender.plan({{batch(1).first()}}, &asker, [&](const SendPlan& plan) {
            ++answers;
            if (plan.fresh() == 0)
                ++twins;
            else
                QVERIFY(bench.sender.send(plan));
        });
    };
    press();
    press();
    QTRY_COMPARE(answers, 2);
    QCOMPARE(twins, 1);
    // From here to the ledger's word of it, and after: always found.
    const int before = answers;
    connect(&bench.queue, &JobQueue::jobChanged, &asker, press);
    press();
    QTRY_COMPARE(bench.filed.size(), 1);
    QTRY_VERIFY(bench.queue.jobs().isEmpty());
    press();
    QTRY_COMPARE(answers - before, twins - 1);
    QVERIFY(answers > before + 3);
    QCOMPARE(service.posts().size(), 1);
}

// Six that were out together are one 429, not six in a row.
void PaidTrapsTest::aBurstWaitsOnce()
{
    QTemporaryDir folder;
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest() || peer.request().method != "POST")
            return;
        ++posts;
        while (posts < 6) // all are out before one is answered
            std::this_thread::sleep_for(1ms);
        peer.send(httpAnswer(429, ""));
        peer.close();
    });
    PaidBench bench(folder.path(), server.endpoint());
    bench.queue.setRetryTable(RetryTable()); // at its true pace
    QVERIFY(bench.restore());
    bench.queue.setLimit(6);
    submit(bench.queue, batch(6), server.endpoint());
    QTRY_COMPARE(posts, 6);
    QTRY_COMPARE(bench.queue.waitingCount(), 6);
    const QDateTime until = bench.queue.blockedEndpoints().first().blockedUntil;
    const qint64 wait = QDateTime::currentDateTimeUtc().msecsTo(until);
    QVERIFY2(wait > 5'000 && wait <= 16'500, qPrintable(QString::number(wait)));
}

void PaidTrapsTest::tryAgainKeepsTheWaitingTime()
{
    QTemporaryDir folder;
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest() || peer.request().method != "POST")
            return;
        peer.send(++posts == 1 ? httpAnswer(500, "")
                  : posts == 2 ? httpAnswer(429, "", {"Retry-After: 600"})
                               : httpAnswer(200, samplePicture()));
        peer.close();
    });
    PaidBench bench(folder.path(), server.endpoint());
    bench.queue.setRetryTable(RetryTable());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    const auto ids = submit(bench.queue, batch(2), server.endpoint());
    QTRY_COMPARE(bench.queue.blockedEndpoints().size(), 1);
    QCOMPARE(bench.queue.job(ids[0])->state, JobState::Failed);
    const QDateTime until = bench.queue.blockedEndpoints().first().blockedUntil;
    QVERIFY(until.isValid());
    sendAgain(bench.queue, ids[0]); // a failed tile: in its turn, when the endpoint flows
    bench.queue.resumeEndpoint(server.endpoint().name());
    QCOMPARE(bench.queue.blockedEndpoints().size(), 1);
    QCOMPARE(bench.queue.blockedEndpoints().first().blockedUntil, until);
    bench.queue.hurry(ids[1]); // "Retry now"
    QVERIFY(bench.queue.blockedEndpoints().isEmpty());
    QTRY_COMPARE(bench.filed.size(), 2);
}

void PaidTrapsTest::stoppedBeforeItLeft_data()
{
    QTest::addColumn<bool>("ledgerWorks");
    QTest::newRow("the row is written") << true;
    QTest::newRow("the row cannot be written") << false;
}

// "Stop waiting" while the row that says "sending" is on its way to the disk: nothing has left, and
// nothing leaves.
void PaidTrapsTest::stoppedBeforeItLeft()
{
    QFETCH(bool, ledgerWorks);
    QTemporaryDir folder;
    SwiftService service({.delay = 5ms});
    {
        PaidBench bench(folder.path(), service.endpoint());
        const QString file = bench.data + u"/ledger.sqlite"_s;
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        const auto id = submit(bench.queue, batch(1), service.endpoint()).first();
        QTRY_VERIFY(bench.queue.job(id)->committed);
        if (!ledgerWorks)
            sql(file, u"CREATE TRIGGER broken BEFORE UPDATE ON jobs"
                      " BEGIN SELECT RAISE(ABORT, 'by hand'); END"_s);
        bench.queue.resumeAll();
        QCOMPARE(bench.queue.job(id)->state, JobState::Sending);
        bench.queue.stopWaiting({id});
        QTRY_VERIFY(!bench.queue.job(id));
        QCOMPARE(bench.last.at(id).state, JobState::Cancelled);
        if (!ledgerWorks)
            sql(file, u"DROP TRIGGER broken"_s);
        // The disk works again, and what is new goes; what was stopped does not.
        QTRY_VERIFY(bench.queue.blockedEndpoints().isEmpty() || ledgerWorks);
        bench.queue.resumeAll();
        submit(bench.queue, batch(1, 500), service.endpoint());
        QTRY_COMPARE(bench.filed.size(), 1);
        QTRY_VERIFY(bench.queue.jobs().isEmpty());
        QCOMPARE(bench.queue.budget().spentInAll(), Money::fromUsd(0.121));
    }
    QCOMPARE(service.postsBySeed().value(100), 0);
    QCOMPARE(service.posts().size(), 1);
}

void PaidTrapsTest::acceptedWithoutAKeySleeps_data()
{
    QTest::addColumn<bool>("overdue"); // longer ago than a job is asked after
    QTest::newRow("just now") << false;
    QTest::newRow("yesterday") << true;
}

void PaidTrapsTest::acceptedWithoutAKeySleeps()
{
    QFETCH(const bool, overdue);
    QTemporaryDir folder;
    SwiftService service({.delay = 300ms});
    {
        PaidBench bench(folder.path(), service.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        submit(bench.queue, batch(2), service.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 2);
    }
    if (overdue)
        sql(folder.filePath(u"data/ledger.sqlite"_s),
            u"UPDATE jobs SET accepted_ms = accepted_ms - 86400000"_s);
    PaidBench next(folder.path(), service.endpoint());
    const ApiKey key = std::exchange(next.key, {});
    QSignalSpy idle(&next.queue, &JobQueue::idle);
    QVERIFY(next.restore());
    QTRY_COMPARE(next.queue.suspendedCount(), 2);
    QCOMPARE(next.queue.recoverableCount(), 2);
    // A look at them without a key changes nothing, and a command does not wait for them.
    idle.clear();
    next.queue.resumeEndpoint(service.endpoint().name());
    QVERIFY(idle.wait());
    QTRY_COMPARE(next.queue.suspendedCount(), 2);
    // It is asked after once, and its picture is there by then.
    QTRY_VERIFY(std::chrono::steady_clock::now() > service.posts().last().at + 300ms);
    next.key = key;
    next.queue.resumeEndpoint(service.endpoint().name());
    QCOMPARE(next.queue.suspendedCount(), 0);
    QTRY_COMPARE(next.filed.size(), 2);
    QCOMPARE(service.posts().size(), 2);
}

void PaidTrapsTest::acceptedWithoutAServiceHoldsNoSlot()
{
    QTemporaryDir folder;
    SwiftService gone({.delay = 300ms});
    SwiftService service({.delay = 5ms});
    {
        PaidBench bench(folder.path(), gone.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), gone.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 1);
    }
    PaidBench next(folder.path(), service.endpoint());
    QVERIFY(next.restore());
    next.queue.setLimit(1);
    QCOMPARE(next.queue.suspendedCount(), 1);
    QSignalSpy idle(&next.queue, &JobQueue::idle);
    submit(next.queue, batch(1, 500), service.endpoint());
    QTRY_COMPARE(next.filed.size(), 1);
    QVERIFY(!idle.isEmpty() || idle.wait());
    // It counts as money all the same.
    QCOMPARE(next.queue.moneyInFlight(), Money::fromUsd(0.121));
    QCOMPARE(next.queue.recoverableCount(), 1);
}

// Released before the keychain has answered: nothing fails for that, and the key lets it go on.
void PaidTrapsTest::waitsForTheKey()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 5ms});
    PaidBench bench(folder.path(), service.endpoint());
    const ApiKey key = std::exchange(bench.key, {});
    QVERIFY(bench.restore());
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    submit(bench.queue, batch(5), service.endpoint());
    QTRY_COMPARE(paused.size(), 1);
    QCOMPARE(paused.first().at(1).value<Pause>().reason, PauseReason::Key);
    QVERIFY(!idle.isEmpty() || idle.wait());
    QCOMPARE(bench.queue.waitingCount(), 5);
    bench.key = key;
    bench.queue.resumeEndpoint(service.endpoint().name());
    QTRY_COMPARE(bench.filed.size(), 5);
    QCOMPARE(paused.size(), 1);
    QCOMPARE(service.posts().size(), 5);
}

SEEDBOOK_TEST(PaidTrapsTest, QCoreApplication)

} // namespace seedbook::paidTrapsTest

#include "PaidTrapsTest.moc"
