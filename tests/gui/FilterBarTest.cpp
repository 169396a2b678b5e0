#include "widgets/gallery/FilterBar.h"

#include "support/GallerySamples.h"
#include "support/TestProgram.h"
#include "widgets/common/Commands.h"

#include <QAction>
#include <QApplication>
#include <QDateEdit>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace seedbook::filterBarTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

struct Bench
{
    Bench()
    {
        PictureFacets facets;
        facets.all = 1204;
        facets.ratings.at(std::size_t(RatingFilter::AtLeast3)) = 1234;
        facets.tags = {{u"fox"_s, 7}, {u"a & b"_s, 9}};
        facets.models = {{u"qwen-image"_s, 5}, {QString(), 2}};
        facets.spans.at(std::size_t(DateSpan::Last30Days)) = 31;
        facets.months = {{QDate(2026, 3, 1), 12}, {QDate(2025, 12, 1), 3}};
        bar.setFacets([facets] { return facets; });
        bar.resize(900, 40);
        bar.show();
        if (!QTest::qWaitForWindowActive(&bar))
            qFatal("no window");
    }
    [[nodiscard]] QToolButton* button(const QString& name) const
    {
        return bar.findChild<QToolButton*>(name);
    }
    // As it stands in the menu, without the count.
    [[nodiscard]] QAction* choice(const QString& name, const QString& text)
    {
        QMenu* menu = button(name)->menu();
        Q_EMIT menu->aboutToShow();
        return find(menu, text);
    }
    [[nodiscard]] static QAction* find(const QMenu* menu, const QString& text)
    {
        for (QAction* action : menu->actions()) {
            if (action->text().section(u'\t', 0, 0) == text)
                return action;
            if (QAction* inner = action->menu() ? find(action->menu(), text) : nullptr)
                return inner;
        }
        return nullptr;
    }
    void choose(const QString& name, const QString& text)
    {
        QAction* action = choice(name, text);
        if (!action)
            qFatal("no %s in %s", qPrintable(text), qPrintable(name));
        action->trigger();
    }

    [[nodiscard]] QMenu* jumpMenu() const
    {
        return actionOf(bar.findChildren<QAction*>(), Command::DateMenu)->menu();
    }

    FilterBar bar;
    QSignalSpy changed{&bar, &FilterBar::filterChanged};
};

} // namespace

class FilterBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachMenuSetsItsPart()
    {
        Bench bench;
        bench.choose(u"Rating"_s, u"★★★ and more"_s);
        QCOMPARE(bench.bar.filter(), (PictureFilter{.rating = RatingFilter::AtLeast3}));
        QCOMPARE(bench.button(u"Rating"_s)->text(), u"★★★ and more"_s);
        QCOMPARE(bench.button(u"Rating"_s)->accessibleName(), u"Rating"_s);
        QCOMPARE(bench.button(u"Rating"_s)->accessibleDescription(), u"★★★ and more"_s);
        QVERIFY(bench.button(u"Rating"_s)->isChecked());
        bench.choose(u"Rating"_s, u"Any rating"_s);
        QCOMPARE(bench.button(u"Rating"_s)->text(), u"Rating"_s);
        QVERIFY(bench.bar.filter().isEmpty());

        bench.choose(u"Tags"_s, u"a && b"_s);
        bench.choose(u"Tags"_s, u"fox"_s);
        QCOMPARE(bench.bar.filter().tags, (QStringList{u"a & b"_s, u"fox"_s}));
        bench.choose(u"Tags"_s, u"a && b"_s);
        QCOMPARE(bench.bar.filter().tags, QStringList{u"fox"_s});
        bench.choose(u"Ratio"_s, u"16:9"_s);
        QCOMPARE(bench.bar.filter().shape, std::optional(PictureShape::Wide16x9));
        bench.choose(u"More"_s, u"Practice"_s);
        bench.choose(u"More"_s, u"WEBP"_s);
        bench.choose(u"More"_s, u"Unknown model"_s);
        QCOMPARE(bench.bar.filter().origin, KindFilter::Practice);
        QCOMPARE(bench.bar.filter().format, std::optional(ImageFormat::Webp));
        QCOMPARE(bench.bar.filter().model, std::optional(QString()));
        bench.choose(u"Date"_s, u"March 2026"_s);
        QCOMPARE(bench.bar.filter().from, QDate(2026, 3, 1));
        QCOMPARE(bench.bar.filter().until, QDate(2026, 3, 31));
        bench.choose(u"Date"_s, u"Today"_s);
        QCOMPARE(bench.bar.filter().from, QDate::currentDate());
        QVERIFY(!bench.bar.filter().until.isValid());

        const auto told = bench.changed.size();
        QVERIFY(bench.bar.clear()->isEnabled());
        bench.bar.clear()->trigger();
        QVERIFY(bench.bar.filter().isEmpty());
        QCOMPARE(bench.changed.size(), told + 1);
        QVERIFY(!bench.bar.clear()->isEnabled());
    }

    void daysUpToNowAreToldByName()
    {
        Bench bench;
        const QDate today = QDate::currentDate();
        bench.choose(u"Date"_s, u"Last 7 days"_s);
        QCOMPARE(bench.bar.filter().from, today.addDays(-6));
        QVERIFY(!bench.bar.filter().until.isValid());
        // On the 7th of January these seven days are this year, too.
        const QString told = bench.button(u"Date"_s)->text();
        QVERIFY2(told == u"Last 7 days"_s || told == u"This year"_s, qPrintable(told));
        bench.choose(u"Date"_s, u"Last 30 days"_s);
        QCOMPARE(bench.button(u"Date"_s)->text(), u"Last 30 days"_s);
        QCOMPARE(bench.choice(u"Date"_s, u"Last 30 days"_s)->text().section(u'\t', 1), u"31"_s);
    }

    void aRangeIsAskedForInADialog()
    {
        Bench bench;
        bench.choose(u"Date"_s, u"From … until …"_s);
        auto* dialog = bench.bar.findChild<QDialog*>();
        QVERIFY(dialog);
        const auto edits = dialog->findChildren<QDateEdit*>();
        QCOMPARE(edits.size(), 2);
        edits.at(0)->setDate({2026, 3, 9});
        edits.at(1)->setDate({2026, 2, 1}); // the other way round
        QTest::keyClick(edits.at(1), Qt::Key_Return);
        QCOMPARE(bench.bar.filter().from, QDate(2026, 2, 1));
        QCOMPARE(bench.bar.filter().until, QDate(2026, 3, 9));
        QCOMPARE(bench.changed.size(), 1);
    }

    void manyMonthsArePutByYears()
    {
        Bench bench;
        PictureFacets facets;
        for (int month = 0; month < 100; ++month)
            facets.months.insert(QDate(2018, 1, 1).addMonths(month), month + 1);
        bench.bar.setFacets([facets] { return facets; });
        QMenu* jump = bench.jumpMenu();
        Q_EMIT jump->aboutToShow();
        QCOMPARE(jump->actions().size(), 9);
        QCOMPARE(jump->actions().first()->text(), u"2026"_s);
        QCOMPARE(jump->actions().last()->menu()->actions().size(), 12);
        QVERIFY(Bench::find(jump, u"January 2018"_s));
        bench.choose(u"Date"_s, u"January 2018"_s);
        QCOMPARE(bench.bar.filter().until, QDate(2018, 1, 31));
    }

    void tagsAreCheckedOneAfterTheOtherInTheOpenMenu()
    {
        Bench bench;
        bench.bar.setFacets([&bench] {
            PictureFacets facets;
            const bool chosen = bench.bar.filter().tags.contains(u"fox"_s);
            facets.tags = {{u"fox"_s, 7}, {u"snow"_s, chosen ? 2 : 5}};
            return facets;
        });
        QMenu* menu = bench.button(u"Tags"_s)->menu();
        menu->popup(bench.bar.mapToGlobal(QPoint()));
        QVERIFY(QTest::qWaitForWindowExposed(menu));
        const auto click = [menu](int place) {
            const QPoint at = menu->actionGeometry(menu->actions().at(place)).center();
            QTest::mouseMove(menu, at);
            QTest::mouseClick(menu, Qt::LeftButton, {}, at);
        };
        click(0);
        QCOMPARE(bench.bar.filter().tags, QStringList{u"fox"_s});
        QVERIFY(menu->isVisible());
        QVERIFY(menu->actions().at(0)->isChecked());
        QCOMPARE(menu->actions().at(1)->text(), u"snow\t2"_s);
        click(1);
        QCOMPARE(bench.bar.filter().tags, (QStringList{u"fox"_s, u"snow"_s}));
        QTest::keyClick(menu, Qt::Key_Space);
        QCOMPARE(bench.bar.filter().tags, QStringList{u"fox"_s});
        QVERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(bench.bar.filter().tags, (QStringList{u"fox"_s, u"snow"_s}));
        QVERIFY(!menu->isVisible());
    }

    void openingAMenuAgainLeavesNothingBehind()
    {
        Bench bench;
        const auto count = [&bench](const QString& name) {
            Q_EMIT bench.button(name)->menu()->aboutToShow();
            return bench.button(name)->menu()->findChildren<QObject*>().size();
        };
        for (const QString& name : {u"Rating"_s, u"Date"_s, u"More"_s, u"Sort"_s}) {
            const auto once = count(name);
            QCOMPARE(count(name), once);
        }
    }

    void eachChoiceTellsItsCount()
    {
        Bench bench;
        const QString text = bench.choice(u"Rating"_s, u"★★★ and more"_s)->text();
        QCOMPARE(text.section(u'\t', 1), QLocale().toString(1234));
        QVERIFY(bench.choice(u"Tags"_s, u"fox"_s)->text().endsWith(u"\t7"_s));
        QMenu* tags = bench.button(u"Tags"_s)->menu();
        QVERIFY(tags->actions().first()->text().startsWith(u"a && b"_s)); // the most frequent
    }

    void theOrderIsChosenLikewise()
    {
        Bench bench;
        QSignalSpy ordered(&bench.bar, &FilterBar::orderChanged);
        bench.choose(u"Sort"_s, u"Seed"_s);
        bench.choose(u"Sort"_s, u"Lowest first"_s);
        QCOMPARE(bench.bar.order(), (PictureOrder{OrderKey::Seed, false}));
        QCOMPARE(ordered.size(), 2);
        QCOMPARE(bench.button(u"Sort"_s)->accessibleDescription(), u"Seed: Lowest first"_s);
    }

    void aDateIsJumpedTo()
    {
        Bench bench;
        QSignalSpy wanted(&bench.bar, &FilterBar::dateWanted);
        Q_EMIT bench.jumpMenu()->aboutToShow();
        QCOMPARE(bench.jumpMenu()->actions().size(), 2);
        Bench::find(bench.jumpMenu(), u"December 2025"_s)->trigger();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(0).toDate(), QDate(2025, 12, 31));
        QVERIFY(bench.bar.filter().isEmpty());
    }

    void theFieldTakesWhatIsTyped()
    {
        Bench bench;
        QSignalSpy left(&bench.bar, &FilterBar::left);
        bench.bar.find()->trigger();
        QVERIFY(bench.bar.search()->hasFocus());
        QTest::keyClicks(bench.bar.search(), u"\"fox* NEAR"_s);
        QCOMPARE(bench.bar.filter().text, u"\"fox* NEAR"_s);
        QCOMPARE(bench.changed.size(), 10);
        QTest::keyClick(bench.bar.search(), Qt::Key_Escape);
        QVERIFY(bench.bar.filter().isEmpty());
        QCOMPARE(left.size(), 0);
        QTest::keyClick(bench.bar.search(), Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
        QTest::keyClick(bench.bar.search(), Qt::Key_Return);
        QTest::keyClick(bench.bar.search(), Qt::Key_Down);
        QCOMPARE(left.size(), 3);
    }

    void aMegabyteIsCut()
    {
        Bench bench;
        bench.bar.search()->insert(QString(1'000'000, u'x'));
        QCOMPARE(bench.bar.filter().text.size(), FilterBar::longestText);
    }

    void aLongTextFromElsewhereIsCutBetweenCharactersAndToldOnce()
    {
        Bench bench;
        const QString head(FilterBar::longestText - 1, u'x');
        bench.bar.setFilter({.text = head + u"🦊 and more"_s});
        QCOMPARE(bench.bar.filter().text, head);
        QCOMPARE(bench.bar.search()->text(), head);
        QCOMPARE(bench.changed.size(), 1);
        bench.bar.search()->clear();
        bench.bar.search()->insert(head + u"🦊 and more"_s);
        QCOMPARE(bench.bar.filter().text, head);
        QCOMPARE(bench.bar.search()->text(), head);
    }

    void theFieldTakesNoMoreRoomThanItFills()
    {
        Bench bench;
        bench.bar.resize(1400, bench.bar.heightForWidth(1400));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const int end = bench.bar.search()->geometry().right();
        QVERIFY(bench.button(u"Rating"_s)->x() - end < 12);
    }

    void nothingIsCutOffWhereThereIsLittleRoom()
    {
        Bench bench;
        bench.bar.setFilter({.rating = RatingFilter::AtLeast4, .tags = {u"fox"_s, u"snow"_s}});
        bench.bar.resize(560, bench.bar.heightForWidth(560));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        for (const QToolButton* button : bench.bar.findChildren<QToolButton*>()) {
            if (!button->isVisibleTo(&bench.bar) || button->parentWidget() != &bench.bar)
                continue;
            QVERIFY(bench.bar.rect().contains(button->geometry()));
            QVERIFY(button->width() >= button->sizeHint().width());
        }
    }
};

SEEDBOOK_TEST(FilterBarTest, QApplication)

} // namespace seedbook::filterBarTest

#include "FilterBarTest.moc"
