#include "jobs/ExpectedTime.h"
#include "jobs/Ledger.h"
#include "jobs/Sender.h"
#include "library/Library.h"
#include "practice/PracticeService.h"
#include "service/SegmindService.h"
#include "support/Listing.h"
#include "support/Orders.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace seedbook::jobQueueTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A whole back end on a folder of its own. Made again on the same folder, it is the next start.
struct Bench
{
    explicit Bench(const QString& folder, const QString& libraryFolder = {})
        : ledger(folder + u"/data/ledger.sqlite"_s)
        , library(libraryFolder.isEmpty() ? folder + u"/library"_s : libraryFolder,
              folder + u"/cache"_s)
        , queue(ledger, library, folder + u"/data/kept"_s)
    {
    }

    void add(const Endpoint& endpoint, const QByteArray& key = "a-test-key")
    {
        services.push_back(
            std::make_unique<SegmindService>(endpoint, [key] { return ApiKey(key); }));
        queue.addService(*services.back());
    }

    [[nodiscard]] bool restore()
    {
        QSignalSpy restored(&queue, &JobQueue::restored);
        queue.restore(models());
        return restored.wait();
    }

    Ledger ledger;
    Library library;
    std::vector<std::unique_ptr<SegmindService>> services;
    JobQueue queue;
};

std::unique_ptr<PracticeService> practice(std::chrono::milliseconds duration, QByteArray key)
{
    auto started = PracticeService::start(
        models().models(), {.duration = duration, .key = ApiKey(std::move(key))});
    return started ? *std::move(started) : nullptr;
}

QList<QVariantList> rows(const QString& file, const QString& sql)
{
    QList<QVariantList> found;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file);
        if (!database.open())
            return {};
        QSqlQuery query(sql, database);
        while (query.next())
            found.append(QVariantList{query.value(0), query.value(1)});
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return found;
}

QList<Request> batch(int count)
{
    QList<Request> requests;
    for (int i = 0; i < count; ++i)
        requests.append(sampleRequest(u"a lighthouse"_s, 100 + i));
    return requests;
}

} // namespace

class JobQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesWhatComes();
    void committedBeforeThePost();
    void keepsToOrderAndLimit();
    void cancelIsFree();
    void cancelledTogetherNoneIsSent();
    void refusedKeepsItsRequest();
    void noLedgerNoPost();
    void noRoomForThePicture();
    void nextStart();
    void jobsStayWithTheirEndpoint();
    void learnsHowLongItTakes();
};

void JobQueueTest::filesWhatComes()
{
    QTemporaryDir folder;
    Bench bench(folder.path());
    auto service = practice(0ms, "k1");
    QVERIFY(service);
    bench.add(service->endpoint(), "k1");
    QVERIFY(bench.restore());

    QList<Job> seen;
    connect(&bench.queue, &JobQueue::jobChanged, this, [&](const Job& job) { seen.append(job); });
    QSignalSpy added(&bench.queue, &JobQueue::jobsAdded);
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    const auto ids = submit(bench.queue, {sampleRequest(u"龙"_s, 0)}, service->endpoint());
    QCOMPARE(added.count(), 1); // the tile is there before anything else happens
    QVERIFY(idle.wait(20000));
    QVERIFY(!seen.isEmpty());
    const Job job = seen.last();
    QCOMPARE(job.id, ids.first());
    QCOMPARE(job.state, JobState::Filed);
    QVERIFY(job.practice);
    QCOMPARE(job.price, Money());
    QVERIFY(QFile::exists(job.picture->path));
    QCOMPARE(job.picture->seed->number(), 0);
    QCOMPARE(job.picture->id, job.pictureId);
    QCOMPARE(job.picture->size, QSize(1664, 928));
    QVERIFY(bench.queue.jobs().isEmpty());
    const auto pictures = loadAll(bench.library);
    QVERIFY(pictures);
    QCOMPARE(pictures->size(), 1);
}

