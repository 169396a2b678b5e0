#include "widgets/window/Pages.h"

#include "settings/Settings.h"
#include "support/GalleryBench.h"
#include "support/TestProgram.h"

#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QTabBar>
#include <QVBoxLayout>

namespace seedbook::pagesTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A page of its own list, which keeps how often it was in view.
class ListPage final : public Page
{
public:
    ListPage(LivePictures& pictures, const QString& name, const PictureFilter& filter)
        : m_name(name)
        , m_list(pictures)
    {
        m_list.setFilter(filter);
        m_view.setModel(&m_list);
        m_view.setSelectionMode(QAbstractItemView::ExtendedSelection);
        (new QVBoxLayout(this))->addWidget(&m_view);
    }
    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString title() const override { return m_name.toUpper(); }
    [[nodiscard]] PictureListModel* list() const override { return &m_list; }
    [[nodiscard]] QItemSelectionModel* items() const override { return m_view.selectionModel(); }
    void reveal(const QModelIndex& index) override { revealed = index.row(); }
    [[nodiscard]] bool makeWayFor(const QUuid& pictureId) override
    {
        return m_list.indexOf(pictureId).isValid();
    }
    [[nodiscard]] QByteArray saveState() const override { return state; }
    void restoreState(const QByteArray& kept) override { state = kept; }

    int revealed = -1;
    QByteArray state;

private:
    QString m_name;
    mutable PictureListModel m_list;
    QListView m_view;
};

// A page without pictures.
class PlainPage final : public Page
{
public:
    [[nodiscard]] QString name() const override { return u"plain"_s; }
    [[nodiscard]] QString title() const override { return u"Plain"_s; }
};

PicturePtr rated(JobId id, int rating)
{
    auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(id)));
    picture->rating = rating;
    return picture;
}

struct Bench
{
    Bench()
    {
        live.setListing(listingOf({rated(3, 5), rated(2, 0), rated(1, 0)}));
        (new QVBoxLayout(&window))->addWidget(&pages);
        window.show();
    }
    [[nodiscard]] QTabBar* tabs() const { return pages.findChild<QTabBar*>(); }

    QTemporaryDir folder;
    ThumbnailLoader loader{folder.filePath(u"cache"_s)};
    Settings settings{folder.filePath(u"seedbook.conf"_s)};
    LivePictures live{loader};
    PictureSelection selection;
    QWidget window;
    ListPage* all = new ListPage(live, u"all"_s, {});
    ListPage* best = new ListPage(live, u"best"_s, {.rating = RatingFilter::AtLeast3});
    PlainPage* plain = new PlainPage;
    Pages pages{{all, best, plain}, selection, settings};
};

} // namespace

class PagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSinglePageHasNoTab()
    {
        Bench bench;
        QCOMPARE(bench.tabs()->count(), 3);
        QVERIFY(bench.tabs()->isVisibleTo(&bench.pages));
        QCOMPARE(bench.tabs()->tabText(1), u"BEST"_s);
        const Pages one({new PlainPage}, bench.selection, bench.settings);
        QVERIFY(!one.findChild<QTabBar*>()->isVisibleTo(&one));
    }

    void theSelectionIsThatOfThePageInFront()
    {
        Bench bench;
        QCOMPARE(bench.pages.front(), bench.all);
        bench.selection.select(bench.all->list()->index(1));
        QCOMPARE(bench.all->revealed, 1);
        QCOMPARE(bench.selection.pictures(), QList{rated(2, 0)->id});
        QSignalSpy changed(&bench.selection, &PictureSelection::changed);
        bench.tabs()->setCurrentIndex(1);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.pages.front(), bench.best);
        QCOMPARE(bench.selection.list(), bench.best->list());
        QVERIFY(bench.selection.pictures().isEmpty());
        // Nothing is chosen there, so its newest is what single acts are about.
        QCOMPARE(bench.selection.subject().picture->sequence, 3);
        bench.tabs()->setCurrentIndex(2);
        QVERIFY(!bench.selection.list());
        QVERIFY(!bench.selection.current().isValid());
        QVERIFY(!bench.selection.subject().picture);
        bench.selection.select(bench.all->list()->index(0)); // of a page behind: nothing
        QVERIFY(!bench.selection.current().isValid());
        // What was chosen on a page is still chosen when it comes back.
        bench.tabs()->setCurrentIndex(0);
        QCOMPARE(bench.selection.pictures(), QList{rated(2, 0)->id});
        QCOMPARE(bench.selection.subject().picture->sequence, 2);
    }

    void aPictureIsShownWhereItHasAPlace()
    {
        Bench bench;
        bench.pages.bringToFront(bench.best);
        bench.pages.show(rated(3, 5)->id); // is here
        QCOMPARE(bench.pages.front(), bench.best);
        bench.pages.show(rated(1, 0)->id); // is not
        QCOMPARE(bench.pages.front(), bench.all);
        QCOMPARE(bench.selection.subject().picture->sequence, 1);
        QCOMPARE(bench.all->revealed, 2);
        bench.pages.show(QUuid::createUuid()); // is nowhere
        QCOMPARE(bench.pages.front(), bench.all);
    }

    void pagesFindTheirStateAgain()
    {
        Bench bench;
        QVERIFY(bench.best->state.isEmpty());
        bench.best->state = "wide";
        Q_EMIT bench.best->stateChanged();
        QCOMPARE(bench.settings.pageState(u"best"_s), "wide");
        auto* again = new ListPage(bench.live, u"best"_s, {});
        const Pages next({again}, bench.selection, bench.settings);
        QCOMPARE(again->state, "wide");
    }

    void manyAreSelectedAsRanges()
    {
        Bench bench;
        bench.all->list()->setHolding(true);
        bench.live.addPicture(rated(4, 0));
        QCOMPARE(bench.all->list()->rowCount(), 3);
        QSignalSpy changed(&bench.selection, &PictureSelection::changed);
        bench.selection.select(QList{rated(1, 0)->id, rated(2, 0)->id, rated(4, 0)->id});
        QCOMPARE(bench.all->list()->rowCount(), 4); // what is asked for is let in
        QVERIFY(bench.all->list()->isHolding());
        QCOMPARE(
            bench.selection.pictures(), (QList{rated(4, 0)->id, rated(2, 0)->id, rated(1, 0)->id}));
        QCOMPARE(bench.selection.current().row(), 0);
        QCOMPARE(bench.all->revealed, 0);
        // What goes leaves its neighbour to whoever asks for it.
        QSignalSpy emptied(&bench.selection, &PictureSelection::emptied);
        bench.selection.select(bench.all->list()->index(3));
        bench.live.applyChanges({{rated(1, 0)->id}, {}, {}});
        QCOMPARE(emptied.size(), 1);
        bench.selection.selectNear(emptied.first().first().toInt());
        QCOMPARE(bench.selection.subject().picture->sequence, 2);
    }
};

SEEDBOOK_TEST(PagesTest, QApplication)

} // namespace seedbook::pagesTest

#include "PagesTest.moc"
