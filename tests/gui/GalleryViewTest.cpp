#include "widgets/gallery/GalleryView.h"

#include "library/ThumbnailLoader.h"
#include "support/GalleryBench.h"
#include "support/Listing.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/PillButton.h"
#include "widgets/gallery/TileDelegate.h"
#include "widgets/live/QueueWatch.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

namespace seedbook::galleryViewTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const Error noCredits{ErrorKind::InsufficientCredits, {}, {}, 406};

// A window with the gallery and something else that can have the focus.
struct Bench : GalleryBench
{
    Bench()
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&other);
        layout->addWidget(page, 1);
        show({900, 700});
    }
    void fill(int count)
    {
        QList<PicturePtr> pictures;
        for (int i = 0; i < count; ++i)
            pictures.append(pictureOf(sampleJob(1000 - i)));
        live.setListing(listingOf(pictures));
        QCoreApplication::sendPostedEvents();
    }
    [[nodiscard]] QPoint button(JobId id, TileButton which) const
    {
        const QModelIndex index = model.indexOfJob(id);
        for (const auto& placed : view->tiles().layout().buttons(
                 view->visualRect(index), *model.job(index), live.condition())) {
            if (placed.button == which)
                return placed.rect.center();
        }
        return {-1, -1};
    }
};

} // namespace

class GalleryViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What is gone is not counted any more, whether it was shown or not; and where the last one
    // went, nothing is looked for in vain.
    void tellsHowManyThereAre()
    {
        Bench bench;
        bench.fill(3);
        const auto says = [&bench](const QString& text) {
            const auto labels = bench.page->findChildren<QLabel*>();
            return std::any_of(labels.cbegin(), labels.cend(), [&text](const QLabel* label) {
                return label->isVisible() && label->text() == text;
            });
        };
        const auto id = [](JobId job) { return pictureOf(sampleJob(job))->id; };
        QVERIFY(says(u"3 pictures"_s));
        bench.live.applyChanges({{id(1000)}, {}, {}});
        QVERIFY(says(u"2 pictures"_s));
        bench.model.setFilter({.rating = RatingFilter::AtLeast1});
        QVERIFY(says(u"0 of 2 pictures"_s));
        bench.live.applyChanges({{id(999)}, {}, {}});
        QVERIFY(says(u"0 of 1 picture"_s));
        bench.live.applyChanges({{}, {}, {pictureOf(sampleJob(999))}});
        QVERIFY(says(u"0 of 2 pictures"_s));
        QVERIFY(says(u"No picture is like that"_s));
        bench.model.setFilter({});
        bench.live.applyChanges({{id(998), id(999)}, {}, {}});
        QVERIFY(!says(u"No picture is like that"_s));
        QVERIFY(says(u"Pictures you make appear here"_s));
    }

    void gridFillsTheWidthAsCounted()
    {
        Bench bench;
        bench.fill(300);
        for (const int width : {320, 500, 641, 900, 1000, 1333}) {
            bench.window.resize(width, 600);
            for (int size = GalleryView::smallestThumbnail; size <= GalleryView::largestThumbnail;
                 size += 32) {
                bench.page->restoreState(QByteArray::number(size));
                QCoreApplication::sendPostedEvents();
                const int columns = bench.view->columns();
                const QRect first = bench.view->visualRect(bench.model.index(0));
                QCOMPARE(bench.view->visualRect(bench.model.index(columns - 1)).top(), first.top());
                QVERIFY(bench.view->visualRect(bench.model.index(columns)).top() > first.top());
                const int free = bench.view->viewport()->width() - columns * first.width();
                QVERIFY(free >= 1);
                QVERIFY(free <= columns); // less than a pixel a column, and one for the wrapping
                for (const int row : bench.view->visibleRows())
                    QVERIFY(bench.view->visualRect(bench.model.index(row))
                                .intersects(bench.view->viewport()->rect()));
            }
        }
    }

    void hundredArrivalsMoveNothing()
    {
        Bench bench;
        bench.fill(200);
        bench.selection.select(bench.model.index(60));
        bench.other.setFocus();
        QScrollBar* bar = bench.view->verticalScrollBar();
        QVERIFY(bar->value() > 0);
        const int value = bar->value();
        const QPersistentModelIndex selected = bench.view->currentIndex();
        const QRect place = bench.view->visualRect(selected);
        QSignalSpy selections(&bench.selection, &PictureSelection::changed);
        for (JobId id = 2000; id < 2100; ++id) {
            bench.live.addJobs({sampleJob(id)});
            bench.live.updateJob(filed(sampleJob(id)));
            QCoreApplication::sendPostedEvents();
        }
        QCOMPARE(bar->value(), value);
        QCOMPARE(bench.view->visualRect(selected), place);
        QCOMPARE(bench.view->currentIndex(), QModelIndex(selected));
        QVERIFY(selections.isEmpty());
        QVERIFY(bench.other.hasFocus());
        auto* pill = bench.view->findChild<PillButton*>();
        QVERIFY(pill->isVisible());
        QCOMPARE(pill->text(), u"100 new ↑"_s);

        QTest::mouseClick(pill, Qt::LeftButton);
        QCOMPARE(bar->value(), 0);
        QVERIFY(!pill->isVisible());
        QCOMPARE(bench.model.rowCount(), 300);
        QCOMPARE(bench.view->currentIndex(), QModelIndex(selected));
        QCOMPARE(selected.row(), 160);
    }

    void atTheTopArrivalsComeIn()
    {
        Bench bench;
        bench.fill(200);
        bench.selection.select(bench.model.index(3));
        const QPersistentModelIndex selected = bench.view->currentIndex();
        bench.live.addJobs({sampleJob(2000)});
        QCoreApplication::sendPostedEvents();
        QCOMPARE(bench.model.rowCount(), 201);
        QCOMPARE(bench.view->verticalScrollBar()->value(), 0);
        QCOMPARE(bench.view->currentIndex(), QModelIndex(selected));
        QCOMPARE(selected.row(), 4);
    }

    void tileBecomesPictureUnderTheSelection()
    {
        Bench bench;
        bench.fill(200);
        bench.live.addJobs({sampleJob(985 * 1), sampleJob(2000)}); // 985 is a picture already
        bench.live.addJobs({sampleJob(500)});                      // the oldest: far down
        bench.selection.select(bench.model.indexOfJob(500));
        const int value = bench.view->verticalScrollBar()->value();
        QVERIFY(value > 0);
        const QPersistentModelIndex tile = bench.view->currentIndex();
        QSignalSpy selections(&bench.selection, &PictureSelection::changed);
        bench.live.updateJob(sampleJob(500, JobState::Sending));
        bench.live.updateJob(filed(sampleJob(500)));
        QCoreApplication::sendPostedEvents();
        QVERIFY(bench.model.picture(tile));
        QCOMPARE(bench.view->currentIndex(), QModelIndex(tile));
        QVERIFY(bench.view->selectionModel()->isSelected(tile));
        QCOMPARE(bench.view->verticalScrollBar()->value(), value);
        QVERIFY(selections.isEmpty());
    }

    void buttonsOnTilesLeaveTheSelectionAlone()
    {
        Bench bench;
        bench.fill(3);
        bench.live.addJobs({sampleJob(2000), sampleJob(2001, JobState::Refused, noCredits)});
        QCoreApplication::sendPostedEvents();
        bench.selection.select(bench.model.index(3));
        QSignalSpy cancel(&bench.actions, &PictureActions::cancelRequested);
        QSignalSpy again(&bench.actions, &PictureActions::tryAgainRequested);
        QSignalSpy dismiss(&bench.actions, &PictureActions::dismissRequested);
        QWidget* area = bench.view->viewport();
        QTest::mouseClick(area, Qt::LeftButton, {}, bench.button(2000, TileButton::Cancel));
        QCOMPARE(cancel.size(), 1);
        QCOMPARE(cancel.first().first().value<QList<JobId>>(), QList<JobId>{2000});
        QTest::mouseClick(area, Qt::LeftButton, {}, bench.button(2001, TileButton::TryAgain));
        QTest::mouseClick(area, Qt::LeftButton, {}, bench.button(2001, TileButton::Dismiss));
        QCOMPARE(again.size(), 1);
        QCOMPARE(dismiss.size(), 1);
        QCOMPARE(dismiss.first().first().value<QList<JobId>>(), QList<JobId>{2001});
        QCOMPARE(bench.view->currentIndex().row(), 3);

        // Let go elsewhere: nothing. Pressed elsewhere: the tile is selected.
        QTest::mousePress(area, Qt::LeftButton, {}, bench.button(2001, TileButton::Dismiss));
        QTest::mouseMove(area, bench.button(2001, TileButton::TryAgain));
        QTest::mouseRelease(area, Qt::LeftButton, {}, bench.button(2001, TileButton::TryAgain));
        QCOMPARE(again.size(), 1);
        QCOMPARE(dismiss.size(), 1);
        QTest::mouseClick(area, Qt::LeftButton, {},
            bench.view->visualRect(bench.model.indexOfJob(2001)).center() - QPoint(0, 20));
        QCOMPARE(bench.view->currentIndex(), bench.model.indexOfJob(2001));
        QCOMPARE(again.size(), 1);
    }

    // As a desktop sends it. What slides into the place of the one that went is not pressed by the
    // second half, and a third click at once is none either.
    void aDoubleClickOnATilesButtonIsOnePress_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<TileButton>("which");
        QTest::newRow("Cancel") << JobState::Waiting << TileButton::Cancel;
        QTest::newRow("Try again") << JobState::Refused << TileButton::TryAgain;
        QTest::newRow("Send again") << JobState::Unknown << TileButton::TryAgain;
        QTest::newRow("Dismiss") << JobState::Refused << TileButton::Dismiss;
    }

    void aDoubleClickOnATilesButtonIsOnePress()
    {
        QFETCH(JobState, state);
        QFETCH(TileButton, which);
        Bench bench;
        std::chrono::milliseconds clock{1000};
        bench.view->setPressClock([&clock] { return clock; });
        bench.fill(3);
        bench.live.addJobs({sampleJob(2000, state, noCredits), sampleJob(2001, state, noCredits),
            sampleJob(2002, state, noCredits)});
        QCoreApplication::sendPostedEvents();
        QList<JobId> acted;
        const auto act = [&](JobId id) {
            acted.append(id);
            bench.live.removeJob(id);
        };
        const auto actOnAll = [&act](const QList<JobId>& ids) { std::ranges::for_each(ids, act); };
        connect(&bench.actions, &PictureActions::cancelRequested, this, actOnAll);
        connect(&bench.actions, &PictureActions::tryAgainRequested, this, act);
        connect(&bench.actions, &PictureActions::dismissRequested, this, actOnAll);
        QSignalSpy opened(bench.page, &Page::openRequested);
        QWidget* area = bench.view->viewport();
        const JobId first = 2002;
        const QPoint place = bench.button(first, which);
        quint64 time = 1000;
        const auto send = [&](QEvent::Type type) {
            QMouseEvent event(type, place, area->mapToGlobal(QPointF(place)), Qt::LeftButton,
                type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            event.setTimestamp(time += 50);
            QCoreApplication::sendEvent(area, &event);
            QCoreApplication::processEvents(); // the neighbour is laid out, and painted
        };
        for (const auto type :
            {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick, QEvent::MouseButtonPress}) {
            send(type);
            send(QEvent::MouseButtonRelease);
        }
        QCOMPARE(acted, QList<JobId>{first});
        QCOMPARE(bench.button(2001, which), place);

        // A moment later it is a press, but the neighbour was there for 300 ms by then.
        time += 1000;
        clock += std::chrono::milliseconds(299);
        send(QEvent::MouseButtonPress);
        send(QEvent::MouseButtonRelease);
        QCOMPARE(acted.size(), 1);
        time += 1000;
        clock += std::chrono::milliseconds(1);
        send(QEvent::MouseButtonPress);
        send(QEvent::MouseButtonRelease);
        QCOMPARE(acted, (QList<JobId>{first, 2001}));

        // The last one's place is a picture's then: that is not opened by the second half.
        time += 1000;
        clock += std::chrono::seconds(1);
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick}) {
            send(type);
            send(QEvent::MouseButtonRelease);
        }
        QCOMPARE(acted.size(), 3);
        QVERIFY(opened.isEmpty());
    }

    // A tile that arrives, or becomes another, where the pointer rests.
    void whatComesUnderThePointerIsNotPressed()
    {
        Bench bench;
        std::chrono::milliseconds clock{1000};
        bench.view->setPressClock([&clock] { return clock; });
        bench.live.addJobs({sampleJob(2000)});
        QCoreApplication::sendPostedEvents();
        QSignalSpy cancelled(&bench.actions, &PictureActions::cancelRequested);
        QWidget* area = bench.view->viewport();
        const QPoint place = bench.button(2000, TileButton::Cancel);
        QTest::mouseMove(area, place);
        clock += std::chrono::seconds(1);
        bench.live.addJobs({sampleJob(2001)}); // before it
        QTest::mouseClick(area, Qt::LeftButton, {}, place);
        QVERIFY(cancelled.isEmpty());
        clock += std::chrono::milliseconds(300);
        QTest::mouseClick(area, Qt::LeftButton, {}, place);
        QCOMPARE(cancelled.size(), 1);
        QCOMPARE(cancelled.first().first().value<QList<JobId>>(), QList<JobId>{2001});

        // Cancel, for nothing, becomes Stop waiting, for the price, between press and release.
        clock += std::chrono::seconds(1);
        QTest::mousePress(area, Qt::LeftButton, {}, place);
        bench.live.updateJob(sampleJob(2001, JobState::Sending));
        QTest::mouseRelease(area, Qt::LeftButton, {}, bench.button(2001, TileButton::Cancel));
        QCOMPARE(cancelled.size(), 1);
        QTest::mouseClick(area, Qt::LeftButton, {}, bench.button(2001, TileButton::Cancel));
        QCOMPARE(cancelled.size(), 1);
        // A hand that goes to another one presses it at once.
        QTest::mouseClick(area, Qt::LeftButton, {}, bench.button(2000, TileButton::Cancel));
        QCOMPARE(cancelled.size(), 2);
        QCOMPARE(cancelled.last().first().value<QList<JobId>>(), QList<JobId>{2000});
    }

    void deleteHeldDownTakesOne()
    {
        Bench bench;
        bench.live.addJobs({sampleJob(2000), sampleJob(2001), sampleJob(2002)});
        QCoreApplication::sendPostedEvents();
        QSignalSpy cancelled(&bench.actions, &PictureActions::cancelRequested);
        connect(&bench.actions, &PictureActions::cancelRequested, this,
            [&bench](const QList<JobId>& ids) {
                for (const JobId id : ids)
                    bench.live.removeJob(id);
                bench.selection.select(bench.model.index(0));
            });
        bench.view->setFocus();
        bench.selection.select(bench.model.index(0));
        const auto send = [&bench](QEvent::Type type, bool repeats) {
            QKeyEvent event(type, Qt::Key_Delete, Qt::NoModifier, {}, repeats);
            QCoreApplication::sendEvent(bench.view, &event);
        };
        send(QEvent::KeyPress, false);
        for (int i = 0; i < 20; ++i) {
            send(QEvent::KeyRelease, true);
            send(QEvent::KeyPress, true);
        }
        send(QEvent::KeyRelease, false);
        QCOMPARE(cancelled.size(), 1);
    }

    void dismissedTileDoesNotScroll()
    {
        Bench bench;
        bench.live.addJobs({sampleJob(2001, JobState::Refused, noCredits)});
        bench.fill(200);
        bench.selection.select(bench.model.indexOfJob(2001));
        bench.view->verticalScrollBar()->setValue(2000);
        bench.live.removeJob(2001);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(bench.view->verticalScrollBar()->value(), 2000);
    }

    void keysOnItems()
    {
        Bench bench;
        bench.fill(20);
        bench.live.addJobs({sampleJob(2000), sampleJob(2001, JobState::Refused, noCredits)});
        QCoreApplication::sendPostedEvents();
        QSignalSpy open(bench.page, &Page::openRequested);
        QSignalSpy cancel(&bench.actions, &PictureActions::cancelRequested);
        QSignalSpy dismiss(&bench.actions, &PictureActions::dismissRequested);
        QSignalSpy selections(&bench.selection, &PictureSelection::changed);
        bench.view->setFocus();
        bench.selection.select(bench.model.index(0));
        QTest::keyClick(bench.view, Qt::Key_Return); // a tile does not open
        QTest::keyClick(bench.view, Qt::Key_Delete);
        QTest::keyClick(bench.view, Qt::Key_Right);
        QTest::keyClick(bench.view, Qt::Key_Delete);
        QCOMPARE(dismiss.first().first().value<QList<JobId>>(), QList<JobId>{2001});
        QCOMPARE(cancel.first().first().value<QList<JobId>>(), QList<JobId>{2000});
        QVERIFY(open.isEmpty());
        QTest::keyClick(bench.view, Qt::Key_Right);
        QTest::keyClick(bench.view, Qt::Key_Return, Qt::ControlModifier); // that is Generate
        QVERIFY(open.isEmpty());
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(open.size(), 1);
        QCOMPARE(open.first().first().toModelIndex().row(), 2);
        QTest::mouseDClick(bench.view->viewport(), Qt::LeftButton, {},
            bench.view->visualRect(bench.model.index(4)).center());
        QCOMPARE(open.last().first().toModelIndex().row(), 4);
        selections.clear();
        QTest::keyClick(bench.view, Qt::Key_Escape);
        QCOMPARE(selections.size(), 1);
        QVERIFY(!bench.selection.current().isValid());
    }

    void sizeChangeKeepsWhatStandsAtTheTop()
    {
        Bench bench;
        bench.fill(400);
        bench.live.addJobs({sampleJob(3000)});
        bench.page->restoreState(QByteArray::number(160));
        const int row = 150;
        bench.view->verticalScrollBar()->setValue(
            row / bench.view->columns() * bench.view->gridSize().height());
        const int first = bench.view->visibleRows().constFirst();
        bench.live.addJobs({sampleJob(3001)});
        QCOMPARE(bench.model.heldCount(), 1);
        for (const int size : {200, 320, 120, 480, 96}) {
            bench.page->restoreState(QByteArray::number(size));
            QCoreApplication::sendPostedEvents();
            const QList<int> rows = bench.view->visibleRows();
            QVERIFY2(rows.constFirst() <= first && rows.contains(first),
                qPrintable(QString::number(size)));
            QCOMPARE(bench.model.heldCount(), 1); // relaying is not scrolling to the top
        }
    }

    void sizeSliderIsNamed()
    {
        Bench bench;
        auto* slider = bench.page->findChild<QSlider*>();
        QCOMPARE(slider->accessibleName(), u"Thumbnail size"_s);
        QSignalSpy changed(bench.page, &Page::stateChanged);
        bench.page->restoreState(QByteArray::number(10'000));
        QCOMPARE(bench.view->thumbnailSize(), GalleryView::largestThumbnail);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(bench.page->saveState(), QByteArray::number(GalleryView::largestThumbnail));
    }

    void itemsAreReadAloud()
    {
        Bench bench;
        bench.live.addJobs({sampleJob(2000)});
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(bench.view);
        QCOMPARE(list->text(QAccessible::Name), u"Gallery"_s);
        QStringList names;
        for (int i = 0; i < list->childCount(); ++i)
            names.append(list->child(i)->text(QAccessible::Name));
        QVERIFY(names.contains(u"a fox in the snow, seed 3000, Waiting"_s));
    }

    void wordsAndButtonsLieInsideAtEverySize()
    {
        const QFont font = QApplication::font();
        const Error lost{ErrorKind::ConnectionLost, {}, {}};
        Job held = sampleJob(7);
        held.onHold = true;
        const QList<Job> jobs{sampleJob(1), sampleJob(2, JobState::Refused, noCredits),
            sampleJob(3, JobState::Cancelled), sampleJob(4, JobState::Received, noCredits),
            sampleJob(5, JobState::Sending), sampleJob(6, JobState::Unknown, lost), held};
        QueueCondition flows{.now = moment(100)};
        QueueCondition paused = flows;
        paused.pausedByPerson = true;
        QueueCondition offline = flows;
        offline.endpoints.insert(held.endpoint, {Pause{PauseReason::Offline, lost}, {}});
        for (int width = GalleryView::smallestThumbnail; width <= GalleryView::largestThumbnail;
             width += 4) {
            const TileLayout layout(width, font);
            const QRect cell(QPoint(7, 9), layout.cellSize());
            const QFontMetrics metrics(layout.font());
            QVERIFY(cell.contains(layout.box(cell)) && cell.contains(layout.caption(cell)));
            for (const auto& condition : {flows, paused, offline}) {
                for (const Job& job : jobs) {
                    QRect before;
                    const auto buttons = layout.buttons(cell, job, condition);
                    const QRect content = layout.content(cell, job, condition);
                    QVERIFY(!buttons.isEmpty());
                    for (const auto& placed : buttons) {
                        QVERIFY(layout.box(cell).contains(placed.rect));
                        QVERIFY(!placed.rect.intersects(before));
                        before = placed.rect;
                        QVERIFY2(metrics.horizontalAdvance(placed.text) + 6 <= placed.rect.width(),
                            qPrintable(placed.text));
                        QVERIFY(metrics.height() <= placed.rect.height());
                        QCOMPARE(layout.buttonAt(cell, job, condition, placed.rect.center()).button,
                            placed.button);
                        QVERIFY(!placed.rect.intersects(content));
                    }
                    QCOMPARE(layout.buttonAt(cell, job, condition, content.center()).button,
                        TileButton::None);
                    QVERIFY(content.height() >= 3 * metrics.height());
                }
            }
        }
    }

    // A job whose queue is paused says so, and the way out is one press on its tile.
    void pausedTileResumesTheQueue()
    {
        QTemporaryDir folder;
        RawServer server([](RawServer::Peer&) {});
        PaidBench paid(folder.path(), server.endpoint());
        QVERIFY(paid.restore());
        QueueWatch watch(paid.queue);
        Bench bench;
        bench.live.setWatch(&watch);
        bench.live.addJobs({sampleJob(2000)});
        QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
        paid.queue.pauseAll();
        QCOMPARE(changed.size(), 1);
        const QModelIndex tile = bench.model.indexOfJob(2000);
        QCOMPARE(tile.data(Qt::AccessibleTextRole).toString(),
            u"a fox in the snow, seed 3000, Paused"_s);
        QSignalSpy resume(&bench.actions, &PictureActions::resumeQueueRequested);
        QTest::mouseClick(bench.view->viewport(), Qt::LeftButton, {},
            bench.button(2000, TileButton::ResumeQueue));
        QCOMPARE(resume.size(), 1);
    }
};

SEEDBOOK_TEST(GalleryViewTest, QApplication)

} // namespace seedbook::galleryViewTest

#include "GalleryViewTest.moc"
