#include "jobs/JobQueue.h"
#include "jobs/Ledger.h"
#include "service/SegmindService.h"
#include "support/Orders.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QMutex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::parentsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A library that keeps what it is given.
class Shelf final : public PictureStore
{
public:
    [[nodiscard]] QFuture<Result<PicturePtr>> file(SaveRequest filing) override
    {
        const QMutexLocker lock(&m_mutex);
        filings.append(filing);
        Picture picture = filing.draft;
        picture.path = u"/nowhere/%1.png"_s.arg(filing.draft.sequence);
        Result<PicturePtr> filed(std::make_shared<const Picture>(picture));
        return QtFuture::makeReadyFuture(filed);
    }

    [[nodiscard]] QFuture<Result<PicturePtr>> findFiled(SaveRequest) override
    {
        return QtFuture::makeReadyFuture(Result<PicturePtr>(PicturePtr()));
    }

    [[nodiscard]] QFuture<Result<void>> probe() override
    {
        return QtFuture::makeReadyFuture(Result<void>());
    }

    QList<SaveRequest> filings; // in the order of filing

private:
    QMutex m_mutex;
};

struct Bench
{
    Bench(const QString& folder, const Endpoint& endpoint)
        : ledger(folder + u"/data/ledger.sqlite"_s)
        , service(endpoint, [] { return ApiKey("a-test-key"); })
        , queue(ledger, shelf, folder + u"/data/kept"_s)
    {
        queue.addService(service);
        queue.setLimit(1);
    }
    [[nodiscard]] bool restore()
    {
        QSignalSpy restored(&queue, &JobQueue::restored);
        queue.restore(models());
        return restored.wait();
    }

    Ledger ledger;
    Shelf shelf;
    SegmindService service;
    JobQueue queue;
};

} // namespace

class ParentsTest : public QObject
{
    Q_OBJECT

    const QUuid m_first = QUuid::createUuid();
    const QUuid m_second = QUuid::createUuid();

private Q_SLOTS:
    void travelToTheFilingAndTheLedger()
    {
        RawServer server([](RawServer::Peer& peer) {
            if (peer.readRequest())
                peer.send(httpAnswer(200, samplePicture()));
        });
        QTemporaryDir folder;
        Bench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        submit(bench.queue, {sampleRequest()}, server.endpoint(), {m_first, m_second});
        QVERIFY(idle.wait());
        submit(bench.queue, {sampleRequest(u"another"_s, 5)}, server.endpoint());
        QVERIFY(idle.wait());
        QCOMPARE(bench.shelf.filings.size(), 2);
        QCOMPARE(bench.shelf.filings[0].draft.provenance.parents, (QList{m_first, m_second}));
        QVERIFY(bench.shelf.filings[1].draft.provenance.parents.isEmpty());

        // They have their records.
        QVERIFY(await(bench.ledger.picturesWithoutRecord(models()))->isEmpty());
        const auto forgotten = await(bench.ledger.thread().run([](Database& database) {
            return database.each(u"UPDATE jobs SET record_written = 0"_s, {}, {});
        }));
        QVERIFY(forgotten);
        const auto pictures = await(bench.ledger.picturesWithoutRecord(models()));
        QVERIFY(pictures);
        QCOMPARE(pictures->size(), 2);
        QCOMPARE(pictures->at(0).provenance.parents, (QList{m_first, m_second}));
        QVERIFY(pictures->at(1).provenance.parents.isEmpty());
    }

    void areNoPartOfTheRequest()
    {
        QByteArray body;
        RawServer server([&body](RawServer::Peer& peer) {
            if (!peer.readRequest())
                return;
            if (peer.request().method == "POST") // the balance is asked for, too
                body = peer.request().body;
            peer.send(httpAnswer(200, samplePicture()));
        });
        QTemporaryDir folder;
        Bench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        QSignalSpy idle(&bench.queue, &JobQueue::idle);
        submit(bench.queue, {sampleRequest()}, server.endpoint(), {m_first});
        QVERIFY(idle.wait());
        server.stop();
        QCOMPARE(body, sampleRequest().body());
        QVERIFY(!body.contains(m_first.toString(QUuid::WithoutBraces).toLatin1()));
    }

    // Of three jobs one is out and two wait when the program ends.
    void surviveARestart()
    {
        RawServer server([](RawServer::Peer& peer) {
            if (!peer.readRequest())
                return;
            if (peer.connection() == 1)
                peer.stall();
            else
                peer.send(httpAnswer(200, samplePicture()));
        });
        QTemporaryDir folder;
        QList<JobId> ids;
        {
            Bench bench(folder.path(), server.endpoint());
            QVERIFY(bench.restore());
            ids = submit(bench.queue, {sampleRequest(u"a"_s, 1), sampleRequest(u"b"_s, 2)},
                server.endpoint(), {m_first});
            ids += submit(bench.queue, {sampleRequest(u"c"_s, 3)}, server.endpoint(), {m_second});
            QTRY_COMPARE(server.posts(), 1);
        }
        Bench bench(folder.path(), server.endpoint());
        QVERIFY(bench.restore());
        QCOMPARE(bench.queue.job(ids[0])->state, JobState::Unknown);
        QCOMPARE(bench.queue.job(ids[0])->provenance.parents, QList{m_first});
        QCOMPARE(bench.queue.job(ids[2])->provenance.parents, QList{m_second});
        release(bench.queue);
        QTRY_COMPARE(bench.shelf.filings.size(), 2);
        QCOMPARE(bench.shelf.filings[0].draft.provenance.parents, QList{m_first});
        QCOMPARE(bench.shelf.filings[1].draft.provenance.parents, QList{m_second});
        // Sent again it is another job with the same parents.
        sendAgain(bench.queue, ids[0]);
        QTRY_COMPARE(bench.shelf.filings.size(), 3);
        QCOMPARE(bench.shelf.filings[2].draft.provenance.parents, QList{m_first});
        QVERIFY(bench.shelf.filings[2].draft.sequence > ids[2]);
    }
};

SEEDBOOK_TEST(ParentsTest, QCoreApplication)

} // namespace seedbook::parentsTest

#include "ParentsTest.moc"
