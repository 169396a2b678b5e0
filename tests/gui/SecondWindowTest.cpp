#include "widgets/viewer/SecondWindow.h"

#include "library/ThumbnailLoader.h"
#include "settings/Settings.h"
#include "support/GalleryBench.h"
#include "support/Listing.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/panel/PicturePanel.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/ImageCanvas.h"
#include "widgets/viewer/InfoOverlay.h"
#include "widgets/viewer/ViewerWindows.h"

#include <QAction>
#include <QApplication>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

namespace seedbook::secondWindowTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// Pictures 6 … 1 from the top, a tile 7 above them.
struct Bench : GalleryBench
{
    Bench()
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(page);
        window.move(20, 20);
        show({500, 400});
        QList<PicturePtr> pictures;
        for (JobId id = 1; id <= 6; ++id) {
            const QString path = folder.filePath(u"%1.png"_s.arg(id));
            writeFile(path, samplePicture(ImageFormat::Png, {400, 200}));
            pictures.append(pictureOf(sampleJob(id), path, {400, 200}));
        }
        live.setListing(listingOf(pictures));
        live.addJobs({sampleJob(7)});
    }
    ~Bench() { viewers->close(); }
    void select(JobId id) { selection.select(indexOf(id)); }
    [[nodiscard]] SecondWindow* second() const { return viewers->secondWindow(); }
    // The picture's number; 0 for none.
    [[nodiscard]] qint64 shown() const
    {
        const PicturePtr& picture = second()->viewer()->picture();
        return picture ? picture->sequence : 0;
    }
    [[nodiscard]] qint64 subject() const
    {
        return actions.picture() ? actions.picture()->sequence : 0;
    }
    void remove(JobId id)
    {
        LibraryChanges changes;
        changes.removed.append(sampleJob(id).pictureId);
        live.applyChanges(changes);
    }
    void open()
    {
        viewers->secondWindowAction()->setChecked(true);
        if (!QTest::qWaitForWindowExposed(second()))
            qFatal("no second window");
    }
    // As a click on it makes it.
    void activate()
    {
        second()->activateWindow();
        second()->setFocus();
        if (!QTest::qWaitForWindowActive(second()))
            qFatal("not active");
    }

    Settings settings{folder.filePath(u"seedbook.conf"_s)};
    PicturePanel details{models(), live, selection, actions};
    ViewerWindows* viewers = new ViewerWindows(selection, actions, models(), settings, &window);
};

} // namespace

class SecondWindowTest final : public QObject
{
    Q_OBJECT

public:
    // Two screens side by side, whatever this computer has.
    static void initMain()
    {
        static const QTemporaryDir folder;
        const QString file = folder.filePath(u"screens.json"_s);
        writeFile(file, R"({"screens": [
            {"name": "left", "x": 0, "y": 0, "width": 1200, "height": 800, "logicalDpi": 96},
            {"name": "right", "x": 1200, "y": 0, "width": 1600, "height": 900, "logicalDpi": 96}]})");
        qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + QFile::encodeName(file));
    }