// The server looks into the ledger's file when the POST arrives: the row is there and says so.
void JobQueueTest::committedBeforeThePost()
{
    QTemporaryDir folder;
    const QString file = folder.path() + u"/data/ledger.sqlite"_s;
    QList<QVariantList> found;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest() || peer.request().method != "POST")
            return;
        found = rows(file, u"SELECT state, parameters FROM jobs"_s);
        peer.send(httpAnswer(200, samplePicture()));
    });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    submit(bench.queue, {sampleRequest()}, server.endpoint());
    QVERIFY(idle.wait());
    server.stop();
    QCOMPARE(server.posts(), 1);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().first().toString(), u"sending"_s);
    QCOMPARE(found.first().last().toByteArray(), sampleRequest().body());
    QCOMPARE(server.requests().first().body, sampleRequest().body());
}

void JobQueueTest::keepsToOrderAndLimit()
{
    QTemporaryDir folder;
    std::mutex mutex;
    std::condition_variable released;
    int open = 0;
    int most = 0;
    int allowed = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        {
            std::unique_lock lock(mutex);
            most = std::max(most, ++open);
            released.wait_for(lock, 10s, [&] { return allowed > 0; });
            --allowed;
            --open;
        }
        peer.send(httpAnswer(200, samplePicture()));
    });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(3);
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    submit(bench.queue, batch(8), server.endpoint());
    for (int i = 0; i < 8; ++i) {
        const auto full = [&] {
            const std::lock_guard lock(mutex);
            return allowed == 0 && open == std::min(3, 8 - i);
        };
        QTRY_VERIFY(full());
        if (i < 5)
            QCOMPARE(bench.queue.waitingCount(), 5 - i);
        const std::lock_guard lock(mutex);
        ++allowed;
        released.notify_one();
    }
    QVERIFY(idle.wait());
    server.stop();
    QCOMPARE(most, 3);
    QCOMPARE(server.posts(), 8);
    QSet<QByteArray> firstThree;
    for (int i = 0; i < 3; ++i)
        firstThree.insert(server.requests().at(i).body);
    for (const Request& request : batch(3))
        QVERIFY(firstThree.contains(request.body()));
}

void JobQueueTest::cancelIsFree()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.stall();
    });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    const auto ids = submit(bench.queue, batch(2), server.endpoint());
    QTRY_COMPARE(bench.queue.inFlightCount(), 1);
    QSignalSpy removed(&bench.queue, &JobQueue::jobRemoved);
    bench.queue.cancel({ids.first()}); // it is out: not to be cancelled
    QCOMPARE(removed.count(), 0);
    bench.queue.cancel({ids.last()});
    QCOMPARE(bench.queue.waitingCount(), 0); // at once
    QTRY_COMPARE(removed.count(), 1);
    QCOMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(bench.queue.moneyInFlight(), Money::fromUsd(0.121));
    QCOMPARE(bench.queue.moneyWaiting(), Money());
    QTRY_COMPARE(server.posts(), 1);
}

// The slot of a job that failed must not be given to one that is about to be cancelled.
void JobQueueTest::cancelledTogetherNoneIsSent()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(401, R"({"error":"bad key"})"));
    });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    QList<JobId> ids;
    connect(&bench.queue, &JobQueue::jobChanged, this, [&](const Job& job) {
        if (job.state == JobState::Refused)
            bench.queue.cancel(ids);
    });
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    ids = submit(bench.queue, batch(5), server.endpoint());
    QVERIFY(idle.wait());
    QCOMPARE(bench.queue.jobs().size(), 1);
    server.stop();
    QCOMPARE(server.posts(), 1);
}

