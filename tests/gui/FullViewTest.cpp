#include "widgets/viewer/FullView.h"

#include "library/ThumbnailLoader.h"
#include "support/FullViewBench.h"
#include "support/GalleryBench.h"
#include "support/Listing.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/viewer/ImageCanvas.h"
#include "widgets/viewer/InfoOverlay.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace seedbook::fullViewTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Bench : GalleryBench
{
    Bench()
        : stand(selection, actions, &window)
        , full(stand.view)
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&other);
        layout->addWidget(page, 1);
        QObject::connect(full, &FullView::shown, &selection,
            qOverload<const QModelIndex&>(&PictureSelection::select));
        show({800, 600});
        // From the top: 5 picture, 4 tile, 3 picture, 2 no file, 1 no picture
        QList<PicturePtr> pictures;
        for (const JobId id : {5, 3}) {
            const QString path = folder.filePath(u"%1.png"_s.arg(id));
            writeFile(path, samplePicture(ImageFormat::Png, {400, 200}));
            pictures.append(pictureOf(sampleJob(id), path, {400, 200}));
        }
        pictures.append(pictureOf(sampleJob(2), folder.filePath(u"gone.png"_s)));
        writeFile(folder.filePath(u"bad.png"_s), "no picture at all");
        pictures.append(pictureOf(sampleJob(1), folder.filePath(u"bad.png"_s)));
        live.setListing(listingOf(pictures));
        live.addJobs({sampleJob(4)});
    }
    void key(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    [[nodiscard]] const ViewTransform& view() const { return full->canvas()->view(); }

    FullViewBench stand;
    FullView* full;
};

} // namespace

class FullViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scaleIsInDevicePixels_data()
    {
        QTest::addColumn<qreal>("ratio");
        QTest::newRow("1x") << 1.0;
        QTest::newRow("2x") << 2.0;
    }

    void scaleIsInDevicePixels()
    {
        QFETCH(qreal, ratio);
        ViewTransform view;
        view.setViewport({800, 600}, ratio);
        view.setPicture({1600, 900});
        QVERIFY(view.isFit());
        QCOMPARE(view.zoom(), 800 * ratio / 1600);
        QCOMPARE(view.target(), QRectF(0, 75, 800, 450));
        view.zoomTo(1, view.middle());
        QCOMPARE(view.zoom(), 1.0);
        // One pixel of the picture to one of the device, on whole device pixels.
        QCOMPARE(view.target().size() * ratio, QSizeF(1600, 900));
        const QPointF corner = view.target().topLeft() * ratio;
        QCOMPARE(corner, QPointF(corner.toPoint()));
        view.fit();
        view.setViewport({400, 300}, ratio); // fit stays fit

        QCOMPARE(view.zoom(), 400 * ratio / 1600);
    }

    void pointUnderThePointerStays()
    {
        for (const qreal ratio : {1.0, 2.0}) {
            ViewTransform view;
            view.setViewport({800, 600}, ratio);
            view.setPicture({4000, 3000});
            view.zoomTo(1, {400, 300});
            for (const QPointF pointer : {QPointF(400, 300), QPointF(123, 456), QPointF(700, 20)}) {
                for (const qreal zoom : {1.3, 2.0, 5.0, 3.1, 1.4}) {
                    const QPointF before = view.toPicture(pointer);
                    view.zoomTo(zoom, pointer);
                    const QPointF after = view.toPicture(pointer);
                    QVERIFY(qAbs(before.x() - after.x()) < 1e-6);
                    QVERIFY(qAbs(before.y() - after.y()) < 1e-6);
                }
            }
        }
    }

    void noGapAtTheSidesAndBoundedZoom()
    {
        ViewTransform view;
        view.setViewport({800, 600}, 1);
        view.setPicture({1000, 500});
        view.zoomTo(1, view.middle());
        view.pan({10'000, 10'000});
        QCOMPARE(view.target(), QRectF(0, 50, 1000, 500)); // higher than the picture: its middle
        view.pan({-10'000, 0});
        QCOMPARE(view.target().right(), 800.0);
        view.zoomTo(1e9, {0, 0});
        QCOMPARE(view.zoom(), ViewTransform::largestZoom);
        view.zoomTo(1e-9, {0, 0});
        QCOMPARE(view.zoom(), 0.8);
        view.setPicture({});
        view.zoomTo(2, {5, 5}); // nothing to show is no reason to fail
        QVERIFY(view.target().isValid());
    }

    void keysWalkThePicturesOnly()
    {
        Bench bench;
        QSignalSpy shown(bench.full, &FullView::shown);
        QSignalSpy closed(bench.full, &FullView::closed);
        bench.page->view()->setFocus();
        bench.full->open(bench.model.indexOfJob(4));
        QVERIFY(!bench.full->isVisible()); // a tile has nothing to show
        bench.selection.select(bench.model.index(0));
        bench.full->open(bench.model.index(0));
        QVERIFY(bench.full->isVisible());
        QCOMPARE(bench.full->geometry(), bench.window.rect());
        QVERIFY(bench.full->hasFocus());
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        bench.key(Qt::Key_Left);
        QCOMPARE(bench.full->current().row(), 0);
        bench.key(Qt::Key_Right);
        QCOMPARE(bench.full->current().row(), 2);
        QCOMPARE(bench.page->view()->currentIndex().row(), 2); // the selection follows
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        bench.key(Qt::Key_Right);
        QTRY_VERIFY(bench.full->canvas()->failure().contains(u"gone.png"_s));
        bench.key(Qt::Key_Right);
        QTRY_VERIFY(bench.full->canvas()->failure().contains(u"bad.png"_s));
        bench.key(Qt::Key_Right);
        QCOMPARE(bench.full->current().row(), 4);
        bench.key(Qt::Key_Left);
        bench.key(Qt::Key_Left);
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        bench.key(Qt::Key_Escape);
        QVERIFY(!bench.full->isVisible());
        QCOMPARE(closed.size(), 1);
        QVERIFY(bench.page->view()->hasFocus());
        QCOMPARE(bench.page->view()->currentIndex().row(), 2);
    }

    void zoomKeysAndDoubleClick()
    {
        Bench bench;
        bench.full->open(bench.model.index(0));
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        const qreal ratio = bench.full->devicePixelRatioF();
        const qreal fit = bench.full->canvas()->width() * ratio / 400;
        QVERIFY(bench.view().isFit());
        QCOMPARE(bench.view().zoom(), fit);
        bench.key(Qt::Key_Z);
        QCOMPARE(bench.view().zoom(), 1.0);
        bench.key(Qt::Key_Plus);
        QVERIFY(bench.view().zoom() > 1.0);
        bench.key(Qt::Key_Minus);
        QCOMPARE(bench.view().zoom(), 1.0);
        bench.key(Qt::Key_F);
        QCOMPARE(bench.view().zoom(), fit);
        QTest::mouseDClick(bench.full->canvas(), Qt::LeftButton, {}, {100, 300});
        QCOMPARE(bench.view().zoom(), 1.0);
        QTest::mouseDClick(bench.full->canvas(), Qt::LeftButton, {}, {100, 300});
        QVERIFY(bench.view().isFit());
        // Another picture begins fitted, and the window's size is followed.
        bench.key(Qt::Key_Z);
        bench.key(Qt::Key_Right);
        QVERIFY(bench.view().isFit());
        bench.window.resize(640, 480);
        QCOMPARE(bench.full->geometry(), bench.window.rect());
        QCOMPARE(bench.view().zoom(), bench.full->canvas()->width() * ratio / 400);
    }

    void wheelZoomsToThePointer()
    {
        Bench bench;
        bench.full->open(bench.model.index(0));
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        bench.key(Qt::Key_Plus);
        bench.key(Qt::Key_Plus);
        bench.key(Qt::Key_Plus);
        ImageCanvas* canvas = bench.full->canvas();
        const QPointF pointer(300, 280);
        const QPointF before = canvas->view().toPicture(pointer);
        const qreal zoom = canvas->view().zoom();
        QWheelEvent wheel(pointer, canvas->mapToGlobal(pointer), {}, {0, 120}, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(canvas, &wheel);
        QVERIFY(canvas->view().zoom() > zoom * 1.1);
        QVERIFY(QLineF(before, canvas->view().toPicture(pointer)).length() < 1e-6);
        // Dragging takes the picture along.
        const QPointF grabbed = canvas->view().toPicture({300, 280});
        QTest::mousePress(canvas, Qt::LeftButton, {}, {300, 280});
        QTest::mouseMove(canvas, {320, 281});
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, {320, 281});
        QVERIFY(QLineF(grabbed, canvas->view().toPicture({320, 281})).length() < 1e-6);
    }

    void pixelsAreThePictures()
    {
        Bench bench;
        bench.full->open(bench.model.index(0));
        QTRY_VERIFY(bench.full->canvas()->hasImage());
        bench.key(Qt::Key_Z);
        const QImage file(bench.folder.filePath(u"5.png"_s));
        const QImage seen = bench.full->canvas()->grab().toImage();
        const QPoint corner =
            (bench.view().target().topLeft() * bench.full->devicePixelRatioF()).toPoint();
        for (const QPoint& at : {QPoint(0, 0), QPoint(17, 33), QPoint(399, 199), QPoint(200, 100)})
            QCOMPARE(seen.pixel(corner + at), file.pixel(at));
    }

    void aLongNameIsToldWhole()
    {
        Bench bench;
        bench.window.resize(1360, 860);
        const QString name =
            u"rustic-mountain-cabin-in-the-first-snow-smoke-from-the-chimney 256616.png"_s;
        const QString path = bench.folder.filePath(name);
        writeFile(path, samplePicture(ImageFormat::Png, {400, 200}));
        const PicturePtr picture = pictureOf(sampleJob(9), path, {400, 200});
        bench.live.setListing(listingOf({picture}));
        bench.full->open(bench.model.indexOf(picture->id));
        bench.full->viewer()->setInfoShown(true);
        QTRY_VERIFY(bench.full->viewer()->info()->isVisible());
        const auto labels = bench.full->viewer()->info()->findChildren<QLabel*>();
        const auto told = std::find_if(labels.cbegin(), labels.cend(), [](const QLabel* label) {
            return label->accessibleName().contains(u"rustic-mountain"_s);
        });
        QVERIFY(told != labels.cend());
        QTRY_VERIFY((*told)->height() >= (*told)->heightForWidth((*told)->width()));
    }

    void tabStaysInsideAndFocusElsewhereCloses()
    {
        Bench bench;
        bench.full->open(bench.model.index(0));
        for (int i = 0; i < 12; ++i) {
            bench.key(Qt::Key_Tab);
            QWidget* focus = QApplication::focusWidget();
            QVERIFY(focus == bench.full || bench.full->isAncestorOf(focus));
        }
        bench.full->setFocus();
        bench.other.setFocus(); // as a shortcut to the prompt does
        QVERIFY(!bench.full->isVisible());
        QVERIFY(bench.other.hasFocus());
    }

    void partsAreNamed()
    {
        Bench bench;
        QCOMPARE(bench.full->accessibleName(), u"Full view"_s);
        QStringList names;
        for (const auto* button : bench.full->findChildren<QToolButton*>())
            names.append(button->accessibleName());
        QCOMPARE(names,
            (QStringList{u"Previous picture"_s, u"Next picture"_s, u"Fit"_s, u"100 %"_s,
                u"Zoom out"_s, u"Zoom in"_s, u"Information"_s, u"Second window"_s, u"Close"_s}));
        bench.full->open(bench.model.index(0));
        const auto buttons = bench.full->findChildren<QToolButton*>();
        QVERIFY(!buttons.at(0)->isEnabled());
        QVERIFY(buttons.at(1)->isEnabled());
        // A newer picture arrives: now there is one to the left.
        bench.live.addPicture(pictureOf(sampleJob(9)));
        QVERIFY(buttons.at(0)->isEnabled());
        QTest::mouseClick(buttons.at(1), Qt::LeftButton);
        QCOMPARE(bench.full->current(), bench.model.indexOf(sampleJob(3).pictureId));
        QTest::mouseClick(buttons.at(8), Qt::LeftButton);
        QVERIFY(!bench.full->isVisible());
    }
};

SEEDBOOK_TEST(FullViewTest, QApplication)

} // namespace seedbook::fullViewTest

#include "FullViewTest.moc"
