#include "support/Orders.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"
#include "support/WindowBench.h"
#include "widgets/window/QuitText.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::closingTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// The question, or null where the window closed without one.
QMessageBox* close(MainWindow& window)
{
    window.close();
    // One that was answered may be there still, hidden.
    for (QMessageBox* box : window.findChildren<QMessageBox*>()) {
        if (box->isVisible())
            return box;
    }
    return nullptr;
}

// Answers it.
void press(QMessageBox* box, const QString& text)
{
    for (QAbstractButton* button : box->buttons()) {
        if (button->text() != text)
            continue;
        button->click();
        QVERIFY(!box->isVisible());
        return;
    }
    QFAIL("there is no such button");
}

} // namespace

// Closing the window while work is out, waits, or is nowhere but in memory.
class ClosingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void words();
    void stayTakesBackCloseWhenDone();
    void whatIsAskedForIsSentFirst();
    void closesWhenDone();
    void leavesNow();
    void recoverableIsSafe();
    void onlyInMemory();
    void onlyWaiting();
    void whatIsPausedHoldsNobody();
};

// The last window that closes would end the tests.
void ClosingTest::initTestCase()
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
}

void ClosingTest::words()
{
    const Money money = Money::fromUsd(0.242);
    QVERIFY(!WorkOut().any());
    const QString paid = leaveDetails({.running = 2, .money = money});
    QVERIFY2(paid.contains(u"$0.242"_s) && paid.contains(u"may be lost"_s), qPrintable(paid));
    const QString safe = leaveDetails({.running = 2, .safe = 2, .money = money});
    QVERIFY2(
        safe.contains(u"next time you start"_s) && !safe.contains(u"lost"_s), qPrintable(safe));
    const QString practice = leaveDetails({.running = 2});
    QVERIFY2(practice.contains(u"practice"_s), qPrintable(practice));
    // What only waits costs nothing yet: it is neither practice nor being made.
    for (const QString& waiting : {leaveDetails({.waiting = 3}), leaveText({.waiting = 3}),
             leaveDetails({.inMemory = 1}), leaveText({.inMemory = 1})})
        QVERIFY2(!waiting.contains(u"practice"_s) && !waiting.contains(u'$') &&
                     !waiting.contains(u"running"_s) && !waiting.isEmpty(),
            qPrintable(waiting));
    QVERIFY(leaveText({.inMemory = 1}).contains(u"1 unsaved image."_s));
    QVERIFY(leaveDetails({.inMemory = 1}).contains(u"free some space"_s));
}

void ClosingTest::stayTakesBackCloseWhenDone()
{
    SwiftService service({.delay = 800ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    submit(bench.paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 1);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(u"$0.121"_s));
    press(box, u"Quit when done"_s);
    box = close(bench.window);
    QVERIFY(box);
    QCOMPARE(close(bench.window), box); // asked once
    press(box, u"Cancel"_s);
    QSignalSpy idle(&bench.paid.queue, &JobQueue::idle);
    QVERIFY(!bench.paid.filed.isEmpty() || idle.wait());
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    QVERIFY(bench.window.isVisible());
    QCOMPARE(close(bench.window), nullptr);
    QVERIFY(!bench.window.isVisible());
}

// Closed in the moment between Generate and the answer whether the image is there already.
void ClosingTest::whatIsAskedForIsSentFirst()
{
    SwiftService service({.delay = 30s});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    Q_EMIT bench.window.compose()->generateRequested(intentsOf(batch(1)));
    QVERIFY(bench.paid.sender.isAsked());
    QCOMPARE(close(bench.window), nullptr);
    QVERIFY(bench.window.isVisible());
    QTRY_COMPARE(bench.window.findChildren<QMessageBox*>().size(), 1);
    QCOMPARE(bench.paid.queue.jobs().size(), 1);
    QTRY_COMPARE(service.posts().size(), 1);
    press(bench.window.findChild<QMessageBox*>(), u"Quit now"_s);
    QTRY_VERIFY(!bench.window.isVisible());
}

void ClosingTest::closesWhenDone()
{
    SwiftService service({.delay = 300ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    submit(bench.paid.queue, batch(3), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 2);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    press(box, u"Quit when done"_s);
    QVERIFY(bench.window.isVisible());
    QTRY_VERIFY(!bench.window.isVisible());
    QCOMPARE(bench.paid.filed.size(), 3);
}

void ClosingTest::leavesNow()
{
    SwiftService service({.delay = 30s});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    submit(bench.paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 1);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    press(box, u"Quit now"_s);
    QTRY_VERIFY(!bench.window.isVisible());
}

void ClosingTest::recoverableIsSafe()
{
    SwiftService service({.delay = 400ms});
    WindowBench bench(service.endpoint(), Transport::Recoverable);
    QVERIFY(bench.paid.restore());
    submit(bench.paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE(bench.paid.queue.recoverableCount(), 1);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(u"next time you start"_s));
    press(box, u"Cancel"_s);
    QTRY_COMPARE(bench.paid.filed.size(), 1);
}

// The disk takes nothing: a picture that was paid for is not let go without a word.
void ClosingTest::onlyInMemory()
{
    SwiftService service({.delay = 300ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    QSignalSpy paused(&bench.paid.queue, &JobQueue::paused);
    submit(bench.paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 1);
    const QString kept = bench.paid.data + u"/kept"_s; // a file where the folder should be
    QVERIFY(QDir(kept).removeRecursively());
    QFile blocked(kept);
    QVERIFY(blocked.open(QIODevice::WriteOnly));
    blocked.close();
    const QString library = bench.paid.library.folder();
    QVERIFY(QDir().rename(library, library + u" away"_s));
    QVERIFY(!paused.isEmpty() || paused.wait());
    QTRY_COMPARE(bench.paid.queue.inMemoryCount(), 1);
    QCOMPARE(bench.paid.queue.inFlightCount(), 0);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    QVERIFY(box->text().contains(u"1 unsaved image"_s));
    press(box, u"Quit when done"_s);
    QVERIFY(bench.window.isVisible());
    QVERIFY(blocked.remove()); // room is made
    QVERIFY(QDir().rename(library + u" away"_s, library));
    QTRY_VERIFY(!bench.window.isVisible());
    QCOMPARE(bench.paid.filed.size(), 1);
}

void ClosingTest::onlyWaiting()
{
    SwiftService service({.delay = 5ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    bench.paid.queue.setRequestsPerMinute(1);
    submit(bench.paid.queue, batch(3), service.endpoint());
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    QVERIFY(!box->informativeText().contains(u"practice"_s));
    press(box, u"Quit now"_s);
    QTRY_VERIFY(!bench.window.isVisible());
    QCOMPARE(service.posts().size(), 1);
}

// The person has stopped them: nothing would ever end, and they are offered at the next start.
void ClosingTest::whatIsPausedHoldsNobody()
{
    SwiftService service({.delay = 300ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    submit(bench.paid.queue, batch(3), service.endpoint());
    QTRY_COMPARE(service.posts().size(), 2);
    bench.paid.queue.pauseAll();
    QMessageBox* box = close(bench.window);
    QVERIFY(box);
    press(box, u"Quit when done"_s);
    QTRY_VERIFY(!bench.window.isVisible());
    QCOMPARE(bench.paid.filed.size(), 2);
    QCOMPARE(bench.paid.queue.waitingCount(), 1);
}

SEEDBOOK_TEST(ClosingTest, QApplication)

} // namespace seedbook::closingTest

#include "ClosingTest.moc"
