#include "jobs/Account.h"
#include "support/Listing.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/SmallDisk.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::paidWorkTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

using Bench = PaidBench;

// Paid work through what can happen to it: caps, full disks, a kill at every step, a person who
// stops waiting, pauses.
class PaidWorkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capsHoldAgainstARace();
    void fullDataDisk();
    void fullLibraryDisk();
    void killedAtEachStep_data();
    void killedAtEachStep();
    void acceptedIsAskedAfter();
    void timeClosedTeachesNothing();
    void stoppedWaitingIsUnclaimed();
    void pausedIsSaidOnce();
    void offlinePausesAfterFiveTries();
    void limitedEndpointWaits();
    void perMinute();
    void balanceTellsOfAnUnknownEnd();
    void twinsAreFound();
    void tenThousandAreCancelledAtOnce();
    void order();
};

void PaidWorkTest::capsHoldAgainstARace()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 20ms, .spread = 30ms});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(6);
    const Money cap = Money::fromUsd(0.121) * 20 + Money::fromMicros(120'999);
    bench.queue.setCaps({std::nullopt, cap, std::nullopt});
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    int refused = 0;
    int sent = 0;
    // Fifty presses of the button, some of them while answers come in.
    for (int i = 0; i < 50; ++i) {
        const auto requests = batch(1, 1000 + i);
        if (const auto objection = bench.queue.objection(bench.queue.estimate(requests.first()))) {
            QCOMPARE(objection->kind, ErrorKind::CapReached);
            QVERIFY(!objection->subject.isEmpty());
            ++refused;
        } else {
            submit(bench.queue, requests, service.endpoint());
            ++sent;
        }
        if (i % 5 == 0)
            QTRY_VERIFY(service.answered() >= std::min(i / 5, 10));
    }
    QVERIFY(idle.wait(20000));
    QCOMPARE(sent, 20);
    QCOMPARE(refused, 30);
    QVERIFY(service.charged() <= cap);
    QCOMPARE(service.charged(), Money::fromUsd(0.121) * 20);

    // A lower cap that comes later stops what waits, once, and names itself; a higher one lets it
    // go.
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    bench.queue.setCaps({});
    bench.queue.pauseAll();
    submit(bench.queue, batch(3, 5000), service.endpoint());
    bench.queue.setCaps({std::nullopt, cap, std::nullopt});
    bench.queue.resumeAll();
    QTRY_COMPARE(paused.size(), 1);
    QCOMPARE(paused.first().at(1).value<Pause>().reason, PauseReason::Cap);
    QCOMPARE(service.posts().size(), 20);
    bench.queue.setCaps({std::nullopt, cap * 2, std::nullopt});
    QTRY_COMPARE(bench.filed.size(), 23);
}

