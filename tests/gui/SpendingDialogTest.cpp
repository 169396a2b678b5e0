#include "widgets/spending/SpendingDialog.h"

#include "jobs/SpendingLog.h"
#include "support/Finding.h"
#include "support/LongLedger.h"
#include "support/TestProgram.h"
#include "widgets/spending/SpendingModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace seedbook::spendingDialogTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class SpendingDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void modelFetchesInPages();
    void dialog();

private:
    std::unique_ptr<LongLedger> m_bench;
};

void SpendingDialogTest::init()
{
    m_bench = std::make_unique<LongLedger>();
    QVERIFY(m_bench->fill());
}

void SpendingDialogTest::modelFetchesInPages()
{
    SpendingModel model(SpendingLog(m_bench->ledger));
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
    QTRY_COMPARE(model.rowCount(), LongLedger::count);
    QCOMPARE(inserted.size(), 3); // 200, 200 and 50: never all at once
    // The answer to an older question is dropped.
    model.setFilter({});
    model.setFilter({.states = {u"unknown"_s}});
    QTRY_COMPARE(model.rowCount(), 45);
    QCOMPARE(model.index(0, SpendingModel::State).data().toString(), u"Outcome unknown"_s);
}

void SpendingDialogTest::dialog()
{
    SpendingDialog dialog(m_bench->ledger);
    dialog.show();
    auto* sums = named<QLabel>(dialog, u"Totals"_s);
    QVERIFY(sums);
    QTRY_VERIFY(sums->text().contains(u"450"_s));
    auto* status = named<QComboBox>(dialog, u"Status"_s);
    QVERIFY(status);
    status->setCurrentIndex(status->findText(u"Outcome unknown"_s));
    QTRY_VERIFY(sums->text().startsWith(u"45 requests · "_s));
    const QString path = m_bench->folder.filePath(u"unknown.csv"_s);
    dialog.exportTo(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 46);
}

SEEDBOOK_TEST(SpendingDialogTest, QApplication)

} // namespace seedbook::spendingDialogTest

#include "SpendingDialogTest.moc"
