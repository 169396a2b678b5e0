#include "metadata/PictureMetadata.h"
#include "support/OtherModels.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

namespace seedbook::senderTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

Request fox(qint64 seed = 7)
{
    return sampleRequest(u"a fox"_s, seed);
}

RawServer::Script answering(const QByteArray& answer)
{
    return [answer](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(answer);
        peer.close();
    };
}

// Of a model without a seed.
Request chance()
{
    return *Request::make(withoutSeed(), {{u"prompt"_s, u"a fox"_s}});
}

QStringList ask(const PaidBench& bench, const QString& query)
{
    return askLedger(bench.data + u"/ledger.sqlite"_s, query);
}

// What is found of these, as it is when the answer comes.
SendPlan find(PaidBench& bench, const QList<Request>& requests)
{
    QList<Intent> intents;
    for (const Request& request : requests)
        intents.append({request});
    std::optional<SendPlan> found;
    bench.sender.plan(intents, &bench.queue, [&](const SendPlan& plan) { found = plan; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(found, 20000); }();
    return found.value_or(SendPlan{});
}

Standing standing(PaidBench& bench, const Request& request)
{
    return find(bench, {request}).items.first().standing;
}

// As Generate does it: what is fresh is sent. What became of that.
Result<QList<JobId>> press(
    PaidBench& bench, const QList<Request>& requests, const QSet<Standing>& anyway = {})
{
    QList<Intent> intents;
    for (const Request& request : requests)
        intents.append({request});
    std::optional<Result<QList<JobId>>> sent;
    bench.sender.plan(intents, &bench.queue, [&](const SendPlan& plan) {
        sent = bench.sender.send(anyway.isEmpty() ? plan : bench.sender.anyway(plan, anyway));
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(sent, 20000); }();
    return sent.value_or(Error{});
}

} // namespace

// The one door for money: who asks, when, from what state, and how many POSTs come of it.
class SenderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void sentOnce();
    void laterItIsNoLongerTrue();
    void anOtherTargetVoidsIt();
    void onItsWay();
    void receivedAndNotFiled();
    void unknownIsAskedAbout();
    void onHoldIsLetGoOn();
    void aReleaseIsForOneEndpoint();
    void whatIsThereStaysOnHold();
    void filesTellWhatIsThere();
    void practiceIsApart();
    void theBestIsShown();
    void twiceInOnePlan();
    void drawnSeedsWaitForNothing();
    void aCapStopsAll();
    void sendAgainIsOneAct();
    void aFailedOneBesideAnUnknownOne();
    void cancelledBeforeItsRowWasThere();
    void toldPrices_data();
    void toldPrices();
    void aModelThatIsGone();
    void theServicesOwnSeed();
    void withoutASeedNothingIsThere();
    void withoutASeedAnUnknownOneIsSentAgain();

private:
    [[nodiscard]] QString path() const { return m_folder->path(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SenderTest::sentOnce()
{
    SwiftService service({.delay = 5ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    int answers = 0;
    bench.sender.plan({{fox()}}, this, [&](const SendPlan& plan) {
        ++answers;
        QCOMPARE(plan.fresh(), 1);
        QCOMPARE(plan.price, Money::fromUsd(0.121));
        QVERIFY(bench.sender.send(plan));
        const auto again = bench.sender.send(plan);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::TargetChanged);
    });
    QTRY_COMPARE(answers, 1);
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(service.posts().size(), 1);
}

void SenderTest::laterItIsNoLongerTrue()
{
    SwiftService service({.delay = 5ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    const SendPlan kept = find(bench, {fox()});
    QCOMPARE(kept.fresh(), 1);
    const auto sent = bench.sender.send(kept);
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::TargetChanged);
    QVERIFY(bench.queue.jobs().isEmpty());
    QVERIFY(service.posts().isEmpty());
}

// Neither what was asked for the one endpoint, nor what was offered of it, goes to the other.
void SenderTest::anOtherTargetVoidsIt()
{
    SwiftService practice({.delay = 5ms});
    SwiftService paid({.delay = 5ms});
    const Endpoint free = Endpoint::practice(quint16(practice.endpoint().url({}).port()));
    PaidBench bench(path(), paid.endpoint());
    SegmindService drawing(free, [] { return ApiKey("a-test-key"); });
    bench.queue.addService(drawing);
    QVERIFY(bench.restore());
    bench.sender.setTarget(free);
    QVERIFY(press(bench, {fox()}));
    QTRY_COMPARE(bench.filed.size(), 1);
    const SendPlan offered = bench.sender.rest(find(bench, {fox()}));
    QCOMPARE(offered.count(Standing::There), 1);

    int answers = 0;
    bench.sender.plan({{fox()}, {fox(8)}}, this, [&](const SendPlan& plan) {
        ++answers;
        QCOMPARE(plan.endpoint, free.name());
        const auto sent = bench.sender.send(plan);
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, ErrorKind::TargetChanged);
    });
    bench.sender.setTarget(paid.endpoint()); // a key is saved in this moment
    QTRY_COMPARE(answers, 1);
    QVERIFY(!bench.sender.send(bench.sender.anyway(offered, {Standing::There})));
    QVERIFY(bench.queue.jobs().isEmpty());
    QVERIFY(paid.posts().isEmpty());
    QCOMPARE(practice.posts().size(), 1);
}

void SenderTest::onItsWay()
{
    SwiftService service({.delay = 300ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    QVERIFY(press(bench, {fox(1), fox(2)}));
    QTRY_COMPARE(service.posts().size(), 1);
    QCOMPARE(standing(bench, fox(1)), Standing::Out);
    QCOMPARE(standing(bench, fox(2)), Standing::Waiting);
    QVERIFY(press(bench, {fox(1), fox(2)})->isEmpty());
    QTRY_COMPARE(bench.filed.size(), 2);
    QTRY_VERIFY(bench.queue.jobs().isEmpty());
    QVERIFY(press(bench, {fox(1), fox(2)})->isEmpty());
    QCOMPARE(service.posts().size(), 2);
}

void SenderTest::receivedAndNotFiled()
{
    SwiftService service({.delay = 200ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    const JobId id = submit(bench.queue, {fox()}, service.endpoint()).first();
    QTRY_COMPARE(service.posts().size(), 1);
    QVERIFY(QDir(path() + u"/library"_s).removeRecursively());
    put(path() + u"/library"_s, "no folder");
    QTRY_VERIFY(bench.queue.job(id)->error != Error{});
    QCOMPARE(bench.queue.job(id)->state, JobState::Received);
    QCOMPARE(standing(bench, fox()), Standing::Received);
    QVERIFY(press(bench, {fox()})->isEmpty());
    QCOMPARE(service.posts().size(), 1);
}

// On its tile, after it was put away, and after a restart.
void SenderTest::unknownIsAskedAbout()
{
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (peer.readRequest() && peer.request().method == "POST" && ++posts > 1)
            peer.send(httpAnswer(200, samplePicture()));
        peer.close();
    });
    {
        PaidBench bench(path(), server.endpoint());
        QVERIFY(bench.restore());
        const JobId id = submit(bench.queue, {fox()}, server.endpoint()).first();
        QTRY_COMPARE(bench.queue.job(id)->state, JobState::Unknown);
        const SendPlan plan = find(bench, {fox()});
        QCOMPARE(plan.items.first().standing, Standing::Unknown);
        QCOMPARE(plan.items.first().job, id);
        QVERIFY(press(bench, {fox()})->isEmpty());
        bench.queue.dismiss({id});
        QCOMPARE(standing(bench, fox()), Standing::Unknown);
    }
    PaidBench bench(path(), server.endpoint());
    QVERIFY(bench.restore());
    QVERIFY(bench.queue.jobs().isEmpty());
    QCOMPARE(standing(bench, fox()), Standing::Unknown);
    QCOMPARE(posts, 1);
    // A person's own act, and the ledger says so.
    QCOMPARE(press(bench, {fox()}, {Standing::Unknown})->size(), 1);
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(posts, 2);
    QTRY_COMPARE(ask(bench, u"SELECT job, action FROM actions ORDER BY id"_s),
        (QStringList{u"1, let it be"_s, u"2, run anyway"_s}));
    QTRY_COMPARE(standing(bench, fox()), Standing::There);
}

void SenderTest::onHoldIsLetGoOn()
{
    SwiftService service({.delay = 5ms});
    JobId onHold = 0;
    {
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        onHold = submit(bench.queue, {fox(1), fox(2)}, service.endpoint()).first();
        QTRY_VERIFY(bench.queue.job(onHold)->committed);
    }
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(standing(bench, fox(1)), Standing::OnHold);
    QVERIFY(press(bench, {fox(1)})->isEmpty());
    QCOMPARE(bench.queue.onHoldCount(), 2);
    QCOMPARE(press(bench, {fox(1)}, {Standing::OnHold}).value(), QList{onHold});
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(bench.filed.first().id, onHold);
    QCOMPARE(bench.queue.onHoldCount(), 1); // the other stays
    QCOMPARE(service.posts().size(), 1);
    QVERIFY(ask(bench, u"SELECT job, action FROM actions"_s).isEmpty()); // no second payment
}

void SenderTest::aReleaseIsForOneEndpoint()
{
    SwiftService one({.delay = 5ms});
    SwiftService other({.delay = 5ms});
    const auto start = [&](PaidBench& bench, SegmindService& second) {
        bench.queue.addService(second);
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
    };
    SegmindService second(other.endpoint(), [] { return ApiKey("a-test-key"); });
    {
        PaidBench bench(path(), one.endpoint());
        start(bench, second);
        submit(bench.queue, {fox(1)}, one.endpoint());
        const auto ids = submit(bench.queue, {fox(2), fox(3)}, other.endpoint());
        QTRY_VERIFY(bench.queue.job(ids.last())->committed);
    }
    PaidBench bench(path(), one.endpoint());
    start(bench, second);
    bench.queue.resumeAll();
    QCOMPARE(bench.queue.onHoldSums().at(other.endpoint().name()).count, 2);
    QCOMPARE(bench.queue.onHoldSums().at(other.endpoint().name()).price, Money::fromUsd(0.242));
    QCOMPARE(bench.queue.moneyWaiting(), Money());
    int answers = 0;
    bench.sender.planRelease(one.endpoint().name(), this, [&](const SendPlan& plan) {
        ++answers;
        QCOMPARE(plan.fresh(), 1);
        QCOMPARE(plan.price, Money::fromUsd(0.121));
        QVERIFY(bench.sender.send(plan));
    });
    QTRY_COMPARE(answers, 1);
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(bench.queue.onHoldCount(), 2);
    QCOMPARE(one.posts().size(), 1);
    QVERIFY(other.posts().isEmpty());
}

// It was sent by hand meanwhile, and came.
void SenderTest::whatIsThereStaysOnHold()
{
    SwiftService service({.delay = 5ms});
    {
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        const auto ids = submit(bench.queue, {fox(1), fox(2)}, service.endpoint());
        QTRY_VERIFY(bench.queue.job(ids.last())->committed);
    }
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    submit(bench.queue, {fox(1)}, service.endpoint());
    QTRY_COMPARE(bench.filed.size(), 1);
    int answers = 0;
    bench.sender.planRelease(service.endpoint().name(), this, [&](const SendPlan& plan) {
        ++answers;
        QCOMPARE(plan.fresh(), 1);
        QCOMPARE(plan.count(Standing::There), 1);
        QVERIFY(bench.sender.send(plan));
    });
    QTRY_COMPARE(answers, 1);
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(bench.queue.onHoldCount(), 1);
    QCOMPARE(service.postsBySeed().value(1), 1);
    QCOMPARE(service.postsBySeed().value(2), 1);
    // A person may want it all the same: that is an act, and the ledger says so.
    const JobId onHold = bench.queue.onHold(service.endpoint().name()).first();
    bench.sender.planRelease(service.endpoint().name(), this, [&](const SendPlan& plan) {
        ++answers;
        QVERIFY(bench.sender.send(bench.sender.anyway(plan, {Standing::There})));
    });
    QTRY_COMPARE(answers, 2);
    QTRY_COMPARE(bench.filed.size(), 3);
    QCOMPARE(service.postsBySeed().value(1), 2);
    QTRY_COMPARE(ask(bench, u"SELECT job, action FROM actions"_s),
        QStringList{u"%1, run anyway"_s.arg(onHold)});
}

// Moved by hand while no window ran; without its index; without the ledger that knew of it; on
// another computer with the same library. Deleted it may be made again.
void SenderTest::filesTellWhatIsThere()
{
    SwiftService service({.delay = 5ms});
    QString file;
    {
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        QVERIFY(press(bench, {fox()}));
        QTRY_COMPARE(bench.filed.size(), 1);
        QCOMPARE(standing(bench, fox()), Standing::There);
        // While it runs: what the index knows is out of date, and nothing watches.
        file = bench.filed.first().picture->path;
        const QString moved = path() + u"/library/kept/dusk.png"_s;
        QVERIFY(QDir().mkpath(path() + u"/library/kept"_s) && QFile::rename(file, moved));
        const SendPlan plan = find(bench, {fox()});
        QCOMPARE(plan.items.first().standing, Standing::There);
        QCOMPARE(plan.items.first().picture->path, moved);
        QVERIFY(QFile::rename(moved, file));
    }
    for (const QString& lost : {u"cache"_s, u"data"_s}) {
        QVERIFY(QDir(path() + u'/' + lost).removeRecursively());
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        QCOMPARE(standing(bench, fox()), Standing::There);
        QVERIFY(press(bench, {fox()})->isEmpty());
    }
    QCOMPARE(service.posts().size(), 1);
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    QCOMPARE(standing(bench, fox()), Standing::There);
    // The library's disk is away, and its empty place is there: what the index knows counts.
    const QString library = path() + u"/library"_s;
    QVERIFY(QDir().rename(library, path() + u"/away"_s) && QDir().mkpath(library));
    QCOMPARE(standing(bench, fox()), Standing::There);
    QVERIFY(QDir().rmdir(library) && QDir().rename(path() + u"/away"_s, library));
    QVERIFY(QFile::remove(file));
    QCOMPARE(standing(bench, fox()), Standing::Fresh);
}

void SenderTest::practiceIsApart()
{
    SwiftService practice({.delay = 5ms});
    SwiftService paid({.delay = 5ms});
    const Endpoint free = Endpoint::practice(quint16(practice.endpoint().url({}).port()));
    PaidBench bench(path(), paid.endpoint());
    SegmindService drawing(free, [] { return ApiKey("a-test-key"); });
    bench.queue.addService(drawing);
    QVERIFY(bench.restore());
    bench.sender.setTarget(free);
    QVERIFY(press(bench, {fox()}));
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(standing(bench, fox()), Standing::There);
    bench.sender.setTarget(paid.endpoint());
    QCOMPARE(standing(bench, fox()), Standing::Fresh);
    QVERIFY(press(bench, {fox()}));
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(standing(bench, fox()), Standing::There);
    QCOMPARE(practice.posts().size(), 1);
    QCOMPARE(paid.posts().size(), 1);
}

void SenderTest::theBestIsShown()
{
    SwiftService service({.delay = 5ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(press(bench, {fox()}, {Standing::There}));
        QTRY_COMPARE(bench.filed.size(), i + 1);
        QTRY_VERIFY(bench.queue.jobs().isEmpty());
    }
    const auto shown = [&bench] { return find(bench, {fox()}).items.first().picture; };
    const auto id = [&bench](int i) { return bench.filed.at(i).picture->id; };
    const auto rate = [&bench](int i, int rating) {
        const PicturePtr picture = bench.filed.at(i).picture;
        bench.library.setRating({picture}, rating);
        QTRY_COMPARE(await(bench.library.find({picture->id}))->first()->rating, rating);
    };
    QCOMPARE(shown()->id, id(2)); // the newest
    rate(0, 4);
    rate(2, 2);
    QCOMPARE(shown()->id, id(0)); // the best
    rate(0, -1);
    QCOMPARE(shown()->id, id(2));
    rate(1, -1);
    rate(2, -1);
    QCOMPARE(shown()->id, id(2)); // rejected, and there all the same
    QCOMPARE(shown()->rating, -1);
    QVERIFY(press(bench, {fox()})->isEmpty());
    QCOMPARE(service.posts().size(), 3);
}

void SenderTest::twiceInOnePlan()
{
    SwiftService service({.delay = 5ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    const SendPlan plan = find(bench, {fox(1), fox(2), fox(1)});
    QCOMPARE(plan.fresh(), 2);
    QCOMPARE(plan.items.last().standing, Standing::Repeated);
    QCOMPARE(plan.price, Money::fromUsd(0.242));
    QCOMPARE(press(bench, {fox(1), fox(2), fox(1)})->size(), 2);
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(service.posts().size(), 2);
}

// A library of a million has not been looked through: nothing of a new seed can be in it.
void SenderTest::drawnSeedsWaitForNothing()
{
    SwiftService service({.delay = 5ms});
    put(path() + u"/cache"_s, "no folder, so that there is no index");
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    int answers = 0;
    bench.sender.plan({{fox(), {}, 0, true}}, this, [&](const SendPlan& plan) {
        ++answers;
        QVERIFY(bench.sender.send(plan));
    });
    QTRY_COMPARE(answers, 1);
    QTRY_COMPARE(service.posts().size(), 1);
    // Of one that was given nobody can tell: it is not sent, and the reason is said.
    const auto sent = press(bench, {fox(8)});
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(service.posts().size(), 1);
}

// Nothing of a plan that passes a cap is sent, and what was on hold stays on hold.
void SenderTest::aCapStopsAll()
{
    SwiftService service({.delay = 5ms});
    {
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        bench.queue.pauseAll();
        const auto ids = submit(bench.queue, {fox(1)}, service.endpoint());
        QTRY_VERIFY(bench.queue.job(ids.last())->committed);
    }
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setCaps({{}, Money::fromUsd(0.2), {}});
    const JobId onHold = bench.queue.onHold(service.endpoint().name()).first();
    std::optional<Result<QList<JobId>>> sent;
    bench.sender.plan({{fox(1), {}, onHold}, {fox(2)}}, this, [&](const SendPlan& plan) {
        QCOMPARE(plan.fresh(), 2);
        QVERIFY(plan.objection);
        sent = bench.sender.send(plan);
    });
    QTRY_VERIFY(sent);
    QCOMPARE(sent->error().kind, ErrorKind::CapReached);
    QCOMPARE(bench.queue.onHoldCount(), 1);
    QCOMPARE(bench.queue.jobs().size(), 1);
    // On hold it counts for nothing: another one fits.
    QVERIFY(press(bench, {fox(2)}));
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(service.posts().size(), 1);
}

// Of an unknown one, of a failed one; not of one whose picture is there by now.
void SenderTest::sendAgainIsOneAct()
{
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest() || peer.request().method != "POST") {
            peer.close();
            return;
        }
        switch (++posts) {
        case 1: // no answer
            break;
        case 2:
            peer.send(httpAnswer(500, {}));
            break;
        default:
            peer.send(httpAnswer(200, samplePicture()));
        }
        peer.close();
    });
    PaidBench bench(path(), server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setLimit(1);
    const auto ids = submit(bench.queue, {fox(1), fox(2)}, server.endpoint());
    QTRY_COMPARE(bench.queue.job(ids[0])->state, JobState::Unknown);
    QTRY_COMPARE(bench.queue.job(ids[1])->state, JobState::Failed);
    const auto again = [&](const QList<JobId>& asked) {
        std::optional<SendPlan> found;
        bench.sender.planAgain(asked, this, [&](const SendPlan& plan) {
            found = plan;
            QVERIFY(bench.sender.send(plan));
        });
        [&] { QTRY_VERIFY(found); }();
        return *found;
    };
    QCOMPARE(bench.sender.priceOfAgain(ids), Money::fromUsd(0.242));
    QCOMPARE(again({ids[0], ids[1]}).fresh(), 2);
    QVERIFY(!bench.queue.job(ids[0]) && !bench.queue.job(ids[1])); // the old tiles go
    QTRY_COMPARE(bench.filed.size(), 2);
    QCOMPARE(posts, 4);
    QTRY_COMPARE(ask(bench, u"SELECT job, action FROM actions ORDER BY job"_s),
        (QStringList{u"1, send again"_s, u"2, try again"_s}));

    // Its tile stands, and the picture came another way.
    RawServer silent([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.close();
    });
    SegmindService other(silent.endpoint(), [] { return ApiKey("a-test-key"); });
    bench.queue.addService(other);
    const JobId lost = submit(bench.queue, {fox(3)}, silent.endpoint()).first();
    QTRY_COMPARE(bench.queue.job(lost)->state, JobState::Unknown);
    Picture picture;
    picture.id = QUuid::createUuid();
    picture.created = QDateTime::currentDateTimeUtc();
    picture.modelId = fox(3).model().id();
    picture.parameters = fox(3).parameters();
    picture.prompt = fox(3).prompt();
    picture.endpoint = silent.endpoint().name();
    put(path() + u"/library/brought.png"_s, embedRecord(samplePicture(), picture, u"x"_s).file);
    bench.library.rescan();
    QSignalSpy scanned(&bench.library, &Library::scanned);
    QVERIFY(scanned.wait());
    QCOMPARE(again({lost}).count(Standing::There), 1);
    QVERIFY(bench.queue.job(lost));
    QCOMPARE(silent.posts(), 1);
}

// Both tiles are chosen, and both are of one request: what is sent again is the one that may have
// been paid, and the ledger says so.
void SenderTest::aFailedOneBesideAnUnknownOne()
{
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (peer.readRequest() && peer.request().method == "POST" && ++posts != 2)
            peer.send(posts == 1 ? httpAnswer(500, {}) : httpAnswer(200, samplePicture()));
        peer.close();
    });
    PaidBench bench(path(), server.endpoint());
    QVERIFY(bench.restore());
    const JobId failed = submit(bench.queue, {fox()}, server.endpoint()).first();
    QTRY_COMPARE(bench.queue.job(failed)->state, JobState::Failed);
    const JobId unknown = submit(bench.queue, {fox()}, server.endpoint()).first();
    QTRY_COMPARE(bench.queue.job(unknown)->state, JobState::Unknown);
    // Alone the failed one is not free any more.
    std::optional<SendPlan> found;
    const auto take = [&](const SendPlan& plan) {
        found = plan;
        QVERIFY(bench.sender.send(plan));
    };
    bench.sender.planAgain({failed}, this, take);
    QTRY_VERIFY(found);
    QCOMPARE(found->items.first().standing, Standing::Unknown);
    found.reset();
    bench.sender.planAgain({failed, unknown}, this, take);
    QTRY_VERIFY(found);
    QCOMPARE(found->fresh(), 1);
    QCOMPARE(found->items.first().standing, Standing::Repeated);
    QTRY_COMPARE(bench.filed.size(), 1);
    QCOMPARE(posts, 3);
    QTRY_COMPARE(ask(bench, u"SELECT job, action FROM actions"_s),
        QStringList{u"%1, send again"_s.arg(unknown)});
}

void SenderTest::cancelledBeforeItsRowWasThere()
{
    SwiftService service({.delay = 5ms});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    QSignalSpy removed(&bench.queue, &JobQueue::jobRemoved);
    QSignalSpy idle(&bench.queue, &JobQueue::idle);
    const auto ids = submit(bench.queue, {fox(1), fox(2)}, service.endpoint());
    bench.queue.cancel({ids.first()});
    QCOMPARE(bench.queue.waitingCount(), 1); // at once
    QTRY_COMPARE(bench.filed.size(), 1);
    QVERIFY(!idle.isEmpty() || idle.wait());
    QCOMPARE(removed.size(), 1);
    QCOMPARE(service.postsBySeed().value(1), 0);
    QCOMPARE(service.posts().size(), 1);
    QTRY_COMPARE(ask(bench, u"SELECT state FROM jobs ORDER BY id"_s),
        (QStringList{u"cancelled"_s, u"filed"_s}));
}

void SenderTest::toldPrices_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("row");  // state and price in the ledger
    QTest::addColumn<qint64>("after"); // the estimate, in micro-dollars
    QTest::addColumn<int>("posts");    // of five presses under a cap of two estimates
    const QByteArray picture = samplePicture();
    QTest::newRow("nothing") << httpAnswer(200, picture, {"x-cost: 0"}) << u"filed, 0"_s
                             << qint64(121'000) << 5;
    QTest::newRow("less") << httpAnswer(200, picture, {"x-cost: 0.001"}) << u"filed, 1000"_s
                          << qint64(121'000) << 5;
    QTest::newRow("more") << httpAnswer(200, picture, {"x-cost: 0.13"}) << u"filed, 130000"_s
                          << qint64(130'000) << 1;
    QTest::newRow("not told") << httpAnswer(200, picture) << u"filed, 121000"_s << qint64(121'000)
                              << 2;
    // It says what was taken, though there is no picture.
    QTest::newRow("an error in a 200") << httpAnswer(200, R"({"error":"NSFW"})", {"x-cost: 0.2"})
                                       << u"unknown, 200000"_s << qint64(200'000) << 1;
}

void SenderTest::toldPrices()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, row);
    QFETCH(qint64, after);
    QFETCH(int, posts);
    RawServer server(answering(answer));
    PaidBench bench(path(), server.endpoint());
    QVERIFY(bench.restore());
    bench.queue.setCaps({{}, Money::fromUsd(0.242), {}});
    int sent = 0;
    for (int i = 0; i < 5; ++i) {
        const auto ids = press(bench, {fox(10 + i)});
        if (!ids)
            continue;
        ++sent;
        const JobId id = ids->first();
        QTRY_VERIFY(!bench.queue.job(id) || isEnded(bench.queue.job(id)->state));
        QTRY_VERIFY(bench.queue.isIdle());
        if (i == 0)
            QCOMPARE(ask(bench, u"SELECT state, price_micros FROM jobs"_s), QStringList{row});
    }
    QCOMPARE(bench.queue.estimate(fox()).micros(), after);
    QCOMPARE(sent, posts);
}

// The ledger's row is enough to ask after it, to file it, to count it and to show it.
void SenderTest::aModelThatIsGone()
{
    SwiftService service({.delay = 400ms});
    QList<JobId> ids;
    {
        PaidBench bench(path(), service.endpoint(), Transport::Recoverable);
        QVERIFY(bench.restore());
        bench.queue.setLimit(2);
        ids = submit(bench.queue, {fox(1), fox(2), fox(3)}, service.endpoint());
        QTRY_COMPARE(bench.queue.recoverableCount(), 2);
    }
    const QString ledger = path() + u"/data/ledger.sqlite"_s;
    sql(ledger, u"UPDATE jobs SET model = 'of-last-year' WHERE id <> 2"_s);
    // A value that the model does not take any more.
    sql(ledger, u"UPDATE jobs SET parameters = json_set(parameters, '$.steps', 77) WHERE id = 2"_s);
    PaidBench bench(path(), service.endpoint(), Transport::Recoverable);
    QVERIFY(bench.restore());
    QCOMPARE(bench.queue.jobs().size(), 3);
    QCOMPARE(bench.queue.budget().spentInAll(), Money::fromUsd(0.242));
    QCOMPARE(bench.queue.job(ids[0])->request.prompt(), u"a fox"_s);
    QCOMPARE(bench.queue.job(ids[0])->request.model().title(), u"of-last-year"_s);
    QTRY_COMPARE(bench.filed.size(), 2);
    for (const Job& job : bench.filed) {
        QCOMPARE(job.picture->prompt, u"a fox"_s);
        QCOMPARE(job.picture->seed, Seed::fromNumber(job.id));
        const auto metadata = readPictureMetadata(job.picture->path);
        QVERIFY(metadata && metadata->own);
        const Picture read = toPicture(*metadata, job.picture->path, 0, {});
        QCOMPARE(read.modelId, job.id == ids[1] ? u"qwen-image"_s : u"of-last-year"_s);
        QCOMPARE(read.parameters, job.request.parameters());
    }
    // What waits is not sent: nobody knows where to.
    std::optional<Result<QList<JobId>>> sent;
    bench.sender.planRelease(service.endpoint().name(), this,
        [&](const SendPlan& plan) { sent = bench.sender.send(plan); });
    QTRY_VERIFY(sent);
    QCOMPARE(sent->error().kind, ErrorKind::UnknownModel);
    QCOMPARE(bench.queue.onHoldCount(), 1);
    QCOMPARE(service.posts().size(), 2);
}

void SenderTest::theServicesOwnSeed()
{
    RawServer server(answering(httpAnswer(200, samplePicture(), {"X-Seed-Value: 4711"})));
    PaidBench bench(path(), server.endpoint());
    QVERIFY(bench.restore());
    QVERIFY(press(bench, {fox()}));
    QTRY_COMPARE(bench.filed.size(), 1);
    const auto told = Seed::fromNumber(4711);
    QCOMPARE(bench.filed.first().reportedSeed, told);
    QCOMPARE(bench.filed.first().picture->reportedSeed, told);
    QTRY_COMPARE(ask(bench, u"SELECT seed, reported_seed FROM jobs"_s), QStringList{u"7, 4711"_s});
    const QString file = bench.filed.first().picture->path;
    QCOMPARE(toPicture(*readPictureMetadata(file), file, 0, {}).reportedSeed, told);
    const auto known = await(bench.library.find({bench.filed.first().pictureId}));
    QVERIFY(known && known->first());
    QCOMPARE(known->first()->reportedSeed, told);
}

// Equal requests make other pictures: each is sent, whatever is there, on its way, or unknown.
void SenderTest::withoutASeedNothingIsThere()
{
    std::atomic<int> asked = 0;
    SwiftService service({.delay = 5ms, .fate = [&asked](const QByteArray&) {
                              return ++asked == 3 ? SwiftService::Fate::Nothing
                                                  : SwiftService::Fate::Picture;
                          }});
    {
        PaidBench bench(path(), service.endpoint());
        QVERIFY(bench.restore());
        const SendPlan both = find(bench, {chance(), chance()});
        QCOMPARE(both.fresh(), 2);
        QCOMPARE(both.price, Money::fromUsd(0.1));
        QCOMPARE(press(bench, {chance(), chance()})->size(), 2);
        QCOMPARE(standing(bench, chance()), Standing::Fresh); // while they are out
        QTRY_COMPARE(bench.filed.size(), 2);
        QTRY_VERIFY(bench.queue.isIdle());
        QCOMPARE(standing(bench, chance()), Standing::Fresh);
        const JobId third = press(bench, {chance()})->first();
        QTRY_COMPARE(bench.queue.job(third)->state, JobState::Unknown);
        QCOMPARE(standing(bench, chance()), Standing::Fresh);
        QVERIFY(bench.queue.alike(chance().identity(), service.endpoint().name()).isEmpty());

        // Nobody has a seed, in the ledger and on disk too.
        QCOMPARE(ask(bench, u"SELECT DISTINCT seed, identity FROM jobs"_s), QStringList{u"-1, "_s});
        const QStringList files = filesIn(bench.library.folder()).filter(u"a-fox"_s);
        QCOMPARE(files.size(), 2);
        for (const Job& job : std::as_const(bench.filed)) {
            QVERIFY(!job.picture->seed);
            QVERIFY(job.picture->seedText().isEmpty());
            const QString mark = job.picture->id.toString(QUuid::WithoutBraces).left(8);
            QVERIFY(job.picture->path.endsWith(u"a-fox "_s + mark + u".png"_s));
            const auto metadata = readPictureMetadata(job.picture->path);
            QVERIFY(metadata);
            const Picture read = toPicture(*metadata, job.picture->path, 0, {});
            QCOMPARE(read.recordId, job.pictureId);
            QVERIFY(!read.seed);
        }
    }
    PaidBench next(path(), service.endpoint());
    QVERIFY(next.restore());
    QCOMPARE(standing(next, chance()), Standing::Fresh);
    QCOMPARE(next.queue.jobs().size(), 1);
    QVERIFY(!next.queue.jobs().first().request.seed());
    QCOMPARE(service.posts().size(), 3);
}

// Its own tile is another matter: who sends that again has read that it may have been paid.
void SenderTest::withoutASeedAnUnknownOneIsSentAgain()
{
    std::atomic<int> asked = 0;
    SwiftService service({.delay = 5ms, .fate = [&asked](const QByteArray&) {
                              return ++asked == 1 ? SwiftService::Fate::Nothing
                                                  : SwiftService::Fate::Picture;
                          }});
    PaidBench bench(path(), service.endpoint());
    QVERIFY(bench.restore());
    const JobId id = press(bench, {chance()})->first();
    QTRY_COMPARE(bench.queue.job(id)->state, JobState::Unknown);
    QTRY_VERIFY(bench.queue.canSendAgain(id));
    bool sent = false;
    bench.sender.planAgain({id}, &bench.queue, [&](const SendPlan& plan) {
        sent = bench.sender.send(plan).has_value() && plan.fresh() == 1;
    });
    QTRY_VERIFY(sent);
    QTRY_COMPARE(bench.filed.size(), 1);
    QVERIFY(!bench.queue.job(id)); // its tile went with it
    QCOMPARE(service.posts().size(), 2);
}

SEEDBOOK_TEST(SenderTest, QCoreApplication)

} // namespace seedbook::senderTest

#include "SenderTest.moc"
