#include "widgets/common/TypedBox.h"

#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "support/Finding.h"
#include "support/TestProgram.h"
#include "widgets/common/MessageLine.h"
#include "widgets/settings/SettingsDialog.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

namespace seedbook::typedBoxTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

void type(QLineEdit* line, const QString& text)
{
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

// A box, and something else that can have the focus.
struct Bench
{
    Bench()
    {
        auto* column = new QVBoxLayout(&window);
        column->addWidget(&box);
        column->addWidget(&other);
        box.setRange(1, 20);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no window");
    }

    QWidget window;
    CountBox box;
    QLineEdit other;
};

} // namespace

class TypedBoxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedStays()
    {
        Bench bench;
        for (const QString& typed : {u"60"_s, u"0"_s, u"-5"_s, u"1.5"_s, u"1,5"_s, u"12x"_s,
                 u"99999999999999999999"_s, u"1e400"_s}) {
            bench.box.setValue(7);
            QVERIFY(!bench.box.wrong(u"Images"_s));
            type(bench.box.line(), typed);
            QCOMPARE(bench.box.line()->text(), typed);
            QVERIFY2(bench.box.wrong(u"Images"_s), qPrintable(typed));
            QTest::keyClick(bench.box.line(), Qt::Key_Return);
            QCOMPARE(bench.box.line()->text(), typed);
            bench.other.setFocus();
            QCOMPARE(bench.box.line()->text(), typed);
            bench.box.hide();
            bench.box.show();
            QCOMPARE(bench.box.line()->text(), typed);
            // Another window comes in front while it is being typed.
            type(bench.box.line(), typed);
            QWidget another;
            another.show();
            another.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&another));
            QVERIFY(!bench.box.isActiveWindow());
            QCOMPARE(bench.box.line()->text(), typed);
            bench.window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&bench.window));
            QCOMPARE(bench.box.line()->text(), typed);
            QVERIFY2(bench.box.wrong(u"Images"_s), qPrintable(typed));
            QCOMPARE(bench.box.wrong(u"Images"_s)->label, u"Images: use 1 to 20"_s);
        }
        // A number that is set, even the one it had, takes its place.
        bench.box.setValue(bench.box.value());
        QVERIFY(!bench.box.wrong(u"Images"_s));
        // So does a step.
        type(bench.box.line(), u"60"_s);
        bench.box.stepBy(1);
        QVERIFY(!bench.box.wrong(u"Images"_s));
        QCOMPARE(bench.box.line()->text(), QString::number(bench.box.value()));
    }

    void whatIsRightIsTaken()
    {
        Bench bench;
        QSignalSpy changed(&bench.box, &QSpinBox::valueChanged);
        type(bench.box.line(), u"12"_s);
        QCOMPARE(bench.box.value(), 12);
        QVERIFY(!bench.box.wrong(u"Images"_s));
        bench.other.setFocus();
        QCOMPARE(bench.box.line()->text(), u"12"_s);
        QCOMPARE(changed.last().first().toInt(), 12);
    }

    void aMegabyteIsNotPutIn()
    {
        Bench bench;
        bench.box.setValue(7);
        bench.box.line()->setFocus();
        bench.box.line()->insert(QString(1 << 20, u'7'));
        QCOMPARE(bench.box.line()->text(), u"7"_s);
    }

    void settingsTakeTheNearest_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("words");
        QTest::addColumn<double>("nearest");
        QTest::newRow("at once") << u"Requests at once"_s << u"60"_s
                                 << u"Requests at once: use 1 to 6."_s << 6.0;
        QTest::newRow("per minute") << u"Requests per minute"_s << u"1000"_s
                                    << u"Requests per minute: use 0 to 600."_s << 600.0;
        QTest::newRow("below") << u"Requests per minute"_s << u"-3"_s
                               << u"Requests per minute: use 0 to 600."_s << 0.0;
        QTest::newRow("cap") << u"Daily cap"_s << u"250000"_s
                             << u"Daily cap: use 0.01 to 99999.99."_s << 99999.99;
        QTest::newRow("no cap") << u"Daily cap"_s << u"0"_s << u"Daily cap: use 0.01 to 99999.99."_s
                                << 0.01;
        QTest::newRow("fractions of a cent")
            << u"Cap per Generate"_s << u"1.239"_s
            << u"Cap per Generate: use 0.01 to 99999.99 with at most 2 decimals."_s << 1.24;
        QTest::newRow("port") << u"Proxy port"_s << u"80800"_s << u"Proxy port: use 1 to 65535."_s
                              << 65535.0;
    }

    void settingsTakeTheNearest()
    {
        QFETCH(QString, name);
        QFETCH(QString, typed);
        QFETCH(QString, words);
        QFETCH(double, nearest);
        QTemporaryDir home;
        Settings settings(home.filePath(u"seedbook.conf"_s));
        settings.setCap(Cap::PerSend, Money::fromUsd(1));
        settings.setCap(Cap::PerDay, Money::fromUsd(5));
        ProxyChoice proxy = settings.proxy();
        proxy.mode = ProxyChoice::Mode::Manual;
        settings.setProxy(proxy);
        KeyStore keys(u"https://api.example.org"_s, ApiKey("SG_test"));
        SettingsDialog dialog(settings, keys, {}, home.path());
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* box = named<QAbstractSpinBox>(dialog, name);
        QVERIFY(box);
        auto* pages = dialog.findChild<QTabWidget*>();
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->widget(i)->isAncestorOf(box))
                pages->setCurrentIndex(i);
        }
        auto* line = box->findChild<QLineEdit*>();
        type(line, typed);
        QVERIFY2(line->text().endsWith(typed), qPrintable(line->text()));
        const auto says = [&dialog] {
            QStringList said;
            for (const MessageLine* message : dialog.findChildren<MessageLine*>()) {
                if (message->isVisible())
                    said.append(message->text());
            }
            return said;
        };
        QVERIFY2(says().contains(words), qPrintable(says().join(u" | "_s)));
        pages->setFocus(); // it was left
        QVERIFY(!box->hasFocus());
        QCOMPARE(box->property("value").toDouble(), nearest);
        QVERIFY2(!line->text().endsWith(typed), qPrintable(line->text()));
        if (name == u"Requests at once"_s)
            QCOMPARE(settings.jobsAtOnce(), 6);
        else if (name == u"Requests per minute"_s)
            QCOMPARE(double(settings.requestsPerMinute()), nearest);
        else if (name == u"Daily cap"_s)
            QCOMPARE(settings.cap(Cap::PerDay)->usd(), nearest);
        else if (name == u"Cap per Generate"_s)
            QCOMPARE(settings.cap(Cap::PerSend)->usd(), nearest);
        else
            QCOMPARE(int(settings.proxy().port), 65535);
    }
};

SEEDBOOK_TEST(TypedBoxTest, QApplication)

} // namespace seedbook::typedBoxTest

#include "TypedBoxTest.moc"
