#include "support/Finding.h"
#include "support/Orders.h"
#include "support/Samples.h"
#include "support/TestProgram.h"
#include "widgets/common/MessageLine.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/compose/GenerateButton.h"
#include "widgets/compose/PromptEdit.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace seedbook::composeLimitsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Panel
{
    explicit Panel(ComposePanel::Mode mode)
        : panel(test::models())
        , sent(&panel, &ComposePanel::generateRequested)
    {
        panel.setMode(mode);
        panel.resize(320, 700);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the panel's window did not become active");
        prompt()->setText(u"x"_s);
    }
    [[nodiscard]] PromptEdit* prompt() const { return named<PromptEdit>(panel, u"Prompt"_s); }
    [[nodiscard]] GenerateButton* button() const
    {
        return named<GenerateButton>(panel, u"Generate"_s);
    }
    [[nodiscard]] QList<Request> takeSent() { return takeRequests(sent); }

    ComposePanel panel;
    QSignalSpy sent;
};

} // namespace

// What is typed is what is sent; or nothing is sent, and why is said.
class ComposeLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesBeyondTheLimitAreNotSent_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("words");
        QTest::newRow("60") << u"60"_s << u"Images: use 1 to 20."_s;
        QTest::newRow("0") << u"0"_s << u"Images: use 1 to 20."_s;
        QTest::newRow("-5") << u"-5"_s << u"Images: use 1 to 20."_s;
        QTest::newRow("huge") << u"12345678901234567890"_s << u"Images: use 1 to 20."_s;
        QTest::newRow("1.5") << u"1.5"_s << u"Images: use a whole number from 1 to 20."_s;
        QTest::newRow("no number") << u"1x1"_s << u"Images: use 1 to 20."_s;
    }

    void imagesBeyondTheLimitAreNotSent()
    {
        QFETCH(QString, typed);
        QFETCH(QString, words);
        Panel p(ComposePanel::Mode::Paid);
        auto* images = named<QSpinBox>(p.panel, u"Images"_s);
        auto* line = images->findChild<QLineEdit*>();
        images->setFocus();
        line->selectAll();
        QTest::keyClicks(line, typed);
        QCOMPARE(line->text(), typed);
        QCOMPARE(messages(p.panel), QStringList{words});
        QVERIFY2(!p.button()->text().contains(u'$'), qPrintable(p.button()->text()));
        QCOMPARE(p.button()->text(), u"Images: use 1 to 20"_s);
        QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
        QTest::mouseClick(p.button(), Qt::LeftButton);
        // Nor after the box was left, where it stays to be seen; whatever else is changed.
        p.prompt()->setFocus();
        QVERIFY(!images->hasFocus());
        QCOMPARE(line->text(), typed);
        QTest::keyClicks(p.prompt(), u"y"_s);
        QCOMPARE(messages(p.panel), QStringList{words});
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(line->text(), typed);
        QVERIFY(images->hasFocus());
        QCOMPARE(messages(p.panel), QStringList{words});

        line->selectAll();
        QTest::keyClicks(line, u"12"_s);
        QCOMPARE(messages(p.panel), QStringList());
        QCOMPARE(p.button()->text(), u"Generate 12 · ≈$1.45"_s);
        QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(p.takeSent().size(), 12);
    }

    // Back to the number that was on the way there: no signal of the box tells.
    void aDigitTakenBackIsSent()
    {
        Panel p(ComposePanel::Mode::Practice);
        auto* line = named<QSpinBox>(p.panel, u"Images"_s)->findChild<QLineEdit*>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, u"60"_s);
        QVERIFY(!p.button()->isEnabled());
        QTest::keyClick(line, Qt::Key_Backspace);
        QCOMPARE(messages(p.panel), QStringList());
        QCOMPARE(p.button()->text(), u"Generate 6 · practice"_s);
        QVERIFY(p.button()->isEnabled());
        p.panel.generate();
        QCOMPARE(p.takeSent().size(), 6);
    }

    void noNumberIsNotTheOldOne()
    {
        Panel p(ComposePanel::Mode::Practice);
        auto* images = named<QSpinBox>(p.panel, u"Images"_s);
        auto* line = images->findChild<QLineEdit*>();
        images->setValue(20);
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QCOMPARE(messages(p.panel), QStringList()); // about to be typed
        QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(messages(p.panel), QStringList{u"Images: use 1 to 20."_s});
        p.prompt()->setFocus(); // an empty box shows its number again when it is left
        QCOMPARE(line->text(), u"20"_s);
    }

    void fieldsBeyondTheirLimitAreNotSent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("words");
        QTest::newRow("Steps") << u"Steps"_s << u"60"_s << u"Steps: use 1 to 50."_s;
        QTest::newRow("Steps, a half")
            << u"Steps"_s << u"2.5"_s << u"Steps: use a whole number from 1 to 50."_s;
        QTest::newRow("Guidance") << u"Guidance"_s << u"25"_s << u"Guidance: use 1 to 20."_s;
        QTest::newRow("Guidance, too fine")
            << u"Guidance"_s << u"3.55555"_s << u"Guidance: use 1 to 20 with at most 3 decimals."_s;
        QTest::newRow("Quality, folded")
            << u"Quality"_s << u"950"_s << u"Quality: use 10 to 100."_s;
        QTest::newRow("Seed") << u"Seed"_s << u"2147483648"_s << u"Seed: use 0 to 2147483647."_s;
        QTest::newRow("Seed, below") << u"Seed"_s << u"-7"_s << u"Seed: use 0 to 2147483647."_s;
        QTest::newRow("Seed, a half")
            << u"Seed"_s << u"12.5"_s << u"Seed: use a whole number from 0 to 2147483647."_s;
    }

    void fieldsBeyondTheirLimitAreNotSent()
    {
        QFETCH(QString, name);
        QFETCH(QString, typed);
        QFETCH(QString, words);
        Panel p(ComposePanel::Mode::Paid);
        auto* box = named<QAbstractSpinBox>(p.panel, name);
        auto* line = box->findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(line, typed);
        QCOMPARE(line->text(), typed);
        QCOMPARE(messages(p.panel), QStringList{words});
        QVERIFY2(p.button()->text().startsWith(name), qPrintable(p.button()->text()));
        QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
        p.prompt()->setFocus();
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(line->text(), typed);
        QVERIFY(box->isVisible() && box->hasFocus());
        QCOMPARE(messages(p.panel), QStringList{words});

        line->selectAll();
        QTest::keyClicks(line, u"17"_s);
        QCOMPARE(messages(p.panel), QStringList());
        QCOMPARE(p.button()->text(), u"Generate · ≈$0.12"_s);
        p.panel.generate();
        const Request request = p.takeSent().first();
        QCOMPARE(request.parameters()[name.toLower()].toInt(), 17);

        // What comes from an image takes the place of what cannot be used.
        line->selectAll();
        QTest::keyClicks(line, typed);
        p.panel.useAll(u"qwen-image"_s, request.parameters());
        QCOMPARE(line->text().toDouble(), 17.0);
        QCOMPARE(messages(p.panel), QStringList());
        p.panel.generate();
        QCOMPARE(p.takeSent().first().parameters(), request.parameters());
    }
};

SEEDBOOK_TEST(ComposeLimitsTest, QApplication)

} // namespace seedbook::composeLimitsTest

#include "ComposeLimitsTest.moc"
