#include "support/Orders.h"
#include "support/RawServer.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"
#include "support/WindowBench.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/panel/PicturePanel.h"
#include "widgets/window/NoticeBar.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <atomic>

namespace seedbook::sendingTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// The one that is shown in this moment with a text of that beginning and end, or null. Between them
// may be a number's plural, for which there is no translation here.
QPushButton* button(const MainWindow& window, const QString& begin, const QString& end = {})
{
    for (QPushButton* found : window.findChildren<QPushButton*>()) {
        if (found->isVisible() && found->text().startsWith(begin) && found->text().endsWith(end))
            return found;
    }
    return nullptr;
}

// All that is said above the gallery.
QString notices(const MainWindow& window)
{
    QStringList words;
    for (const QLabel* label : window.findChild<NoticeBar*>()->findChildren<QLabel*>()) {
        if (label->isVisible())
            words.append(label->text());
    }
    return words.join(u'\n');
}

bool composeSays(const MainWindow& window, const QString& words)
{
    for (const QLabel* label : window.compose()->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words))
            return true;
    }
    return false;
}

// What Generate does with a pinned seed.
void generate(WindowBench& bench, const QList<Request>& requests)
{
    Q_EMIT bench.window.compose()->generateRequested(intentsOf(requests));
}

} // namespace

// From the press of a button to the request that leaves, or does not.
class SendingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QGuiApplication::setQuitOnLastWindowClosed(false); }
    void aPictureOnDiskCounts();
    void scrolledDown();
    void offeredWithItsPrice();
    void anOfferEndsWithItsTarget();
    void theTargetChangesMeanwhile();
    void runAgainIsForOne();
    void aCapStandsBelowGenerate();
    void whatIsOnHoldIsOffered();
    void aRejectedOneIsThere();
    void anOfferIsAskedOnceMore();
};

// A new start, and Generate before the library was read: what lies on disk is not paid again.
void SendingTest::aPictureOnDiskCounts()
{
    SwiftService service({.delay = 5ms});
    QTemporaryDir folder;
    {
        WindowBench bench(service.endpoint(), Transport::Blocking, folder.path());
        QVERIFY(bench.paid.restore());
        generate(bench, batch(1));
        QTRY_COMPARE(bench.paid.filed.size(), 1);
        QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    }
    WindowBench next(service.endpoint(), Transport::Blocking, folder.path());
    QVERIFY(next.paid.restore());
    generate(next, batch(2));
    QTRY_COMPARE(next.paid.filed.size(), 1); // the one that is new
    QCOMPARE(next.paid.filed.first().request.seed()->number(), 101);
    QTRY_VERIFY(next.paid.queue.jobs().isEmpty());
    QCOMPARE(service.postsBySeed().value(100), 1);
    QCOMPARE(service.posts().size(), 2);
}