// The disk of the data folder fills up while pictures arrive: they stay in memory, which is said
// once; once there is room all are filed.
void PaidWorkTest::fullDataDisk()
{
    QTemporaryDir folder;
    const QString data = folder.path() + u"/data"_s;
    QVERIFY(QDir().mkpath(data));
    const SmallDisk disk(data, "1500k");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    SwiftService service({.delay = 0ms, .pictureBytes = 200'000});
    service.hold();
    {
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.setLimit(4);
        QSignalSpy paused(&bench.queue, &JobQueue::paused);
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        submit(bench.queue, batch(8), service.endpoint());
        QTRY_COMPARE(service.posts().size(), 4);
        // Now something else takes all the room there is.
        QFile filler(data + u"/filler"_s);
        QVERIFY(filler.open(QIODevice::WriteOnly));
        while (filler.write(QByteArray(4096, 'f')) == 4096 && filler.flush())
            continue;
        filler.close();
        service.letGo();
        QTRY_COMPARE(service.answered(), 4);
        QTRY_COMPARE(paused.size(), 1);
        QCOMPARE(paused.first().at(1).value<Pause>().reason, PauseReason::Disk);
        QCOMPARE(paused.first().at(1).value<Pause>().error.kind, ErrorKind::DiskFull);
        // What the data folder does not take goes straight into the library.
        QTRY_COMPARE(bench.filed.size(), 4);
        QCOMPARE(filesIn(folder.path() + u"/library"_s).size(), 4);
        QCOMPARE(bench.queue.inMemoryCount(), 0);
        QCOMPARE(service.posts().size(), 4); // nothing more is sent meanwhile
        QTRY_COMPARE(
            bench.queue.inFlightCount(), 0); // it is tried now and then whether there is room
        QVERIFY(QFile::remove(filler.fileName()));
        QTRY_COMPARE_WITH_TIMEOUT(bench.filed.size(), 8, 20000);
        QCOMPARE(paused.size(), 1);
        QVERIFY(!idle.isEmpty() || idle.wait());
        QCOMPARE(bench.queue.inMemoryCount(), 0);
        for (const Job& job : bench.filed)
            QVERIFY(holdsPicture(job.picture->path, service.picture(job.request.seed()->number())));
        QCOMPARE(filesIn(folder.path() + u"/library"_s).size(), 8);
        QTRY_VERIFY(filesIn(data + u"/kept"_s).isEmpty());
    }
    QCOMPARE(service.posts().size(), 8);
}

// Only the library's disk: what arrives lies in the data folder, and is filed later.
void PaidWorkTest::fullLibraryDisk()
{
    QTemporaryDir folder;
    const QString library = folder.path() + u"/library"_s;
    QVERIFY(QDir().mkpath(library));
    const SmallDisk disk(library, "500k");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    SwiftService service({.delay = 20ms, .pictureBytes = 200'000});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto ids = submit(bench.queue, batch(4), service.endpoint());
    QTRY_COMPARE(paused.size(), 1);
    QTRY_VERIFY(!filesIn(bench.data + u"/kept"_s).isEmpty());
    QTRY_COMPARE(bench.filed.size(), 2);
    QTRY_COMPARE(filesIn(library).size(), 2); // and not what is tried in between
    const QList<Job> first = bench.filed;
    for (const Job& job : first) // room is made
        QVERIFY(QFile::remove(job.picture->path));
    QTRY_COMPARE(bench.filed.size(), 4);
    QTRY_VERIFY(filesIn(bench.data + u"/kept"_s).isEmpty());
    QTRY_COMPARE(service.posts().size(), 4);
}

// What the next start makes of a job, by the row and the files that a kill has left.
void PaidWorkTest::killedAtEachStep_data()
{
    QTest::addColumn<QString>("row");  // what the ledger says
    QTest::addColumn<QString>("kept"); // the ending of the kept file
    QTest::addColumn<bool>("inLibrary");
    QTest::addColumn<JobState>("state");
    QTest::newRow("not sent yet") << u"waiting"_s << QString() << false << JobState::Waiting;
    QTest::newRow("out") << u"sending"_s << QString() << false << JobState::Unknown;
    QTest::newRow("kept, and no row of it") << u"sending"_s << u"png"_s << false << JobState::Filed;
    QTest::newRow("kept and noted") << u"received"_s << u"png"_s << false << JobState::Filed;
    QTest::newRow("in the library too") << u"received"_s << u"png"_s << true << JobState::Filed;
    QTest::newRow("in the library, no row") << u"sending"_s << u"png"_s << true << JobState::Filed;
    QTest::newRow("noted, and gone") << u"received"_s << QString() << false << JobState::Unknown;
    QTest::newRow("v2, kept") << u"accepted"_s << u"png"_s << false << JobState::Filed;
    QTest::newRow("a torn answer, kept")
        << u"sending"_s << u"answer"_s << false << JobState::Unknown;
    QTest::newRow("in the midst of keeping it")
        << u"sending"_s << u"png.AbCdEf"_s << false << JobState::Unknown;
    QTest::newRow("v2, a torn answer, kept")
        << u"accepted"_s << u"answer"_s << false << JobState::Unknown;
    QTest::newRow("a state of a later version")
        << u"dreaming"_s << QString() << false << JobState::Unknown;
}

void PaidWorkTest::killedAtEachStep()
{
    QFETCH(QString, row);
    QFETCH(QString, kept);
    QFETCH(bool, inLibrary);
    QFETCH(JobState, state);
    QTemporaryDir folder;
    SwiftService service({.delay = 10ms});
    QByteArray bytes;
    {
        // A whole run makes the row and the file; then they are put back to the moment.
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        submit(bench.queue, batch(1), service.endpoint());
        QTRY_COMPARE(bench.filed.size(), 1);
        QVERIFY(!idle.isEmpty() || idle.wait());
        const Job& job = bench.filed.first();
        bytes = service.picture(job.request.seed()->number());
        const QString id = job.pictureId.toString(QUuid::WithoutBraces);
        // This run's own clearing up must not take what is put there next.
        QTRY_VERIFY(filesIn(bench.data + u"/kept"_s).isEmpty());
        if (!kept.isEmpty()) {
            QFile file(bench.data + u"/kept/"_s + id + u'.' + kept);
            QVERIFY(file.open(QIODevice::WriteOnly));
            const QByteArray part =
                state == JobState::Filed ? bytes : bytes.first(bytes.size() - 20);
            QCOMPARE(file.write(part), part.size());
        }
        if (!inLibrary)
            QVERIFY(QFile::remove(job.picture->path));
    }
    sql(folder.path() + u"/data/ledger.sqlite"_s,
        u"UPDATE jobs SET state = '%1', picture_path = '', kept_path = ''"_s.arg(row));
    sql(folder.path() + u"/cache/index.sqlite"_s, u"DELETE FROM pictures"_s);

    Bench next(folder.path(), service.endpoint());
    QVERIFY(next.restore());
    if (state == JobState::Filed) {
        QTRY_COMPARE(next.filed.size(), 1);
        QVERIFY(holdsPicture(next.filed.first().picture->path, bytes));
        QCOMPARE(filesIn(folder.path() + u"/library"_s).size(), 1); // not a second time
        QTRY_VERIFY(filesIn(next.data + u"/kept"_s).isEmpty());
        QCOMPARE(loadAll(next.library)->size(), 1);
    } else {
        QCOMPARE(next.queue.jobs().size(), 1);
        const Job job = next.queue.jobs().first();
        QCOMPARE(job.state, state);
        QCOMPARE(job.onHold, state == JobState::Waiting);
        // A torn answer stays where a person can find it.
        QCOMPARE(job.spoolPath.endsWith(u".answer"_s), !kept.isEmpty());
        QCOMPARE(filesIn(next.data + u"/kept"_s).size(), kept.isEmpty() ? 0 : 1);
    }
    QCOMPARE(service.posts().size(), 1);
}

void PaidWorkTest::acceptedIsAskedAfter()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 400ms});
    {
        Bench bench(folder.path(), service.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        submit(bench.queue, batch(2), service.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 2);
    }
    Bench next(folder.path(), service.endpoint());
    QVERIFY(next.restore());
    QTRY_COMPARE(next.filed.size(), 2);
    QCOMPARE(service.posts().size(), 2);
    QCOMPARE(next.filed.first().price, Money::fromUsd(0.121)); // told by the metrics
    QCOMPARE(next.filed.first().picture->serviceRequestId, next.filed.first().remoteId);
    QCOMPARE(next.filed.first().httpStatus, 200);
    QVERIFY(next.filed.first().priceConfirmed);
}

void PaidWorkTest::stoppedWaitingIsUnclaimed()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 300ms});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    const auto ids = submit(bench.queue, batch(2), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 1);
    bench.queue.stopWaiting({ids[0]});
    QVERIFY(bench.queue.job(ids[0])->unclaimed);
    QCOMPARE(bench.queue.job(ids[1])->state, JobState::Waiting); // the slot is still taken
    QTRY_COMPARE(bench.filed.size(), 2);
    QVERIFY(bench.filed.first().picture->unclaimed);
    QVERIFY(!bench.filed.last().picture->unclaimed);
    const auto pictures = loadAll(bench.library);
    QCOMPARE(std::count_if(pictures->begin(), pictures->end(),
                 [](const PicturePtr& picture) { return picture->unclaimed; }),
        1);
}

