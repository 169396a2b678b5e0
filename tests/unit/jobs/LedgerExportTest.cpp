#include "jobs/Ledger.h"
#include "jobs/SpendingLog.h"
#include "support/PaidBench.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::ledgerExportTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class LedgerExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noCommitWaitsForIt();
};

void LedgerExportTest::noCommitWaitsForIt()
{
    constexpr int count = 100'000;
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"ledger.sqlite"_s);
    Ledger ledger(file);
    QVERIFY(await(ledger.load(models())));
    Job job{.request = sampleRequest()};
    job.id = 1;
    job.pictureId = QUuid::createUuid();
    job.endpoint = u"segmind"_s;
    job.created = QDateTime::currentDateTimeUtc();
    QVERIFY(await(ledger.insert({job})));
    sql(file, u"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
              " INSERT INTO jobs (id, picture_id, model, parameters, seed, endpoint, practice,"
              " state, created_ms, expected_ms, price_micros) SELECT i, 'picture ' || i, model,"
              " parameters, i, endpoint, 0, 'filed', created_ms, expected_ms, price_micros"
              " FROM n, jobs WHERE jobs.id = 1"_s.arg(count));

    const QString path = folder.filePath(u"out.csv"_s);
    const auto before =
        ledger.reader().run([](Database& /*database*/) -> Result<void> { return {}; });
    const auto written = SpendingLog(ledger).exportCsv({}, path);
    QVERIFY(await(before)); // so the export is next on its thread, if not under way
    job.state = JobState::Sending;
    job.sent = QDateTime::currentDateTimeUtc();
    QVERIFY(await(ledger.update(job)));
    QVERIFY2(!written.isFinished(), "the commit waited for the export");

    const auto done = await(written, 60'000);
    QVERIFY(done);
    QCOMPARE(*done, count);
    QCOMPARE(contents(path).count("\r\n"), count + 1);
}

SEEDBOOK_TEST(LedgerExportTest, QCoreApplication)

} // namespace seedbook::ledgerExportTest

#include "LedgerExportTest.moc"
