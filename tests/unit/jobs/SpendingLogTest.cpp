#include "jobs/SpendingLog.h"

#include "support/LongLedger.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <memory>

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

private:
    static constexpr int count = LongLedger::count;
    [[nodiscard]] SpendingLog log() { return SpendingLog(m_bench->ledger); }

    std::unique_ptr<LongLedger> m_bench;
};

void SpendingLogTest::init()
{
    m_bench = std::make_unique<LongLedger>();
    QVERIFY(m_bench->fill());
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
    const QString path = m_bench->folder.filePath(u"out.csv"_s);
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

SEEDBOOK_TEST(SpendingLogTest, QCoreApplication)

} // namespace seedbook::spendingLogTest

#include "SpendingLogTest.moc"