void PaidWorkTest::pausedIsSaidOnce()
{
    QTemporaryDir folder;
    std::atomic<bool> good = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        peer.send(good ? httpAnswer(200, samplePicture()) : httpAnswer(401, ""));
        peer.close();
    });
    Bench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(3);
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    submit(bench.queue, batch(10), server.endpoint());
    QTRY_COMPARE(bench.queue.waitingCount(), 7);
    QTRY_COMPARE(bench.queue.inFlightCount(), 0);
    QCOMPARE(paused.size(), 1);
    QCOMPARE(paused.first().at(1).value<Pause>().reason, PauseReason::Key);
    QCOMPARE(bench.queue.blockedEndpoints().size(), 1);
    good = true; // the key is mended
    bench.queue.resumeEndpoint(server.endpoint().name());
    QTRY_COMPARE(bench.filed.size(), 7);
    QVERIFY(bench.queue.blockedEndpoints().isEmpty());
}

void PaidWorkTest::offlinePausesAfterFiveTries()
{
    QTemporaryDir folder;
    Endpoint nobody = Endpoint::segmind();
    {
        RawServer server([](RawServer::Peer&) {});
        nobody = server.endpoint(); // and nothing listens there any more
    }
    Bench bench(folder.path(), nobody);
    QVERIFY(bench.restore());
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto ids = submit(bench.queue, batch(1), nobody);
    QTRY_COMPARE(paused.size(), 1);
    QCOMPARE(paused.first().at(1).value<Pause>().reason, PauseReason::Offline);
    const Job* job = bench.queue.job(ids.first());
    QCOMPARE(job->state, JobState::Waiting);
    QCOMPARE(job->attempts, 5);
    QCOMPARE(job->error.kind, ErrorKind::ConnectionRefused);
    QCOMPARE(bench.queue.budget().spentInAll(), Money());
}

