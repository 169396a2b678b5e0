#include "settings/DraftStore.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "support/PaidBench.h"
#include "support/TestProgram.h"
#include "support/UndoBench.h"
#include "widgets/window/MainWindow.h"

#include <QAccessible>
#include <QApplication>
#include <QMenuBar>

namespace seedbook::undoBarTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

// The line below the gallery, and what it offers.
class UndoBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesByItself();
    void staysWhileSomebodyIsAtIt();
    void goesWithTheNextStep();
    void byKeyboard();
    void speaks();
    void rejectedOnesAreToldOfFirst();
    void onlyWhatIsStillRejectedGoes();
    void noneIsRejected();
    void theWindowHasAll();
};

void UndoBarTest::goesByItself()
{
    UndoBench bench(3);
    bench.bar().setTime(100ms);
    QVERIFY(bench.bar().isHidden());
    QVERIFY(bench.trash({2}));
    QVERIFY(bench.bar().isVisible());
    QTRY_VERIFY(bench.bar().isHidden());
    // A problem does not.
    bench.bar().say(MessageLine::Kind::Problem, u"It went wrong."_s);
    QVERIFY(bench.bar().isVisible());
    QVERIFY(!bench.bar().goesByItself());
    bench.bar().close()->click();
    QVERIFY(bench.bar().isHidden());
    QVERIFY(bench.undo()); // it can be undone all the same
    QCOMPARE(bench.model.pictureCount(), 3);
}

void UndoBarTest::staysWhileSomebodyIsAtIt()
{
    UndoBench bench(2);
    bench.bar().setTime(50ms);
    bench.bar().say(MessageLine::Kind::Note, u"Something was done."_s, u"Undo"_s);
    bench.bar().action()->setFocus(Qt::TabFocusReason);
    QSignalSpy stayed(&bench.bar(), &UndoBar::stayed);
    QVERIFY(stayed.wait());
    QVERIFY(bench.bar().isVisible());
    bench.view->setFocus();
    QTRY_VERIFY(bench.bar().isHidden());
}

void UndoBarTest::goesWithTheNextStep()
{
    UndoBench bench(3);
    QVERIFY(bench.trash({2}));
    QVERIFY(bench.bar().isVisible());
    bench.select({1});
    bench.actions.rate(5);
    QVERIFY(bench.bar().isHidden());
    QVERIFY(bench.undo());
    QCOMPARE(bench.link->undo()->text(), u"&Undo move to trash"_s);
}

void UndoBarTest::byKeyboard()
{
    UndoBench bench(3);
    QVERIFY(bench.trash({2}));
    QVERIFY(bench.view->hasFocus());
    QTest::keyClick(bench.view, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), bench.bar().action());
    QVERIFY(bench.ends([&] { QTest::keyClick(bench.bar().action(), Qt::Key_Space); }));
    QCOMPARE(bench.model.pictureCount(), 3);
    // Where it goes the focus goes back, and not to whatever comes next.
    QVERIFY(bench.view->hasFocus());
    QVERIFY(bench.trash({1}));
    bench.bar().action()->setFocus(Qt::TabFocusReason);
    QTest::keyClick(bench.bar().action(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), bench.bar().close());
    QTest::keyClick(bench.bar().close(), Qt::Key_Escape);
    QVERIFY(bench.bar().isHidden());
    QVERIFY(bench.view->hasFocus());
    // A click takes it nowhere.
    QVERIFY(bench.trash({2}));
    bench.other.setFocus();
    QTest::mouseClick(bench.bar().close(), Qt::LeftButton);
    QVERIFY(bench.bar().isHidden());
    QVERIFY(bench.other.hasFocus());
}

void UndoBarTest::speaks()
{
    UndoBench bench(3);
    QVERIFY(bench.trash({2, 3}));
    const auto name = [](QWidget* widget, QAccessible::Text text) {
        return QAccessible::queryAccessibleInterface(widget)->text(text);
    };
    QCOMPARE(name(&bench.bar(), QAccessible::Name), u"Moved 2 images to the trash."_s);
    QCOMPARE(name(bench.bar().action(), QAccessible::Name), u"Undo"_s);
    QCOMPARE(
        name(bench.bar().action(), QAccessible::Description), u"Moved 2 images to the trash."_s);
    QCOMPARE(name(bench.bar().close(), QAccessible::Name), u"Dismiss"_s);
}

