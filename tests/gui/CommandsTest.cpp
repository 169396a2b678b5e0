#include "widgets/common/Commands.h"

#include "support/TestProgram.h"
#include "support/WindowBench.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QMenuBar>
#include <QTest>

namespace seedbook::commandsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr int commandCount = int(Command::ClearFinished) + 1;

QList<Command> allCommands()
{
    QList<Command> all;
    for (int i = 0; i < commandCount; ++i)
        all.append(static_cast<Command>(i));
    return all;
}

bool pressed(int key, Qt::KeyboardModifiers modifiers, Command command)
{
    return isKeyOf(QKeyEvent(QEvent::KeyPress, key, modifiers), command);
}

} // namespace

class CommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noKeyMeansTwoThingsInOnePlace()
    {
        for (const Command one : allCommands()) {
            for (const Command other : allCommands()) {
                const bool together = placeOf(one) == placeOf(other) ||
                                      placeOf(one) == KeyPlace::Everywhere ||
                                      placeOf(other) == KeyPlace::Everywhere;
                if (one == other || !together)
                    continue;
                for (const QKeySequence& key : keysOf(one))
                    QVERIFY2(!keysOf(other).contains(key), qPrintable(keyText(key)));
            }
        }
    }

    void theHelpHasThemAll()
    {
        const QList<KeyHelp> help = keyHelp();
        QCOMPARE(help.size(), std::ranges::count_if(allCommands(),
                                  [](Command command) { return !keysOf(command).isEmpty(); }));
        for (const KeyHelp& row : help)
            QVERIFY(!row.keys.isEmpty() && !row.what.isEmpty());
        QVERIFY(
            std::ranges::any_of(help, [](const KeyHelp& row) { return row.keys == u"0 … 5"_s; }));
        QCOMPARE(keyText(Qt::Key_Left), u"←"_s);
        QCOMPARE(keyText(QKeySequence(Qt::ALT | Qt::Key_Up)), u"Alt+↑"_s);
        QCOMPARE(keyText(Qt::Key_PageUp), u"PgUp"_s);
    }

    void aPressIsHeldAgainstTheTable()
    {
        QVERIFY(pressed(Qt::Key_W, Qt::NoModifier, Command::ViewOnSecond));
        QVERIFY(!pressed(Qt::Key_W, Qt::ControlModifier, Command::ViewOnSecond));
        QVERIFY(pressed(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier, Command::SecondWindow));
        QVERIFY(!pressed(Qt::Key_W, Qt::ControlModifier, Command::SecondWindow));
        QVERIFY(pressed(Qt::Key_Plus, Qt::ShiftModifier, Command::ZoomIn));
        QVERIFY(pressed(Qt::Key_Minus, Qt::KeypadModifier, Command::ZoomOut));
    }

    // Each of them, so that a menu's line is not left out in silence; words and tips as the table
    // has them.
    void theWindowHasAnActionForWhatTheMenusName()
    {
        WindowBench bench(Endpoint::segmind());
        const QList<QAction*> actions = bench.window.findChildren<QAction*>();
        QSet<const QAction*> inMenus;
        for (const QAction* menu : bench.window.menuBar()->actions()) {
            for (const QAction* action : menu->menu()->actions())
                inMenus.insert(action);
        }
        for (int i = int(Command::Generate); i <= int(Command::ShowAbout); ++i) {
            const auto command = static_cast<Command>(i);
            QAction* action = actionOf(actions, command, command == Command::Rate ? 3 : -1);
            QVERIFY2(action, qPrintable(QString::number(i)));
            const bool isOfAMenu = command != Command::Rate && command != Command::Reject &&
                                   command != Command::GoToDate &&
                                   (command < Command::Retry || command > Command::ResumeQueue);
            QCOMPARE(inMenus.contains(action), isOfAMenu);
            QVERIFY(!action->text().isEmpty());
        }
        QCOMPARE(tipOf(Command::Fit), u"The whole picture (F)"_s);
    }

    // So that none is missing in the help.
    void everyKeyOfTheWindowStandsInIt()
    {
        QSet<QKeySequence> known;
        for (const Command command : allCommands())
            known.unite(QSet(keysOf(command).begin(), keysOf(command).end()));
        WindowBench bench(Endpoint::segmind());
        int keys = 0;
        for (const QAction* action : bench.window.findChildren<QAction*>()) {
            for (const QKeySequence& key : action->shortcuts()) {
                ++keys;
                QVERIFY2(known.contains(key), qPrintable(action->text() + u' ' + keyText(key)));
            }
        }
        QVERIFY(keys > 20);
    }
};

SEEDBOOK_TEST(CommandsTest, QApplication)

} // namespace seedbook::commandsTest

#include "CommandsTest.moc"