void PaidWorkTest::limitedEndpointWaits()
{
    QTemporaryDir folder;
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (peer.request().method == "GET")
            peer.send(httpAnswer(404, ""));
        else
            peer.send(++posts == 1 ? httpAnswer(429, "", {"Retry-After: 400"})
                                   : httpAnswer(200, samplePicture()));
        peer.close();
    });
    Bench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    submit(bench.queue, batch(3), server.endpoint());
    // 400 s become 0.4 s here; for all of the endpoint, and it says until when.
    QTRY_COMPARE(bench.queue.blockedEndpoints().size(), 1);
    QVERIFY(bench.queue.blockedEndpoints().first().blockedUntil.isValid());
    QVERIFY(!bench.queue.blockedEndpoints().first().pause);
    QCOMPARE(posts, 1);
    QTRY_COMPARE(bench.filed.size(), 3);
    QCOMPARE(posts, 4);
}

void PaidWorkTest::perMinute()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 5ms});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(6);
    bench.queue.setRequestsPerMinute(4);
    submit(bench.queue, batch(6), service.endpoint());
    QTRY_COMPARE(bench.filed.size(), 4);
    QCOMPARE(bench.queue.waitingCount(), 2);
    QCOMPARE(service.posts().size(), 4);
    bench.queue.setRequestsPerMinute(0);
    QTRY_COMPARE(bench.filed.size(), 6);
}

void PaidWorkTest::balanceTellsOfAnUnknownEnd()
{
    QTemporaryDir folder;
    std::atomic<int> balance = 9'000'000; // micro-dollars
    std::atomic<bool> takes = true;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (peer.request().method == "GET")
            peer.send(httpAnswer(
                200, R"({"credits":)" + QByteArray::number(balance / 1e6, 'f', 6) + '}'));
        else if (takes)
            balance -= 121'000; // and no answer
        peer.close();
    });
    Bench bench(folder.path(), server.endpoint());
    QVERIFY(bench.restore());
    Account* account = bench.queue.account(server.endpoint().name());
    QSignalSpy known(account, &Account::balanceChanged);
    account->refreshNow();
    QVERIFY(known.wait());
    for (const auto& [paid, guess] :
        {std::pair(true, PaidGuess::ProbablyPaid), std::pair(false, PaidGuess::ProbablyNot)}) {
        takes = paid;
        const auto id = submit(bench.queue, batch(1), server.endpoint()).first();
        QTRY_COMPARE(bench.queue.job(id)->state, JobState::Unknown);
        QTRY_COMPARE(paidGuess(*bench.queue.job(id)), guess);
        // Either way it counts: what may have been paid is not spent twice.
        QVERIFY(bench.queue.budget().spentInAll() >= Money::fromUsd(0.121));
        bench.queue.dismiss({id});
    }
    QCOMPARE(bench.queue.budget().spentInAll(), Money::fromUsd(0.242));
}

void PaidWorkTest::twinsAreFound()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 200ms});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    const auto find = [&](const QList<Request>& requests) {
        QList<Intent> intents;
        for (const Request& request : requests)
            intents.append({request});
        std::optional<SendPlan> found;
        bench.sender.plan(intents, this, [&](const SendPlan& plan) { found = plan; });
        [&] { QTRY_VERIFY(found); }();
        return *found;
    };
    QCOMPARE(find(batch(2)).fresh(), 2);
    const auto ids = submit(bench.queue, batch(1), service.endpoint());
    const SendPlan out = find(batch(2));
    QCOMPARE(out.fresh(), 1);
    QCOMPARE(out.items.first().standing, Standing::Out);
    QCOMPARE(out.items.first().job, ids.first());
    QTRY_COMPARE(bench.filed.size(), 1);
    // However the answer would travel; but not with another seed or step.
    const Request other = sampleRequest(u"a lighthouse"_s, 100, {{u"base64"_s, true}});
    const SendPlan filed = find({sampleRequest(u"a lighthouse"_s, 100, {{u"steps"_s, 9}}), other});
    QCOMPARE(filed.fresh(), 1);
    QCOMPARE(filed.items.last().standing, Standing::There);
    QCOMPARE(filed.items.last().picture->id, bench.filed.first().pictureId);
    QCOMPARE(filed.items.last().picture->path, bench.filed.first().picture->path);
}

