#include "jobs/Ledger.h"

#include "support/PaidBench.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace seedbook::ledgerTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

Job jobOf(JobId id)
{
    Job job{.request = sampleRequest()};
    job.id = id;
    job.pictureId = QUuid::createUuid();
    job.endpoint = u"segmind"_s;
    job.created = QDateTime::currentDateTimeUtc();
    return job;
}

Job sending(Job job)
{
    job.state = JobState::Sending;
    job.sent = QDateTime::currentDateTimeUtc();
    return job;
}

} // namespace

// What is written while the disk is busy goes together, and as if it had gone one by one.
class LedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger = std::make_unique<Ledger>(path());
    }
    void cleanup()
    {
        m_ledger.reset();
        m_folder.reset();
    }

    void whatWaitsGoesInOneTransaction();
    void whatComesLaterIsWrittenLater();
    void oneThatFailsDoesNotKeepTheOthers();
    void allAreToldOfAFileThatDoesNotOpen();
    void noneIsDismissedWhereOneCannotBe();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"ledger.sqlite"_s); }
    // As a slow disk does.
    void hold()
    {
        (void)m_ledger->thread().run([this](Database& /*database*/) -> Result<void> {
            m_held.acquire();
            return {};
        });
    }
    [[nodiscard]] JobState stateOf(JobId id)
    {
        const auto state = await(m_ledger->load(models()));
        for (const Job& job : state ? state->jobs : QList<Job>()) {
            if (job.id == id)
                return job.state;
        }
        return JobState::Cancelled; // it has no tile
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
    QSemaphore m_held;
};

void LedgerTest::whatWaitsGoesInOneTransaction()
{
    constexpr int count = 60;
    constexpr qint64 frame = 4096 + 24; // of the write-ahead log: one at least for each commit
    QList<Job> jobs;
    for (JobId id = 1; id <= count; ++id)
        jobs.append(jobOf(id));
    QVERIFY(await(m_ledger->insert(jobs)));
    const qint64 before = QFileInfo(path() + u"-wal"_s).size();
    hold();
    QList<QFuture<Result<void>>> written;
    for (const Job& job : jobs)
        written.append(m_ledger->update(sending(job)));
    QVERIFY(!written.last().isFinished());
    m_held.release();
    for (const QFuture<Result<void>>& one : written)
        QVERIFY(await(one));
    QVERIFY(QFileInfo(path() + u"-wal"_s).size() - before < count * frame);
    for (const Job& job : jobs)
        QCOMPARE(stateOf(job.id), JobState::Sending);
}

void LedgerTest::whatComesLaterIsWrittenLater()
{
    const Job first = jobOf(1);
    const Job second = jobOf(2);
    QVERIFY(await(m_ledger->insert({first})));
    hold();
    (void)m_ledger->update(sending(first));
    (void)m_ledger->insert({second});
    const auto later = m_ledger->update(sending(second));
    (void)m_ledger->dismiss({1});
    Job back = sending(first);
    back.state = JobState::Unknown;
    const auto last = m_ledger->update(back);
    m_held.release();
    QVERIFY(await(later));
    QVERIFY(await(last));
    QCOMPARE(stateOf(2), JobState::Sending);
    QCOMPARE(stateOf(1), JobState::Cancelled); // put away
}

void LedgerTest::oneThatFailsDoesNotKeepTheOthers()
{
    const QList<Job> jobs{jobOf(1), jobOf(2), jobOf(3)};
    QVERIFY(await(m_ledger->insert(jobs)));
    sql(path(), u"CREATE TRIGGER no BEFORE UPDATE ON jobs WHEN NEW.id = 2"
                " BEGIN SELECT RAISE(ABORT, 'not this one'); END"_s);
    hold();
    QList<QFuture<Result<void>>> written;
    for (const Job& job : jobs)
        written.append(m_ledger->update(sending(job)));
    m_held.release();
    QVERIFY(await(written.at(0)));
    const auto refused = await(written.at(1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseError);
    QVERIFY(await(written.at(2)));
    QCOMPARE(stateOf(1), JobState::Sending);
    QCOMPARE(stateOf(2), JobState::Waiting);
    QCOMPARE(stateOf(3), JobState::Sending);
}

void LedgerTest::allAreToldOfAFileThatDoesNotOpen()
{
    put(m_folder->filePath(u"file"_s), "no folder");
    Ledger ledger(m_folder->filePath(u"file/ledger.sqlite"_s));
    const auto one = ledger.update(sending(jobOf(1)));
    const auto two = ledger.update(sending(jobOf(2)));
    QVERIFY(!await(one));
    QVERIFY(!await(two));
    QVERIFY(!await(ledger.update(sending(jobOf(3)))));
}

void LedgerTest::noneIsDismissedWhereOneCannotBe()
{
    Job failed = jobOf(1);
    failed.state = JobState::Failed;
    QVERIFY(m_ledger->insert({failed, jobOf(2)}).result());
    const auto refused = m_ledger->dismissEnded({1, 2}).result();
    QVERIFY(refused);
    QCOMPARE(refused->size(), 1);
    QCOMPARE(refused->first().id, JobId(2));
    QCOMPARE(refused->first().state, u"waiting"_s);
    QCOMPARE(askLedger(path(), u"SELECT id FROM jobs WHERE dismissed"_s), QStringList());
    QVERIFY(m_ledger->dismissEnded({1}).result()->isEmpty());
    QCOMPARE(askLedger(path(), u"SELECT id FROM jobs WHERE dismissed"_s), QStringList{u"1"_s});
}

SEEDBOOK_TEST(LedgerTest, QCoreApplication)

} // namespace seedbook::ledgerTest

#include "LedgerTest.moc"
