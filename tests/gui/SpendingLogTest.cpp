#include "jobs/SpendingLog.h"

#include "jobs/Ledger.h"
#include "support/GallerySamples.h"
#include "support/TestProgram.h"
#include "widgets/spending/SpendingDialog.h"
#include "widgets/spending/SpendingModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::spendingLogTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class SpendingLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pagesAndFilters_data();
    void pagesAndFilters();
    void sums();
    void csv();
    void csvCells_data();
    void csvCells();
    void exportThatFails();
    void modelFetchesInPages();
    void dialog();

private:
    static constexpr int count = 450;
    [[nodiscard]] SpendingLog log() { return SpendingLog(*m_ledger); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

// 450 jobs: every tenth unknown, every ninth refused, every fourth practice, the others filed.
void SpendingLogTest::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_ledger = std::make_unique<Ledger>(m_folder->filePath(u"ledger.sqlite"_s));
    QVERIFY(await(m_ledger->load(models())));
    QList<Job> jobs;
    for (JobId id = 1; id <= count; ++id) {
        Job job = sampleJob(id, JobState::Filed, {},
            id == 7 ? u"=a \"fox\", 50% 狐\nin the snow"_s : u"a harbour"_s);
        job.practice = id % 4 == 0;
        job.created = QDateTime::currentDateTimeUtc().addDays(-(id % 40));
        job.sent = job.created;
        job.ended = job.sent.addSecs(28);
        job.price = job.expectedPrice = job.practice ? Money() : Money::fromUsd(0.121);
        if (id % 10 == 0)
            job.state = JobState::Unknown;
        else if (id % 9 == 0)
            job.state = JobState::Refused;
        jobs.append(job);
    }
    QVERIFY(await(m_ledger->insert(jobs)));
    QVERIFY(await(m_ledger->update(jobs)));
    QVERIFY(await(m_ledger->note({7, 10}, Action::TryAgain)));
    QVERIFY(await(m_ledger->note({7}, Action::LetBe)));
}

void SpendingLogTest::pagesAndFilters_data()
{
    QTest::addColumn<SpendingFilter>("filter");
    QTest::addColumn<int>("rows");
    const QDate today = QDateTime::currentDateTimeUtc().toLocalTime().date();
    QTest::newRow("all") << SpendingFilter{} << count;
    QTest::newRow("unknown") << SpendingFilter{.states = {u"unknown"_s}} << 45;
    QTest::newRow("practice") << SpendingFilter{.kind = SpendingFilter::Kind::Practice} << 112;
    QTest::newRow("paid") << SpendingFilter{.kind = SpendingFilter::Kind::Paid} << count - 112;
    QTest::newRow("a day") << SpendingFilter{.from = today, .to = today} << 11;
    QTest::newRow("words with marks") << SpendingFilter{.text = u"\"FOX\", 50%"_s} << 1;
    QTest::newRow("Chinese") << SpendingFilter{.text = u"狐"_s} << 1;
    QTest::newRow("a seed") << SpendingFilter{.text = u"1013"_s} << 1;
    QTest::newRow("a pattern is no pattern") << SpendingFilter{.text = u"%"_s} << 1;
    QTest::newRow("nothing") << SpendingFilter{.text = u"' OR 1=1 --"_s} << 0;
}

void SpendingLogTest::pagesAndFilters()
{
    QFETCH(SpendingFilter, filter);
    QFETCH(int, rows);
    QList<qint64> ids;
    qint64 before = 0;
    for (;;) {
        const auto page = await(log().page(filter, before, 100));
        QVERIFY(page);
        for (const SpendingRow& row : *page)
            ids.append(row.id);
        if (page->size() < 100)
            break;
        before = page->last().id;
    }
    QCOMPARE(ids.size(), rows);
    QVERIFY(std::ranges::is_sorted(ids, std::ranges::greater()));
    QCOMPARE(await(log().sums(filter))->jobs, rows);
}

void SpendingLogTest::sums()
{
    const auto sums = await(log().sums({}));
    QVERIFY(sums);
    Money paid;
    Money unknown;
    for (JobId id = 1; id <= count; ++id) {
        if (id % 4 == 0)
            continue;
        if (id % 10 == 0)
            unknown += Money::fromUsd(0.121);
        else if (id % 9 != 0)
            paid += Money::fromUsd(0.121);
    }
    QCOMPARE(sums->paid, paid);
    QCOMPARE(sums->unknown, unknown);
}

void SpendingLogTest::csv()
{
    const QString path = m_folder->filePath(u"out.csv"_s);
    const auto written = await(log().exportCsv({}, path));
    QVERIFY(written);
    QCOMPARE(*written, count);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("\xef\xbb\xbf"
                             "id,"));
    QCOMPARE(bytes.count("\r\n"), count + 1);
    // No formula, quotation marks doubled, the line break inside the cell.
    QVERIFY(bytes.contains("\"'=a \"\"fox\"\", 50% 狐\nin the snow\""));
    QVERIFY(bytes.contains("\"try again, let it be\""));
}

void SpendingLogTest::csvCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << u"a fox"_s << QByteArray("a fox");
    QTest::newRow("comma") << u"a, b"_s << QByteArray("\"a, b\"");
    QTest::newRow("marks") << u"a \"b\""_s << QByteArray("\"a \"\"b\"\"\"");
    QTest::newRow("formula") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("at") << u"@x"_s << QByteArray("'@x");
    QTest::newRow("a number") << u"-1.5"_s << QByteArray("-1.5");
    QTest::newRow("empty") << QString() << QByteArray();
}

void SpendingLogTest::csvCells()
{
    QFETCH(QString, text);
    QTEST(csvCell(text), "cell");
}

void SpendingLogTest::exportThatFails()
{
    const auto written = await(log().exportCsv({}, u"/nowhere at all/out.csv"_s));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::DiskError);
}

void SpendingLogTest::modelFetchesInPages()
{
    SpendingModel model(log());
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setFilter({});
    QTRY_VERIFY(model.rowCount() > 0);
    while (model.canFetchMore({})) {
        const int before = model.rowCount();
        model.fetchMore({});
        QTRY_VERIFY(model.rowCount() > before || !model.canFetchMore({}));
    }
    QTRY_COMPARE(model.rowCount(), count);
    QCOMPARE(inserted.size(), 3); // 200, 200 and 50: never all at once
    // The answer to an older question is dropped.
    model.setFilter({});
    model.setFilter({.states = {u"unknown"_s}});
    QTRY_COMPARE(model.rowCount(), 45);
    QCOMPARE(model.index(0, SpendingModel::State).data().toString(), u"Outcome unknown"_s);
}

void SpendingLogTest::dialog()
{
    SpendingDialog dialog(*m_ledger);
    dialog.show();
    QLabel* sums = nullptr;
    for (QLabel* label : dialog.findChildren<QLabel*>()) {
        if (label->accessibleName() == u"Sums"_s)
            sums = label;
    }
    QVERIFY(sums);
    QTRY_VERIFY(sums->text().contains(u"450"_s));
    for (QComboBox* box : dialog.findChildren<QComboBox*>()) {
        if (box->accessibleName() == u"State"_s)
            box->setCurrentIndex(box->findText(u"Outcome unknown"_s));
    }
    QTRY_VERIFY(sums->text().startsWith(u"45 "_s));
    const QString path = m_folder->filePath(u"unknown.csv"_s);
    dialog.exportTo(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 46);
}

SEEDBOOK_TEST(SpendingLogTest, QApplication)

} // namespace seedbook::spendingLogTest

#include "SpendingLogTest.moc"
