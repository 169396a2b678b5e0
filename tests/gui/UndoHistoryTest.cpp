#include "widgets/undo/UndoHistory.h"

#include "support/TestProgram.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

namespace seedbook::undoHistoryTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

using Outcome = StepEnd::Outcome;

// What the steps below did, and those that wait to be ended.
struct Log
{
    QStringList done;
    QList<std::pair<QString, UndoStep::End>> open;

    // The one that was begun last.
    void end(Outcome outcome = Outcome::Done)
    {
        const auto [what, end] = open.takeLast();
        done.append(what + (outcome == Outcome::Done       ? u""_s
                               : outcome == Outcome::Stays ? u" stays"_s
                                                           : u" nothing"_s));
        end({outcome, {}, {}, {}});
    }
};

// Ends at once, or when the log says so.
class TestStep final : public UndoStep
{
public:
    TestStep(Log& log, const QString& name, bool slow)
        : m_log(log)
        , m_name(name)
        , m_slow(slow)
    {
    }
    [[nodiscard]] StepNames names() const override { return {m_name, m_name}; }
    void undo(QObject*, const End& end) override { go(u'-' + m_name, end); }
    void redo(QObject*, const End& end) override { go(u'+' + m_name, end); }

private:
    void go(const QString& what, const End& end)
    {
        m_log.open.append({what, end});
        if (!m_slow)
            m_log.end();
    }

    Log& m_log;
    QString m_name;
    bool m_slow;
};

struct Bench
{
    void run(const QString& name, bool slow = false)
    {
        history.run(std::make_unique<TestStep>(log, name, slow));
    }
    [[nodiscard]] QString names() const { return history.undoName() + u'|' + history.redoName(); }

    Log log;
    UndoHistory history;
};

} // namespace

class UndoHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForth()
    {
        Bench bench;
        QCOMPARE(bench.names(), u"|"_s);
        bench.history.undo(); // nothing to undo
        bench.history.redo();
        bench.run(u"a"_s);
        bench.run(u"b"_s);
        bench.history.add(std::make_unique<TestStep>(bench.log, u"c"_s, false));
        QCOMPARE(bench.names(), u"c|"_s);
        bench.history.undo();
        bench.history.undo();
        QCOMPARE(bench.names(), u"a|b"_s);
        bench.history.redo();
        QCOMPARE(bench.names(), u"b|c"_s);
        // A new one takes the place of what was undone.
        bench.run(u"d"_s);
        QCOMPARE(bench.names(), u"d|"_s);
        bench.history.undo();
        bench.history.undo();
        bench.history.undo();
        bench.history.undo();
        QCOMPARE(bench.names(), u"|a"_s);
        QCOMPARE(bench.log.done, (QStringList{u"+a"_s, u"+b"_s, u"-c"_s, u"-b"_s, u"+b"_s, u"+d"_s,
                                     u"-d"_s, u"-b"_s, u"-a"_s}));
    }

    void waitsForWhatIsUnderWay()
    {
        Bench bench;
        bench.run(u"a"_s);
        bench.run(u"slow"_s, true);
        bench.history.undo(); // of the one that is not done yet
        bench.history.undo();
        QCOMPARE(bench.log.done, QStringList{u"+a"_s});
        bench.log.end();
        QCOMPARE(bench.log.done, (QStringList{u"+a"_s, u"+slow"_s}));
        QCOMPARE(bench.names(), u"a|"_s); // under way
        bench.log.end();
        QCOMPARE(bench.log.done, (QStringList{u"+a"_s, u"+slow"_s, u"-slow"_s, u"-a"_s}));
        QCOMPARE(bench.names(), u"|a"_s);
        bench.history.redo();
        bench.history.redo();
        bench.log.end();
        QCOMPARE(bench.names(), u"slow|"_s);
    }

    void keepsItsPlaceAmongOthers()
    {
        Bench bench;
        bench.run(u"slow"_s, true);
        bench.run(u"b"_s);
        QCOMPARE(bench.names(), u"b|"_s);
        bench.history.undo();
        QCOMPARE(bench.names(), u"slow|b"_s);
        bench.log.end();
        bench.history.undo();
        bench.log.end();
        QCOMPARE(bench.log.done, (QStringList{u"+b"_s, u"-b"_s, u"+slow"_s, u"-slow"_s}));
    }

    void aNewStepWhileOneIsUndone()
    {
        Bench bench;
        bench.run(u"a"_s);
        bench.run(u"slow"_s, true);
        bench.log.end();
        bench.history.undo();
        bench.run(u"c"_s);
        bench.log.end();
        // What was undone is no longer what would come next.
        QCOMPARE(bench.names(), u"c|"_s);
        bench.history.undo();
        QCOMPARE(bench.names(), u"a|c"_s);
    }

    void whatCannotBeIsDropped()
    {
        Bench bench;
        QSignalSpy ended(&bench.history, &UndoHistory::ended);
        bench.run(u"a"_s);
        bench.run(u"never"_s, true);
        bench.log.end(Outcome::Nothing);
        QCOMPARE(bench.names(), u"a|"_s);
        bench.run(u"b"_s, true);
        bench.log.end();
        bench.history.undo();
        bench.history.undo(); // meant for what came before it: not done by this
        bench.log.end(Outcome::Nothing);
        QCOMPARE(bench.names(), u"a|"_s);
        bench.run(u"c"_s, true);
        bench.log.end();
        bench.history.undo();
        bench.log.end(Outcome::Stays);
        QCOMPARE(bench.names(), u"c|"_s);
        bench.history.undo();
        bench.log.end();
        QCOMPARE(bench.names(), u"a|c"_s);
        bench.history.redo();
        bench.log.end(Outcome::Stays);
        QCOMPARE(bench.names(), u"a|c"_s);
        bench.history.redo();
        bench.log.end(Outcome::Nothing);
        QCOMPARE(bench.names(), u"a|"_s);
        QCOMPARE(ended.size(), 9);
    }

    void whatComesToNothingTakesNothingAway()
    {
        Bench bench;
        bench.run(u"a"_s);
        bench.history.undo();
        bench.run(u"never"_s, true);
        bench.history.redo(); // once that has shown what becomes of it
        QCOMPARE(bench.log.done, (QStringList{u"+a"_s, u"-a"_s}));
        bench.log.end(Outcome::Nothing);
        QCOMPARE(bench.log.done.last(), u"+a"_s);
        QCOMPARE(bench.names(), u"a|"_s);
        bench.history.undo();
        bench.run(u"slow"_s, true);
        bench.history.redo();
        bench.log.end();
        QCOMPARE(bench.names(), u"slow|"_s);
        QCOMPARE(bench.log.done.last(), u"+slow"_s);
    }

    void aStepThatIsUndoneAgainKeepsItsPlace()
    {
        Bench bench;
        bench.run(u"a"_s);
        bench.run(u"slow"_s, true);
        bench.log.end();
        bench.history.undo();
        bench.run(u"c"_s);
        bench.log.end(Outcome::Stays);
        QCOMPARE(bench.names(), u"c|"_s);
        bench.history.undo();
        QCOMPARE(bench.names(), u"slow|c"_s);
    }

    void theOldestAreForgotten()
    {
        Bench bench;
        const int most = static_cast<int>(UndoHistory::mostSteps);
        for (int i = 0; i < most + 5; ++i)
            bench.run(QString::number(i));
        bench.log.done.clear();
        for (int i = 0; i < most + 5; ++i)
            bench.history.undo();
        QCOMPARE(bench.log.done.size(), most);
        QCOMPARE(bench.log.done.last(), u"-5"_s);
        QCOMPARE(bench.names(), u"|5"_s);
    }
};

SEEDBOOK_TEST(UndoHistoryTest, QApplication)

} // namespace seedbook::undoHistoryTest

#include "UndoHistoryTest.moc"