// The new tile waits outside then, and is on its way all the same.
void SendingTest::scrolledDown()
{
    SwiftService service({.delay = 300ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    auto* model = bench.window.findChild<PictureListModel*>();
    QVERIFY(model);
    model->setHolding(true);
    generate(bench, batch(1));
    QTRY_COMPARE(service.posts().size(), 1);
    QCOMPARE(model->heldCount(), 1);
    generate(bench, batch(1));
    QTRY_VERIFY(button(bench.window, u"Generate anyway · $0.12"_s));
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QCOMPARE(service.posts().size(), 1);
}

void SendingTest::offeredWithItsPrice()
{
    SwiftService service({.delay = 5ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    generate(bench, batch(1));
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    generate(bench, batch(2));
    QTRY_COMPARE(bench.paid.filed.size(), 2);
    QPushButton* anyway = nullptr;
    QTRY_VERIFY(anyway = button(bench.window, u"Generate anyway · $0.12"_s));
    const QString said = notices(bench.window);
    QVERIFY2(said.contains(u"You already have"_s) && said.contains(u"Nothing was charged"_s),
        qPrintable(said));
    anyway->click();
    QVERIFY(!anyway->isVisible());
    QTRY_COMPARE(bench.paid.filed.size(), 3);
    QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    QCOMPARE(service.postsBySeed().value(100), 2);
    QCOMPARE(service.postsBySeed().value(101), 1);
}

void SendingTest::anOfferEndsWithItsTarget()
{
    SwiftService practice({.delay = 5ms});
    SwiftService paid({.delay = 5ms});
    const Endpoint free = Endpoint::practice(quint16(practice.endpoint().url({}).port()));
    WindowBench bench(paid.endpoint());
    SegmindService drawing(free, [] { return ApiKey("a-test-key"); });
    bench.paid.queue.addService(drawing);
    QVERIFY(bench.paid.restore());
    bench.window.setTarget(free, ComposePanel::Mode::Practice);
    generate(bench, batch(1));
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    generate(bench, batch(1));
    QTRY_VERIFY(button(bench.window, u"Generate anyway"_s));
    bench.window.setTarget(paid.endpoint(), ComposePanel::Mode::Paid);
    QVERIFY(!button(bench.window, u"Generate anyway"_s));
    QTRY_VERIFY(bench.paid.queue.isIdle());
    QVERIFY(paid.posts().isEmpty());
    QCOMPARE(practice.posts().size(), 1);
}

void SendingTest::theTargetChangesMeanwhile()
{
    SwiftService practice({.delay = 5ms});
    SwiftService paid({.delay = 5ms});
    const Endpoint free = Endpoint::practice(quint16(practice.endpoint().url({}).port()));
    WindowBench bench(paid.endpoint());
    SegmindService drawing(free, [] { return ApiKey("a-test-key"); });
    bench.paid.queue.addService(drawing);
    QVERIFY(bench.paid.restore());
    bench.window.setTarget(free, ComposePanel::Mode::Practice);
    for (const bool minted : {true, false}) {
        Q_EMIT bench.window.compose()->generateRequested(intentsOf(batch(1), minted));
        bench.window.setTarget(paid.endpoint(), ComposePanel::Mode::Paid);
        QTRY_VERIFY(composeSays(bench.window, u"Nothing was sent"_s));
        bench.window.compose()->showProblem({});
        bench.window.setTarget(free, ComposePanel::Mode::Practice);
    }
    QVERIFY(bench.paid.queue.jobs().isEmpty());
    QVERIFY(paid.posts().isEmpty());
    QVERIFY(practice.posts().isEmpty());
}

// Run again means the picture that is there; not the one that is being made of it just now.
void SendingTest::runAgainIsForOne()
{
    SwiftService service({.delay = 100ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    generate(bench, batch(1));
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    auto* actions = bench.window.findChild<PictureActions*>();
    QVERIFY(actions);
    actions->setSubject(bench.paid.filed.first().picture, nullptr);
    actions->runAgain()->trigger();
    actions->runAgain()->trigger();
    QTRY_VERIFY(button(bench.window, u"Generate anyway · $0.12"_s));
    QTRY_COMPARE(bench.paid.filed.size(), 2);
    QCOMPARE(
        bench.paid.filed.last().provenance.parents, QList{bench.paid.filed.first().picture->id});
    QCOMPARE(service.posts().size(), 2);
}

void SendingTest::aCapStandsBelowGenerate()
{
    SwiftService service({.delay = 5ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    bench.paid.queue.setCaps({Money::fromUsd(0.2), {}, {}});
    generate(bench, batch(2));
    QTRY_VERIFY(composeSays(bench.window, u"cap"_s));
    QVERIFY(bench.paid.queue.jobs().isEmpty());
    QVERIFY(service.posts().isEmpty());
}

void SendingTest::whatIsOnHoldIsOffered()
{
    SwiftService service({.delay = 5ms});
    QTemporaryDir folder;
    {
        WindowBench bench(service.endpoint(), Transport::Blocking, folder.path());
        QVERIFY(bench.paid.restore());
        bench.paid.queue.pauseAll();
        generate(bench, batch(3));
        QTRY_COMPARE(bench.paid.queue.waitingCount(), 3);
        QTRY_VERIFY(bench.paid.queue.isIdle());
    }
    WindowBench bench(service.endpoint(), Transport::Blocking, folder.path());
    QVERIFY(bench.paid.restore());
    QTRY_VERIFY(button(bench.window, u"Resume 3"_s, u"on hold · $0.36"_s));
    QVERIFY(button(bench.window, u"Resume · $0.36"_s)); // above the gallery
    QVERIFY2(notices(bench.window).contains(u"your last session are on hold"_s),
        qPrintable(notices(bench.window)));
    // Said again it is the same one.
    generate(bench, batch(1));
    QPushButton* resume = nullptr;
    QTRY_VERIFY(resume = button(bench.window, u"Resume · $0.12"_s));
    resume->click();
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QTRY_VERIFY(button(bench.window, u"Resume 2"_s, u"on hold · $0.24"_s));
    button(bench.window, u"Resume · $0.24"_s)->click();
    QTRY_COMPARE(bench.paid.filed.size(), 3);
    QTRY_VERIFY(!notices(bench.window).contains(u"on hold"_s));
    QCOMPARE(service.posts().size(), 3);
}

void SendingTest::aRejectedOneIsThere()
{
    SwiftService service({.delay = 5ms});
    WindowBench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    generate(bench, batch(1));
    QTRY_COMPARE(bench.paid.filed.size(), 1);
    QTRY_VERIFY(bench.paid.queue.jobs().isEmpty());
    const PicturePtr picture = bench.paid.filed.first().picture;
    bench.paid.library.setRating({picture}, -1);
    QTRY_COMPARE(await(bench.paid.library.find({picture->id}))->first()->rating, -1);
    generate(bench, batch(1));
    QTRY_VERIFY(button(bench.window, u"Generate anyway · $0.12"_s));
    QVERIFY2(notices(bench.window).contains(u"rejected"_s), qPrintable(notices(bench.window)));
    QCOMPARE(service.posts().size(), 1);
}

// It was offered while its outcome was unknown; then it was sent again by its tile, and is out.
void SendingTest::anOfferIsAskedOnceMore()
{
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (peer.readRequest() && peer.request().method == "POST" && ++posts > 1)
            peer.stall();
        peer.close();
    });
    WindowBench bench(server.endpoint());
    QVERIFY(bench.paid.restore());
    generate(bench, batch(1));
    QTRY_COMPARE(bench.paid.queue.jobs().size(), 1);
    const JobId lost = bench.paid.queue.jobs().first().id;
    QTRY_COMPARE(bench.paid.queue.job(lost)->state, JobState::Unknown);
    generate(bench, batch(1));
    QPushButton* anyway = nullptr;
    QTRY_VERIFY(anyway = button(bench.window, u"Generate anyway · $0.12"_s));
    sendAgain(bench.paid.queue, lost); // behind the window's back
    QTRY_COMPARE(posts, 2);
    anyway->click();
    QTRY_VERIFY(!bench.paid.sender.isAsked());
    QTRY_VERIFY(button(bench.window, u"Generate anyway · $0.12"_s)); // said as it is now
    QCOMPARE(bench.paid.queue.jobs().size(), 1);
    QCOMPARE(posts, 2);
    // Another act of the person's: what was offered before it goes.
    Q_EMIT bench.window.findChild<PictureActions*>()->tryAgainRequested(0);
    QVERIFY(!button(bench.window, u"Generate anyway"_s));
}

SEEDBOOK_TEST(SendingTest, QApplication)

} // namespace seedbook::sendingTest

#include "SendingTest.moc"