void UndoBarTest::rejectedOnesAreToldOfFirst()
{
    UndoBench bench(8); // number 7 is rejected by its record
    bench.select({1, 2, 3});
    bench.actions.rate(-1);
    bench.view->clearSelection();
    bench.bar().setTime(50ms);
    bench.link->emptyRejected()->trigger();
    QTRY_VERIFY(bench.bar().isVisible());
    qint64 bytes = 0;
    for (const int number : {1, 2, 3, 7})
        bytes += QFileInfo(bench.at(number)).size();
    const QString size = QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    QCOMPARE(bench.bar().text(), u"4 rejected images, %1. They cost $0.48."_s.arg(size));
    QCOMPARE(bench.bar().action()->text(), u"Move to trash"_s);
    QCOMPARE(bench.bar().refusal()->text(), u"Cancel"_s);
    QVERIFY(bench.view->hasFocus());
    QVERIFY(!bench.bar().goesByItself()); // it waits for an answer
    bench.bar().refusal()->click();
    QVERIFY(bench.bar().isHidden());
    QCOMPARE(bench.model.pictureCount(), 8);
    QCOMPARE(bench.link->undo()->text(), u"&Undo rating"_s);

    bench.link->emptyRejected()->trigger();
    QTRY_VERIFY(bench.bar().isVisible());
    QVERIFY(bench.ends([&] { bench.bar().action()->click(); }));
    QCOMPARE(bench.model.pictureCount(), 4);
    QVERIFY(bench.bar().refusal()->isHidden());
    QCOMPARE(bench.link->undo()->text(), u"&Undo delete rejected images"_s);
    QVERIFY(bench.undo()); // one step
    QCOMPARE(bench.model.pictureCount(), 8);
    QCOMPARE(bench.selected(), (QList<int>{1, 2, 3, 7}));
    QCOMPARE(bench.model.picture(bench.model.indexOf(idOf(2)))->rating, -1);
}

void UndoBarTest::onlyWhatIsStillRejectedGoes()
{
    UndoBench bench(6);
    bench.select({1, 2});
    bench.actions.rate(-1);
    bench.link->emptyRejected()->trigger();
    QTRY_VERIFY(bench.bar().isVisible());
    // Others do it: the person has not looked at that sum.
    bench.library().setRating({bench.model.picture(bench.model.indexOf(idOf(1)))}, 3);
    bench.library().setRating({bench.model.picture(bench.model.indexOf(idOf(5)))}, -1);
    QVERIFY(bench.ends([&] { bench.bar().action()->click(); }));
    QCOMPARE(bench.model.pictureCount(), 5);
    QVERIFY(!QFile::exists(bench.at(2)));
    QVERIFY(QFile::exists(bench.at(1)) && QFile::exists(bench.at(5)));
}

void UndoBarTest::noneIsRejected()
{
    UndoBench bench(3);
    bench.link->emptyRejected()->trigger();
    QTRY_COMPARE(bench.barText(), u"No images are rejected."_s);
    QVERIFY(bench.bar().action()->isHidden());
}

void UndoBarTest::theWindowHasAll()
{
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", QFile::encodeName(home.path()));
    put(home.filePath(u"library/1.png"_s), recordedPicture(1));
    put(home.filePath(u"library/2.png"_s), recordedPicture(2));
    const Endpoint endpoint = Endpoint::segmind();
    PaidBench paid(home.path(), endpoint);
    Settings settings(home.filePath(u"seedbook.conf"_s));
    KeyStore keys(endpoint.origin(), ApiKey("SG_0123456789abcdef"));
    ThumbnailLoader thumbnails(home.filePath(u"cache"_s));
    DraftStore draft(home.filePath(u"draft.json"_s));
    MainWindow window({.models = models(),
        .queue = paid.queue,
        .sender = paid.sender,
        .ledger = paid.ledger,
        .settings = settings,
        .keys = keys,
        .library = paid.library,
        .thumbnails = thumbnails,
        .draft = draft,
        .keyCheck = {},
        .cacheFolder = home.filePath(u"cache"_s)});
    connect(&paid.library, &Library::changed, &window, &MainWindow::applyChanges);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    paid.library.rescan();
    QAbstractItemModel* model = window.findChild<GalleryView*>()->model();
    QTRY_COMPARE(model->rowCount(), 2);

    const auto menu = [&window](const QString& title) {
        for (const QAction* action : window.menuBar()->actions()) {
            if (action->text() == title)
                return action->menu()->actions();
        }
        return QList<QAction*>();
    };
    QCOMPARE(menu(u"&Edit"_s).first(2), (QList{window.undo()->undo(), window.undo()->redo()}));
    QCOMPARE(window.undo()->undo()->shortcut(), QKeySequence(u"Ctrl+Z"_s));
    QCOMPARE(window.undo()->redo()->shortcut(), QKeySequence(u"Ctrl+Shift+Z"_s));
    QVERIFY(menu(u"&Picture"_s).contains(window.undo()->emptyRejected()));

    GalleryView* view = window.findChild<GalleryView*>();
    view->setFocus();
    view->setCurrentIndex(model->index(0, 0));
    QSignalSpy ended(window.undo()->history(), &UndoHistory::ended);
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(model->rowCount(), 1);
    QVERIFY(window.undo()->bar()->isVisible());
    QTest::keyClick(view, Qt::Key_Tab);
    QVERIFY(window.undo()->bar()->action()->hasFocus());
    // The prompt has its own.
    window.compose()->focusPrompt();
    QWidget* prompt = QApplication::focusWidget();
    QTest::keyClicks(prompt, u"a fox"_s);
    QTest::keyClick(prompt, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(ended.size(), 1);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(ended.size(), 2);
    QCOMPARE(model->rowCount(), 2);
}

SEEDBOOK_TEST(UndoBarTest, QApplication)

} // namespace seedbook::undoBarTest

#include "UndoBarTest.moc"