void PaidWorkTest::tenThousandAreCancelledAtOnce()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 10ms});
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.pauseAll();
    QSignalSpy removed(&bench.queue, &JobQueue::jobRemoved);
    const auto ids = submit(bench.queue, batch(10'000), service.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(bench.queue.job(ids.last())->committed, true, 30000);
    QCOMPARE(bench.queue.moneyWaiting(), Money::fromUsd(0.121) * 10'000);
    bench.queue.cancel(ids);
    QCOMPARE(bench.queue.waitingCount(), 0);
    QCOMPARE(bench.queue.moneyWaiting(), Money());
    bench.queue.resumeAll();
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    QVERIFY(idle.wait(30000));
    QVERIFY(service.posts().isEmpty());
}

// What was sent before the program was closed and ended after it was started again.
void PaidWorkTest::timeClosedTeachesNothing()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 100ms});
    const QString ledger = folder.path() + u"/data/ledger.sqlite"_s;
    const auto expected = [&service](Bench& bench) {
        bench.queue.pauseAll();
        const JobId id = submit(bench.queue, batch(1, 900), service.endpoint()).first();
        return bench.queue.job(id)->expected;
    };
    {
        Bench bench(folder.path(), service.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        submit(bench.queue, batch(1), service.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 1);
    }
    sql(ledger, u"UPDATE jobs SET sent_ms = sent_ms - 1000000"_s);
    QString kept;
    {
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        QTRY_COMPARE(bench.filed.size(), 1);
        QVERIFY(bench.filed.first().picture);
        QCOMPARE(bench.filed.first().picture->duration, 0ms); // nobody knows it
        QCOMPARE(expected(bench), 28400ms);
        QTRY_VERIFY(filesIn(bench.data + u"/kept"_s).isEmpty());
        kept = bench.data + u"/kept/"_s +
               bench.filed.first().pictureId.toString(QUuid::WithoutBraces) + u".png"_s;
    }
    {
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        QCOMPARE(expected(bench), 28400ms);
    }
    // All of it had come, and the row had no time to say so.
    sql(ledger, u"UPDATE jobs SET state = 'sending', ended_ms = NULL, remote_id = '', resumed = 0,"
                " picture_path = '', kept_path = '' WHERE id = 1"_s);
    put(kept, service.picture(100));
    {
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        QTRY_COMPARE(bench.filed.size(), 1);
    }
    Bench bench(folder.path(), service.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(expected(bench), 28400ms);
}

void PaidWorkTest::order()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 5ms});
    QList<JobId> ids;
    {
        Bench bench(folder.path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        ids = submit(bench.queue, batch(5), service.endpoint());
        QTRY_VERIFY(bench.queue.job(ids.last())->committed);
        bench.queue.moveBefore({ids[3], ids[4]}, ids[1]); // 0 3 4 1 2
        bench.queue.moveBefore({ids[0]}, 0);              // 3 4 1 2 0
        for (int i = 0; i < 100; ++i) {
            // Into an ever smaller gap.
            bench.queue.moveBefore({ids[3]}, ids[1]);
            bench.queue.moveBefore({ids[4]}, ids[3]);
            bench.queue.moveBefore({ids[3]}, ids[4]);
        }
    }
    // The order outlives the program.
    Bench next(folder.path(), service.endpoint());
    QVERIFY(next.restore());
    next.queue.setLimit(1);
    release(next.queue);
    QTRY_COMPARE(next.filed.size(), 5);
    QList<qint64> seeds;
    for (const auto& post : service.posts())
        seeds.append(post.seed);
    QCOMPARE(seeds, (QList<qint64>{103, 104, 101, 102, 100}));
}

SEEDBOOK_TEST(PaidWorkTest, QCoreApplication)

} // namespace seedbook::paidWorkTest

#include "PaidWorkTest.moc"