void JobQueueTest::refusedKeepsItsRequest()
{
    QTemporaryDir folder;
    std::atomic<int> calls = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        peer.send(++calls == 1 ? httpAnswer(406, R"({"error":"Insufficient credits"})")
                               : httpAnswer(200, samplePicture(), {"x-cost: 0.1"}));
    });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    const auto ids = submit(bench.queue, {sampleRequest()}, server.endpoint());
    QVERIFY(idle.wait());
    const Job* job = bench.queue.job(ids.first());
    QVERIFY(job);
    QCOMPARE(job->state, JobState::Refused);
    QCOMPARE(job->error.kind, ErrorKind::InsufficientCredits);
    QVERIFY(job->request == sampleRequest());

    QList<Job> filed;
    connect(&bench.queue, &JobQueue::jobChanged, this, [&](const Job& changed) {
        if (changed.state == JobState::Filed)
            filed.append(changed);
    });
    sendAgain(bench.queue, ids.first());
    QVERIFY(!bench.queue.job(ids.first()));
    QTRY_COMPARE(filed.size(), 1);
    QVERIFY(filed.first().request == sampleRequest());
    QVERIFY(filed.first().priceConfirmed);
    QCOMPARE(filed.first().price, Money::fromUsd(0.1));
    server.stop();
    QCOMPARE(server.posts(), 2);
}

void JobQueueTest::noLedgerNoPost()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) { peer.readRequest(); });
    Bench bench(folder.path());
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    // Another program takes the database's write lock and keeps it.
    QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
    other.setDatabaseName(folder.path() + u"/data/ledger.sqlite"_s);
    QVERIFY(other.open());
    QVERIFY(QSqlQuery(other).exec(u"BEGIN EXCLUSIVE"_s));
    const auto ids = submit(bench.queue, {sampleRequest()}, server.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(bench.queue.job(ids.first())->state, JobState::Failed, 30000);
    QCOMPARE(bench.queue.job(ids.first())->error.kind, ErrorKind::DatabaseError);
    other.close();
    other = {};
    QSqlDatabase::removeDatabase(u"other"_s);
    server.stop();
    QCOMPARE(server.posts(), 0);
}

void JobQueueTest::noRoomForThePicture()
{
    QTemporaryDir folder;
    const QString blocked = folder.filePath(u"blocked"_s);
    RawServer server([blocked](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        // From here on a file where the library should be: nothing can be written below it.
        QFile::rename(blocked, blocked + u" away"_s);
        QFile file(blocked);
        if (file.open(QIODevice::WriteOnly))
            peer.send(httpAnswer(200, samplePicture()));
    });
    JobId id = 0;
    {
        Bench bench(folder.path(), blocked);
        bench.add(server.endpoint());
        QVERIFY(bench.restore());
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        id = submit(bench.queue, {sampleRequest()}, server.endpoint()).first();
        QTRY_VERIFY(bench.queue.job(id)->error != Error{});
        const Job* job = bench.queue.job(id);
        QCOMPARE(job->state, JobState::Received);
        QVERIFY(!idle.isEmpty() || idle.wait());
        QFile kept(job->spoolPath);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), samplePicture());
    }
    // The next start finds room and files it by itself, for no money.
    QVERIFY(QFile::remove(blocked));
    QVERIFY(QFile::rename(blocked + u" away"_s, blocked));
    Bench bench(folder.path(), blocked);
    bench.add(server.endpoint());
    QList<Job> filed;
    connect(&bench.queue, &JobQueue::jobChanged, this, [&](const Job& changed) {
        if (changed.state == JobState::Filed)
            filed.append(changed);
    });
    QVERIFY(bench.restore());
    QTRY_COMPARE(filed.size(), 1);
    QCOMPARE(filed.first().id, id);
    QTRY_VERIFY(QDir(folder.path() + u"/data/kept"_s).isEmpty());
    server.stop();
    QCOMPARE(server.posts(), 1);
}