private Q_SLOTS:
    void fillsTheOtherScreen()
    {
        QCOMPARE(QGuiApplication::screens().size(), 2);
        Bench bench;
        QCOMPARE(bench.window.screen(), QGuiApplication::screens().at(0));
        bench.open();
        QVERIFY(bench.second()->isFullScreen());
        QCOMPARE(bench.second()->screen(), QGuiApplication::screens().at(1));
        QVERIFY(bench.viewers->secondWindowAction()->isChecked());
        QTest::keyClick(bench.second(), Qt::Key_F11);
        QVERIFY(!bench.second()->isFullScreen() && bench.second()->isVisible());
        QTest::keyClick(bench.second(), Qt::Key_F11);
        QVERIFY(bench.second()->isFullScreen());
        QTest::keyClick(bench.second(), Qt::Key_Escape); // first to a window, then away
        QVERIFY(!bench.second()->isFullScreen() && bench.second()->isVisible());
        QTest::keyClick(bench.second(), Qt::Key_Escape);
        QVERIFY(!bench.second()->isVisible());
        QVERIFY(!bench.viewers->secondWindowAction()->isChecked());
    }

    void itsPlaceIsRemembered()
    {
        Bench bench;
        bench.open();
        bench.second()->setWindowState(Qt::WindowNoState);
        bench.second()->setGeometry(100, 120, 444, 333);
        bench.viewers->secondWindowAction()->setChecked(false);
        QVERIFY(!bench.second()->isVisible());
        QVERIFY(!bench.settings.secondWindow().isEmpty());
        // Another run.
        SecondWindow* first = bench.second();
        ViewerWindows again(
            bench.selection, bench.actions, models(), bench.settings, &bench.window);
        QVERIFY(again.secondWindow() != first);
        again.secondWindowAction()->trigger();
        QCOMPARE(again.secondWindow()->geometry(), QRect(100, 120, 444, 333));
        again.close();
        // What nobody can use is as good as nothing.
        bench.settings.setSecondWindow("no geometry at all");
        bench.open();
        QVERIFY(bench.second()->isFullScreen());
    }

    void closingItWithoutHavingItLeavesItsPlace()
    {
        Bench bench;
        bench.settings.setSecondWindow("kept");
        bench.viewers->close();
        QCOMPARE(bench.settings.secondWindow(), QByteArray("kept"));
    }

    void followsTheSelection()
    {
        Bench bench;
        bench.select(4);
        bench.view->setFocus();
        bench.open();
        // The keys stay where they are; this platform would activate it all the same.
        QVERIFY(bench.second()->testAttribute(Qt::WA_ShowWithoutActivating));
        QCOMPARE(bench.shown(), 4);
        QTRY_VERIFY(bench.second()->viewer()->canvas()->hasImage());
        bench.select(2);
        QCOMPARE(bench.shown(), 2);
        bench.view->selectionModel()->clear(); // then the newest is what is told of
        QCOMPARE(bench.subject(), 6);
        QTRY_COMPARE(bench.shown(), 6);
        bench.selection.select(bench.model.indexOfJob(7));
        QCOMPARE(bench.shown(), 0);
        QVERIFY(!bench.second()->viewer()->canvas()->note().isEmpty());
        // The tile becomes its picture.
        const QString path = bench.folder.filePath(u"1.png"_s);
        bench.live.updateJob(filed(sampleJob(7), path));
        QCOMPARE(bench.shown(), 7);
    }

    void itsKeysMoveTheSelectionAndRate()
    {
        Bench bench;
        QSignalSpy rated(&bench.actions, &PictureActions::ratingRequested);
        bench.select(4);
        bench.open();
        bench.activate();
        QTest::keyClick(bench.second(), Qt::Key_Right);
        QCOMPARE(bench.shown(), 3);
        QCOMPARE(bench.view->currentIndex(), bench.indexOf(3));
        QCOMPARE(bench.subject(), 3);
        QTest::keyClick(bench.second(), Qt::Key_5);
        QCOMPARE(rated.size(), 1);
        const auto pictures = rated.first().at(0).value<QList<PicturePtr>>();
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(pictures.first()->sequence, 3);
        QTest::keyClick(bench.second(), Qt::Key_X);
        QCOMPARE(rated.last().at(1).toInt(), -1);
        QTest::keyClick(bench.second(), Qt::Key_Home);
        QCOMPARE(bench.subject(), 6);
        QTest::keyClick(bench.second(), Qt::Key_Z);
        QCOMPARE(bench.second()->viewer()->canvas()->view().zoom(), 1.0);
    }

    void whatIsTakenAwayGivesItsPlace()
    {
        Bench bench;
        bench.select(4);
        bench.open();
        bench.remove(4);
        QCOMPARE(bench.shown(), 3);
        QCOMPARE(bench.subject(), 3);
        QCOMPARE(bench.view->currentIndex(), bench.indexOf(3));
        bench.select(1);
        bench.remove(1);
        QCOMPARE(bench.shown(), 2);
        for (const JobId id : {2, 3, 5, 6})
            bench.remove(id);
        QTRY_COMPARE(bench.shown(), 0);
        QCOMPARE(bench.subject(), 0);
        QVERIFY(bench.second()->isVisible());
    }

    void goesWithTheFullView()
    {
        Bench bench;
        bench.select(4);
        bench.open();
        FullView* full = bench.viewers->fullView();
        full->open(bench.indexOf(4));
        QTest::keyClick(full, Qt::Key_Right);
        QCOMPARE(bench.shown(), 3);
        // And the other way round: whichever has the keys, both show what they act on.
        bench.activate();
        QTest::keyClick(bench.second(), Qt::Key_Right);
        QVERIFY(full->isVisible());
        QCOMPARE(full->current(), bench.indexOf(2));
        QCOMPARE(bench.subject(), 2);
        bench.remove(2);
        QCOMPARE(full->current(), bench.indexOf(1));
        QCOMPARE(bench.shown(), 1);
        QCOMPARE(bench.subject(), 1);
        // W takes it away again, and nothing else.
        full->setFocus();
        QTest::keyClick(full, Qt::Key_W);
        QVERIFY(!bench.second()->isVisible());
        QVERIFY(full->isVisible());
        QCOMPARE(full->current(), bench.indexOf(1));
        QTest::keyClick(full, Qt::Key_W);
        QVERIFY(bench.second()->isVisible());
        QCOMPARE(bench.shown(), 1);
    }

    void informationIsRememberedForEach()
    {
        Bench bench;
        bench.select(4);
        bench.open();
        QVERIFY(!bench.second()->viewer()->info()->isVisible());
        QTest::keyClick(bench.second(), Qt::Key_I);
        QVERIFY(bench.second()->viewer()->info()->isVisible());
        QVERIFY(bench.settings.isInfoShownSecond());
        QVERIFY(!bench.settings.isInfoShown());
        bench.viewers->fullView()->open(bench.indexOf(4));
        QVERIFY(!bench.viewers->fullView()->viewer()->info()->isVisible());
        ViewerWindows again(
            bench.selection, bench.actions, models(), bench.settings, &bench.window);
        QVERIFY(again.secondWindow()->viewer()->isInfoShown());
        // The keys go through the pictures, not through the information.
        again.secondWindow()->open({}, &bench.window);
        QCOMPARE(again.secondWindow()->focusWidget(), again.secondWindow());
        QVERIFY(!again.fullView()->viewer()->isInfoShown());
    }
};

SEEDBOOK_TEST(SecondWindowTest, QApplication)

} // namespace seedbook::secondWindowTest

#include "SecondWindowTest.moc"
