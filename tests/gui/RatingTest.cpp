#include "library/ThumbnailLoader.h"
#include "support/FullViewBench.h"
#include "support/GalleryBench.h"
#include "support/Listing.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/StarRow.h"
#include "widgets/common/Stars.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/panel/PicturePage.h"
#include "widgets/panel/PicturePanel.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/viewer/FullView.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

namespace seedbook::ratingTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

PicturePtr rated(JobId id, int rating)
{
    auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(id)));
    picture->rating = rating;
    return picture;
}

// Gallery and Picture panel, joined as the window joins them.
struct Bench : GalleryBench
{
    Bench()
        : picture(new PicturePanel(models(), live, selection, actions))
        , asked(&actions, &PictureActions::ratingRequested)
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&other);
        auto* row = new QHBoxLayout;
        row->addWidget(page, 1);
        row->addWidget(picture);
        layout->addLayout(row, 1);
        show({1100, 700});
    }
    void fill(const QList<int>& ratings)
    {
        QList<PicturePtr> pictures;
        for (int i = 0; i < ratings.size(); ++i)
            pictures.append(rated(1000 - i, ratings.at(i)));
        live.setListing(listingOf(pictures));
        QCoreApplication::sendPostedEvents();
    }
    void select(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers,
            view->visualRect(model.index(row)).center());
    }
    // The rows that the last wish was for, and the rating.
    [[nodiscard]] QPair<QList<int>, int> takeAsked()
    {
        if (asked.isEmpty())
            return {{}, -100};
        const QVariantList wish = asked.takeLast();
        asked.clear();
        QList<int> rows;
        for (const PicturePtr& rated : wish.at(0).value<QList<PicturePtr>>())
            rows.append(model.indexOf(rated->id).row());
        return {rows, wish.at(1).toInt()};
    }

    PicturePanel* picture;
    QSignalSpy asked;
};

using Wish = QPair<QList<int>, int>;

} // namespace

class RatingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysRateWhatIsSelected()
    {
        Bench bench;
        bench.fill({0, 0, 0, 0});
        bench.select(1);
        for (int rating = 0; rating <= 5; ++rating) {
            QTest::keyClick(bench.view, static_cast<Qt::Key>(Qt::Key_0 + rating));
            QCOMPARE(bench.takeAsked(), Wish({1}, rating));
        }
        QTest::keyClick(bench.view, Qt::Key_X);
        QCOMPARE(bench.takeAsked(), Wish({1}, -1));
        // The selection stays where it is: digits look for nothing.
        QCOMPARE(bench.view->currentIndex().row(), 1);
    }

    void keysRateAllThatAreSelected()
    {
        Bench bench;
        bench.fill({0, 0, 0, 0, 0, 0});
        bench.select(1);
        bench.select(3, Qt::ControlModifier);
        bench.select(4, Qt::ControlModifier);
        QTest::keyClick(bench.view, Qt::Key_4);
        QCOMPARE(bench.takeAsked(), Wish({1, 3, 4}, 4));
        // The panel shows the one that was clicked last.
        QCOMPARE(bench.actions.picture(), bench.model.picture(bench.model.index(4)));
        QTest::keyClick(bench.view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(bench.view, Qt::Key_2);
        QCOMPARE(bench.takeAsked(), Wish({0, 1, 2, 3, 4, 5}, 2));
        // A plain click is one again.
        bench.select(2);
        QTest::keyClick(bench.view, Qt::Key_5);
        QCOMPARE(bench.takeAsked(), Wish({2}, 5));
    }

    void rejectingAgainTakesItBack()
    {
        Bench bench;
        bench.fill({-1, -1, 3});
        bench.select(0);
        QTest::keyClick(bench.view, Qt::Key_X);
        QCOMPARE(bench.takeAsked(), Wish({0}, 0));
        bench.select(1, Qt::ControlModifier);
        QTest::keyClick(bench.view, Qt::Key_X);
        QCOMPARE(bench.takeAsked(), Wish({0, 1}, 0));
        // As long as one of them is not rejected it is meant for that one.
        bench.select(2, Qt::ControlModifier);
        QTest::keyClick(bench.view, Qt::Key_X);
        QCOMPARE(bench.takeAsked(), Wish({0, 1, 2}, -1));
    }

    void tilesAreNotRated()
    {
        Bench bench;
        bench.fill({0, 0});
        bench.live.addJobs({sampleJob(5000)});
        bench.select(0);
        QVERIFY(bench.model.job(bench.view->currentIndex()));
        QTest::keyClick(bench.view, Qt::Key_3);
        QCOMPARE(bench.asked.size(), 0);
        // Among pictures it is passed over.
        bench.select(1, Qt::ControlModifier);
        QTest::keyClick(bench.view, Qt::Key_3);
        QCOMPARE(bench.takeAsked(), Wish({1}, 3));
    }

    void digitsThatAreTypedElsewhereStayThere()
    {
        Bench bench;
        bench.fill({0, 0});
        bench.select(0);
        bench.other.setFocus();
        QTest::keyClicks(&bench.other, u"3x5t"_s);
        QCOMPARE(bench.other.text(), u"3x5t"_s);
        QCOMPARE(bench.asked.size(), 0);
    }

    void menuHasThem()
    {
        Bench bench;
        bench.fill({2, 0});
        bench.select(0);
        QMenu menu;
        bench.actions.fill(menu);
        QMenu* ratings = nullptr;
        for (const QAction* action : menu.actions()) {
            if (action->text() == u"Rating"_s)
                ratings = action->menu();
        }
        QVERIFY(ratings);
        QStringList texts;
        for (const QAction* action : ratings->actions()) {
            if (!action->isSeparator())
                texts.append(action->text() + (action->isChecked() ? u" (now)"_s : QString()));
        }
        QCOMPARE(texts, (QStringList{u"No rating"_s, u"1 star"_s, u"2 stars (now)"_s, u"3 stars"_s,
                            u"4 stars"_s, u"5 stars"_s, u"Reject"_s}));
        bench.actions.ratings().at(5)->trigger();
        QCOMPARE(bench.takeAsked(), Wish({0}, 5));
        // What is there counts, not what was asked for.
        QVERIFY(bench.actions.ratings().at(2)->isChecked());
        QVERIFY(!bench.actions.ratings().at(5)->isChecked());
    }

    void isSaidInTheItemsName_data()
    {
        QTest::addColumn<int>("rating");
        QTest::addColumn<QString>("ending");
        QTest::newRow("none") << 0 << u", picture"_s;
        QTest::newRow("one") << 1 << u", picture, 1 star"_s;
        QTest::newRow("three") << 3 << u", picture, 3 stars"_s;
        QTest::newRow("rejected") << -1 << u", picture, rejected"_s;
    }

    void isSaidInTheItemsName()
    {
        QFETCH(int, rating);
        QFETCH(QString, ending);
        Bench bench;
        bench.fill({rating});
        const QString name = bench.model.index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(name.endsWith(ending), qPrintable(name));
    }

    void isSeenOnTheTile()
    {
        Bench bench;
        bench.fill({0, 5, 5, -1});
        bench.view->clearSelection();
        QCoreApplication::processEvents();
        const auto tile = [&bench](int row) {
            return bench.view->viewport()
                ->grab(bench.view->visualRect(bench.model.index(row)))
                .toImage();
        };
        // The seeds have four digits each; everything right of them is the rating.
        const auto caption = [](const QImage& image) {
            return image.copy(
                image.width() / 5, image.height() * 8 / 10, image.width() / 2, image.height() / 5);
        };
        QVERIFY(caption(tile(0)) != caption(tile(1)));
        QCOMPARE(caption(tile(1)), caption(tile(2)));
        QVERIFY(caption(tile(3)) != caption(tile(0)) && caption(tile(3)) != caption(tile(1)));
        // A rejected picture is dimmed.
        const QImage plain = tile(0);
        const QPoint middle(plain.width() / 2, plain.height() * 2 / 5);
        QVERIFY(plain.pixel(middle) != tile(3).pixel(middle));
        QCOMPARE(plain.pixel(middle), tile(1).pixel(middle));
    }

    void starRowShowsAndAsks()
    {
        Bench bench;
        bench.fill({3, 0});
        bench.select(0);
        StarRow* stars = bench.picture->picturePage()->ratingTags()->stars();
        QTRY_COMPARE(stars->rating(), 3);
        const auto click = [stars](int rating) {
            QTest::mouseClick(stars, Qt::LeftButton, {}, stars->placeOf(rating).center());
        };
        click(5);
        QCOMPARE(bench.takeAsked(), Wish({0}, 5));
        QCOMPARE(stars->rating(), 3); // until the library says so
        click(3);
        QCOMPARE(bench.takeAsked(), Wish({0}, 0));
        click(-1);
        QCOMPARE(bench.takeAsked(), Wish({0}, -1));
        stars->setFocus();
        QTest::keyClick(stars, Qt::Key_Right);
        QCOMPARE(bench.takeAsked(), Wish({0}, 4));
        QTest::keyClick(stars, Qt::Key_Left);
        QCOMPARE(bench.takeAsked(), Wish({0}, 2));
        QTest::keyClick(stars, Qt::Key_1);
        QCOMPARE(bench.takeAsked(), Wish({0}, 1));
        bench.select(1, Qt::ControlModifier);
        QTRY_COMPARE(stars->rating(), 0);
        click(4);
        QCOMPARE(bench.takeAsked(), Wish({0, 1}, 4));
    }

    void starRowSpeaks()
    {
        StarRow stars;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&stars);
        QVERIFY(face);
        QCOMPARE(face->text(QAccessible::Name), u"Rating"_s);
        QCOMPARE(face->text(QAccessible::Value), u"no rating"_s);
        stars.setRating(3);
        QCOMPARE(face->text(QAccessible::Value), u"3 stars"_s);
        stars.setRating(-1);
        QCOMPARE(face->text(QAccessible::Value), u"rejected"_s);
        QAccessibleValueInterface* value = face->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->currentValue().toInt(), -1);
        QCOMPARE(value->maximumValue().toInt(), 5);
        QSignalSpy chosen(&stars, &StarRow::chosen);
        value->setCurrentValue(4);
        QCOMPARE(chosen.takeFirst().at(0).toInt(), 4);
        value->setCurrentValue(77);
        QCOMPARE(chosen.takeFirst().at(0).toInt(), 5);
    }

    void fullViewRatesWhatItShows()
    {
        Bench bench;
        bench.fill({0, 4, -1});
        const FullViewBench stand(bench.selection, bench.actions, &bench.window);
        FullView& full = *stand.view;
        connect(&full, &FullView::shown, &bench.selection,
            qOverload<const QModelIndex&>(&PictureSelection::select));
        full.open(bench.model.index(1));
        QVERIFY(full.hasFocus());
        const auto line = [&full] {
            QStringList texts;
            for (const QLabel* label : full.findChildren<QLabel*>())
                texts.append(label->text());
            return texts.join(u'|');
        };
        QVERIFY2(line().contains(u"★★★★"_s), qPrintable(line()));
        QTest::keyClick(&full, Qt::Key_1);
        QCOMPARE(bench.takeAsked(), Wish({1}, 1));
        QTest::keyClick(&full, Qt::Key_Right);
        QVERIFY(line().contains(u"rejected"_s) && !line().contains(u"★"_s));
        QTest::keyClick(&full, Qt::Key_X);
        QCOMPARE(bench.takeAsked(), Wish({2}, 0));
    }
};

SEEDBOOK_TEST(RatingTest, QApplication)

} // namespace seedbook::ratingTest

#include "RatingTest.moc"