void JobQueueTest::nextStart()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (peer.connection() == 1)
            peer.stall();
        else
            peer.send(httpAnswer(200, samplePicture()));
    });
    QList<JobId> ids;
    {
        Bench bench(folder.path());
        bench.add(server.endpoint());
        QVERIFY(bench.restore());
        bench.queue.setLimit(1);
        ids = submit(bench.queue, batch(3), server.endpoint());
        QTRY_COMPARE(server.connections(), 1);
        QTRY_COMPARE(server.posts(), 1);
    }
    std::optional<Bench> second(std::in_place, folder.path());
    Bench& bench = *second;
    bench.add(server.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 3);
    QCOMPARE(bench.queue.job(ids[0])->state, JobState::Unknown);
    QCOMPARE(bench.queue.job(ids[0])->error.kind, ErrorKind::ProgramEnded);
    QCOMPARE(bench.queue.onHoldCount(), 2);
    // A new one goes at once; the held ones only when they are let go.
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    submit(bench.queue, {sampleRequest(u"new"_s, 7)}, server.endpoint());
    QVERIFY(idle.wait());
    QCOMPARE(bench.queue.onHoldCount(), 2);
    QCOMPARE(server.posts(), 2);
    release(bench.queue);
    QTRY_COMPARE(bench.queue.jobs().size(), 1);
    QCOMPARE(server.posts(), 4);
    // What was dismissed does not come back.
    bench.queue.dismiss({ids[0]});
    QVERIFY(bench.queue.jobs().isEmpty());
    second.reset();
    Bench third(folder.path());
    QVERIFY(third.restore());
    QVERIFY(third.queue.jobs().isEmpty());
}

void JobQueueTest::jobsStayWithTheirEndpoint()
{
    QTemporaryDir folder;
    auto service = practice(0ms, "k1");
    QVERIFY(service);
    RawServer paid([](RawServer::Peer& peer) { peer.readRequest(); });
    Bench bench(folder.path());
    bench.add(paid.endpoint());
    QVERIFY(bench.restore());
    const auto ids = submit(bench.queue, {sampleRequest()}, service->endpoint());
    QTRY_COMPARE(bench.queue.job(ids.first())->state, JobState::Failed);
    QCOMPARE(bench.queue.job(ids.first())->error.kind, ErrorKind::NoSuchService);
    // Still not served: nothing happens, and that is said.
    Sender sender(bench.queue, bench.library);
    std::optional<Error> objection;
    sender.planAgain(ids, this, [&](const SendPlan& plan) {
        objection = plan.objection;
        QVERIFY(!sender.send(plan));
    });
    QTRY_VERIFY(objection);
    QCOMPARE(objection->kind, ErrorKind::NoSuchService);
    QVERIFY(bench.queue.job(ids.first()));
    paid.stop();
    QCOMPARE(paid.posts(), 0);
    QCOMPARE(service->postCount(), 0);
}

void JobQueueTest::learnsHowLongItTakes()
{
    ExpectedTime times;
    const Request thirty = sampleRequest();
    const Request ten = sampleRequest(u"x"_s, 1, {{u"steps"_s, 10}});
    const Request square = sampleRequest(u"x"_s, 1, {{u"aspect_ratio"_s, u"1:1"_s}});
    QCOMPARE(times.estimate(thirty, false), 28400ms);
    QCOMPARE(times.estimate(thirty, true), 3000ms);
    for (const auto time : {20s, 90s, 22s})
        times.learn(thirty, false, time);
    QCOMPARE(times.estimate(thirty, false), 22s);
    QCOMPARE(times.estimate(square, false), 22s); // like steps
    QCOMPARE(times.estimate(ten, false), 28400ms);
    QCOMPARE(times.estimate(thirty, true), 3000ms);
    times.learn(square, false, 10s);
    QCOMPARE(times.estimate(square, false), 10s);
    for (int i = 0; i < 20; ++i)
        times.learn(thirty, false, 5s); // old calls are forgotten
    QCOMPARE(times.estimate(thirty, false), 5s);
}

SEEDBOOK_TEST(JobQueueTest, QGuiApplication)

} // namespace seedbook::jobQueueTest

#include "JobQueueTest.moc"
