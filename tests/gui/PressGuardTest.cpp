#include "widgets/common/PressGuard.h"

#include "support/TestProgram.h"
#include "widgets/common/ActionButton.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/HeldKeys.h"
#include "widgets/common/MenuGuard.h"
#include "widgets/undo/UndoBar.h"
#include "widgets/window/NoticeBar.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace seedbook::pressGuardTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace std::chrono_literals;

namespace {

// A window with a column of buttons, a hand, and a clock that stands until it is set.
class Bench
{
public:
    explicit Bench(int count = 2)
    {
        auto* column = new QVBoxLayout(&window);
        for (int i = 0; i < count; ++i) {
            auto* button = new QPushButton(u"Button %1"_s.arg(i));
            column->addWidget(button);
            buttons.append(button);
            guard(button);
        }
        column->addWidget(&other);
        column->addStretch(1);
        window.setGeometry(100, 100, 300, 400);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no window");
        settle();
        time += 1s;
    }

    void guard(QAbstractButton* button, QAction* action = nullptr)
    {
        PressGuard::protect(button, action)->setClock([this] { return time; });
    }
    // What is laid out and painted next is.
    static void settle()
    {
        QCoreApplication::sendPostedEvents();
        QTest::qWait(0);
        QCoreApplication::processEvents();
    }
    // The hand goes there, as far as a desktop tells a window.
    void go(const QWidget* widget)
    {
        QCursor::setPos(widget->mapToGlobal(widget->rect().center()));
        QCoreApplication::processEvents();
        stamp += 1000;
    }
    // What the desktop sends to what is under the hand. Returns that.
    QWidget* send(QEvent::Type type, std::chrono::milliseconds after = 10ms)
    {
        stamp += static_cast<quint64>(after.count());
        QWidget* under = window.childAt(window.mapFromGlobal(QCursor::pos()));
        if (!under)
            return nullptr;
        // A button has what was pressed until it is let go of.
        QWidget* receiver = type == QEvent::MouseButtonRelease && grabber ? grabber.data() : under;
        grabber = type == QEvent::MouseButtonRelease ? nullptr : receiver;
        const bool isRelease = type == QEvent::MouseButtonRelease;
        QMouseEvent event(type, receiver->mapFromGlobal(QPointF(QCursor::pos())),
            QPointF(QCursor::pos()), Qt::LeftButton, isRelease ? Qt::NoButton : Qt::LeftButton,
            Qt::NoModifier);
        event.setTimestamp(stamp);
        QCoreApplication::sendEvent(receiver, &event);
        return receiver;
    }
    void click()
    {
        send(QEvent::MouseButtonPress);
        send(QEvent::MouseButtonRelease, 60ms);
    }
    // As a desktop sends it.
    void doubleClick()
    {
        click();
        settle();
        send(QEvent::MouseButtonDblClick, 80ms);
        send(QEvent::MouseButtonRelease, 60ms);
    }
    static void key(QWidget* to, Qt::Key key, QEvent::Type type, bool repeats)
    {
        QKeyEvent event(
            type, key, Qt::NoModifier, key == Qt::Key_Space ? u" "_s : u"\r"_s, repeats);
        QCoreApplication::sendEvent(to, &event);
    }
    // A key that is held down for that many repetitions, as X11 and Wayland send it.
    static void hold(QWidget* to, Qt::Key which, int repetitions)
    {
        key(to, which, QEvent::KeyPress, false);
        for (int i = 0; i < repetitions; ++i) {
            key(to, which, QEvent::KeyRelease, true);
            key(to, which, QEvent::KeyPress, true);
        }
        key(to, which, QEvent::KeyRelease, false);
    }

    std::chrono::milliseconds time{1000};
    quint64 stamp = 1000;
    QWidget window;
    QList<QPushButton*> buttons;
    QLineEdit other;
    QPointer<QWidget> grabber;
};

} // namespace

class PressGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickIsOne()
    {
        Bench bench;
        QSignalSpy clicked(bench.buttons.at(0), &QPushButton::clicked);
        bench.go(bench.buttons.at(0));
        bench.click();
        QCOMPARE(clicked.size(), 1);
        // The next one is meant, once it is no double click any more.
        bench.stamp += 500;
        bench.click();
        QCOMPARE(clicked.size(), 2);
        // So is one after the hand was elsewhere, however quick it is.
        bench.go(bench.buttons.at(1));
        bench.go(bench.buttons.at(0));
        bench.click();
        QCOMPARE(clicked.size(), 3);
    }

    void twoAndThreeAreOne()
    {
        Bench bench;
        QSignalSpy clicked(bench.buttons.at(0), &QPushButton::clicked);
        QSignalSpy pressed(bench.buttons.at(0), &QPushButton::pressed);
        bench.go(bench.buttons.at(0));
        bench.doubleClick();
        QCOMPARE(clicked.size(), 1);
        QVERIFY(!bench.buttons.at(0)->isDown());
        bench.click(); // the third is a press of its own to Qt
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(pressed.size(), 1);
    }

    void aHeldKeyIsOne_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Return") << Qt::Key_Return;
        QTest::newRow("Enter") << Qt::Key_Enter;
        QTest::newRow("Space") << Qt::Key_Space;
    }

    void aHeldKeyIsOne()
    {
        QFETCH(Qt::Key, key);
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        button->setAutoDefault(true); // or Return is not its key
        QSignalSpy clicked(button, &QPushButton::clicked);
        button->setFocus();
        Bench::hold(button, key, 40);
        QCOMPARE(clicked.size(), 1);
        bench.time += 1s;
        Bench::hold(button, key, 0);
        QCOMPARE(clicked.size(), 2);
        // Held down elsewhere, and then the focus comes here.
        bench.other.setFocus();
        Bench::key(&bench.other, key, QEvent::KeyPress, false);
        button->setFocus();
        for (int i = 0; i < 10; ++i)
            Bench::key(button, key, QEvent::KeyPress, true);
        Bench::key(button, key, QEvent::KeyRelease, false);
        QCOMPARE(clicked.size(), 2);
    }

    void otherKeysPass()
    {
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Tab);
        QVERIFY(bench.buttons.at(1)->hasFocus());
    }

    // What slides into the place is not pressed: not by the second half of a double click, and not
    // for a moment after it came.
    void theNeighbourThatSlidesThere()
    {
        Bench bench;
        QPushButton* first = bench.buttons.at(0);
        QPushButton* second = bench.buttons.at(1);
        connect(first, &QPushButton::clicked, first, &QWidget::hide);
        QSignalSpy clicked(second, &QPushButton::clicked);
        bench.go(first);
        bench.doubleClick();
        QVERIFY(first->isHidden());
        QCOMPARE(bench.window.childAt(bench.window.mapFromGlobal(QCursor::pos())), second);
        QVERIFY(clicked.isEmpty());

        bench.stamp += 1000; // no double click any more
        bench.time += 299ms;
        bench.click();
        QVERIFY(clicked.isEmpty());
        bench.stamp += 1000;
        bench.time += 1ms;
        bench.click();
        QCOMPARE(clicked.size(), 1);
    }

    void aHandThatGoesThereMayPressAtOnce()
    {
        Bench bench;
        QSignalSpy clicked(bench.buttons.at(1), &QPushButton::clicked);
        bench.go(&bench.other);
        bench.buttons.at(0)->hide();
        Bench::settle();
        bench.go(bench.buttons.at(1)); // it moved, but not under the pointer
        bench.click();
        QCOMPARE(clicked.size(), 1);
    }

    // What was hidden gives its focus to its neighbour, and the finger is still on the key.
    void theFocusSlidesToTheNeighbour()
    {
        for (const bool hides : {true, false}) {
            Bench bench;
            QPushButton* neighbour = bench.buttons.at(1);
            QSignalSpy clicked(neighbour, &QPushButton::clicked);
            bench.buttons.at(0)->setFocus();
            if (hides)
                bench.buttons.at(0)->hide();
            else
                bench.buttons.at(0)->setEnabled(false);
            Bench::settle();
            QVERIFY(neighbour->hasFocus());
            QTest::keyClick(neighbour, Qt::Key_Space);
            QVERIFY(clicked.isEmpty());
            bench.time += 300ms;
            QTest::keyClick(neighbour, Qt::Key_Space);
            QCOMPARE(clicked.size(), 1);
        }
    }

    // As a double click is.
    void twiceByTheKeyboardIsOnce()
    {
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        QSignalSpy clicked(button, &QPushButton::clicked);
        button->setFocus();
        bench.time += 1s;
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(button, Qt::Key_Space);
            bench.time += 60ms;
        }
        QCOMPARE(clicked.size(), 1);
        bench.time += doublePressTime();
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(clicked.size(), 2);
    }

    void aPersonMayMoveTheFocusAndPressAtOnce()
    {
        Bench bench;
        QSignalSpy clicked(bench.buttons.at(1), &QPushButton::clicked);
        bench.buttons.at(0)->setFocus();
        QTest::keyClick(bench.buttons.at(0), Qt::Key_Tab);
        QVERIFY(bench.buttons.at(1)->hasFocus());
        QTest::keyClick(bench.buttons.at(1), Qt::Key_Space);
        QCOMPARE(clicked.size(), 1);
    }

    // As X11 sends a key that is held, where Qt did not see that the pairs belong together.
    void aHeldKeyThatLooksPressedAnew()
    {
        Bench bench;
        HeldKeys heldKeys;
        qApp->installEventFilter(&heldKeys);
        QPushButton* button = bench.buttons.at(0);
        QSignalSpy clicked(button, &QPushButton::clicked);
        button->setFocus();
        const auto send = [button](QEvent::Type type, quint64 at) {
            QKeyEvent event(type, Qt::Key_Space, {}, u" "_s);
            event.setTimestamp(at);
            QCoreApplication::sendEvent(button, &event);
        };
        send(QEvent::KeyPress, 1000);
        for (quint64 at = 1660; at < 3000; at += 40) {
            send(QEvent::KeyRelease, at);
            send(QEvent::KeyPress, at);
        }
        send(QEvent::KeyRelease, 3000);
        QCOMPARE(clicked.size(), 1);
        bench.time += 1s;
        send(QEvent::KeyPress, 4000); // and once more, by hand
        send(QEvent::KeyRelease, 4060);
        QCOMPARE(clicked.size(), 2);
    }

    void aHeldShortcutThatLooksPressedAnew()
    {
        QWidget window;
        HeldKeys heldKeys;
        qApp->installEventFilter(&heldKeys);
        const auto isTaken = [&window](quint64 at) {
            QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_Return, Qt::ControlModifier);
            event.setTimestamp(at);
            event.ignore();
            QCoreApplication::sendEvent(&window, &event);
            return event.isAccepted(); // then it is no shortcut
        };
        QVERIFY(!isTaken(1000));
        QKeyEvent release(QEvent::KeyRelease, Qt::Key_Return, Qt::ControlModifier);
        release.setTimestamp(1660);
        QCoreApplication::sendEvent(&window, &release);
        QVERIFY(isTaken(1660));
        QVERIFY(!isTaken(1760));
    }

    // "Cancel" that becomes "Stop waiting" while its menu is open.
    void anEntryThatBecomesAnother_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::addRow("pointer") << false;
        QTest::addRow("Return") << true;
    }
    void anEntryThatBecomesAnother()
    {
        QFETCH(const bool, byKey);
        std::chrono::milliseconds time{1000};
        QMenu menu;
        QAction* action = menu.addAction(u"Cancel"_s);
        MenuGuard::protect(&menu)->setClock([&time] { return time; });
        QSignalSpy triggered(action, &QAction::triggered);
        menu.popup(QPoint(50, 50));
        QVERIFY(QTest::qWaitForWindowExposed(&menu));
        menu.setActiveAction(action);
        const auto choose = [&] {
            if (byKey)
                QTest::keyClick(&menu, Qt::Key_Return);
            else
                QTest::mouseClick(&menu, Qt::LeftButton, {}, menu.actionGeometry(action).center());
        };
        action->setText(u"Stop waiting"_s);
        choose();
        QVERIFY(triggered.isEmpty());
        QVERIFY(menu.isVisible());
        time += 300ms;
        choose();
        QCOMPARE(triggered.size(), 1);
    }

    // Where it lies hangs on all that it lies in.
    void whatItLiesInMoves()
    {
        QWidget* page = nullptr;
        Bench bench(1);
        page = new QWidget(&bench.window);
        auto* inner = new QWidget(page);
        auto* button = new QPushButton(u"Inside"_s);
        bench.guard(button);
        button->setParent(inner); // after it was protected, as layouts do
        button->setGeometry(10, 10, 120, 30);
        inner->setGeometry(0, 0, 200, 60);
        page->setGeometry(20, 150, 200, 60);
        page->show();
        QSignalSpy clicked(button, &QPushButton::clicked);
        QCursor::setPos(bench.window.mapToGlobal(QPoint(90, 275)));
        Bench::settle();
        for (const bool outer : {true, false}) {
            bench.time += 1s;
            bench.stamp += 1000;
            page->move(20, outer ? 150 : 250);
            inner->move(0, outer ? 0 : -100);
            Bench::settle();
            bench.time += 1s;
            if (outer)
                page->move(20, 250);
            else
                inner->move(0, 0);
            QCOMPARE(bench.window.childAt(bench.window.mapFromGlobal(QCursor::pos())), button);
            const auto before = clicked.size();
            bench.click();
            QCOMPARE(clicked.size(), before);
            bench.stamp += 1000;
            bench.time += 300ms;
            bench.click();
            QCOMPARE(clicked.size(), before + 1);
        }
    }

    void otherWordsAreAnotherButton()
    {
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        QSignalSpy clicked(button, &QPushButton::clicked);
        bench.go(button);
        bench.time += 1s;
        button->setText(u"Send again · $0.12"_s);
        bench.click(); // before it was even painted
        QVERIFY(clicked.isEmpty());
        Bench::settle();
        bench.stamp += 1000;
        bench.time += 300ms;
        bench.click();
        QCOMPARE(clicked.size(), 1);

        button->setText(u"Dismiss"_s);
        Bench::settle(); // it is seen, long before it is pressed
        bench.stamp += 1000;
        bench.time += 300ms;
        bench.click();
        QCOMPARE(clicked.size(), 2);

        // The same by the keyboard.
        button->setFocus();
        button->setText(u"Cancel"_s);
        Bench::settle();
        Bench::hold(button, Qt::Key_Space, 0);
        QCOMPARE(clicked.size(), 2);
        bench.time += 300ms;
        Bench::hold(button, Qt::Key_Space, 0);
        QCOMPARE(clicked.size(), 3);
    }

    // What was pressed is not what would be done when it is let go of.
    void anotherOneWhileItIsDown()
    {
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        QSignalSpy clicked(button, &QPushButton::clicked);
        bench.go(button);
        bench.send(QEvent::MouseButtonPress);
        QVERIFY(button->isDown());
        button->setText(u"Stop waiting"_s);
        bench.send(QEvent::MouseButtonRelease);
        QVERIFY(!button->isDown());
        QVERIFY(clicked.isEmpty());

        button->setFocus();
        bench.time += 1s;
        Bench::key(button, Qt::Key_Space, QEvent::KeyPress, false);
        QVERIFY(button->isDown());
        button->setText(u"Cancel"_s);
        Bench::key(button, Qt::Key_Space, QEvent::KeyRelease, false);
        QVERIFY(!button->isDown());
        QVERIFY(clicked.isEmpty());
    }

    void whatBecomesUsableUnderTheHand()
    {
        Bench bench;
        QPushButton* button = bench.buttons.at(0);
        QSignalSpy clicked(button, &QPushButton::clicked);
        button->setEnabled(false);
        bench.go(button);
        button->setEnabled(true);
        bench.click();
        QVERIFY(clicked.isEmpty());
        bench.stamp += 1000;
        bench.time += 300ms;
        bench.click();
        QCOMPARE(clicked.size(), 1);
    }

    // "Run again" is about another image when another one is shown.
    void anActionThatIsAboutSomethingElse()
    {
        Bench bench;
        QAction action(u"Run again"_s);
        action.setData(1);
        auto* panel = actionButton(&action, &bench.window);
        auto* bar = new QToolBar(&bench.window);
        bar->addAction(&action);
        auto* tool = qobject_cast<QToolButton*>(bar->widgetForAction(&action));
        bench.guard(tool);
        panel->findChild<PressGuard*>()->setClock([&bench] { return bench.time; });
        panel->setGeometry(10, 200, 120, 30);
        bar->setGeometry(10, 250, 200, 40);
        panel->show();
        bar->show();
        Bench::settle();
        QSignalSpy triggered(&action, &QAction::triggered);
        int about = 2;
        for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{panel, tool}) {
            triggered.clear();
            bench.go(button);
            bench.time += 1s;
            action.setData(about++);
            bench.click();
            QVERIFY(triggered.isEmpty());
            bench.stamp += 1000;
            bench.time += 300ms;
            bench.doubleClick();
            QCOMPARE(triggered.size(), 1);
        }
    }

    // A notice that is put away lets the next one up.
    void noticesSlide()
    {
        Bench bench(0);
        auto* notices = new NoticeBar;
        qobject_cast<QVBoxLayout*>(bench.window.layout())->insertWidget(0, notices);
        int resumed = 0;
        for (const QString& name : {u"paused a"_s, u"paused b"_s}) {
            notices->say(name, MessageLine::Kind::Problem, u"No credits."_s,
                {u"Resume"_s, [notices, name, &resumed] {
                     ++resumed;
                     notices->takeBack(name);
                 }});
        }
        Bench::settle();
        bench.go(notices->findChildren<QPushButton*>().first());
        bench.time += 1s;
        bench.doubleClick();
        QCOMPARE(resumed, 1);
        QCOMPARE(notices->names().size(), 1);
        Bench::settle();
        bench.go(notices->findChildren<QToolButton*>().last());
        bench.doubleClick();
        QVERIFY(notices->names().isEmpty());
    }

    void undoTwiceIsOnce()
    {
        Bench bench(0);
        auto* bar = new UndoBar(&bench.other);
        qobject_cast<QVBoxLayout*>(bench.window.layout())->addWidget(bar);
        const auto say = [bar] { bar->say(MessageLine::Kind::Note, u"Moved."_s, u"Undo"_s); };
        connect(bar, &UndoBar::actionTriggered, bar, say); // there is more to undo
        say();
        Bench::settle();
        QSignalSpy undone(bar, &UndoBar::actionTriggered);
        bench.go(bar->action());
        bench.doubleClick();
        QCOMPARE(undone.size(), 1);
    }

    void itMayGoWhenItIsPressed()
    {
        Bench bench;
        QPointer<QPushButton> button = bench.buttons.at(0);
        bench.go(button);
        connect(button, &QPushButton::clicked, button, &QObject::deleteLater);
        bench.click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!button);
        bench.window.move(120, 120); // and nobody looks for it
        Bench::settle();
        bench.click();
    }
};

SEEDBOOK_TEST(PressGuardTest, QApplication)

} // namespace seedbook::pressGuardTest

#include "PressGuardTest.moc"
