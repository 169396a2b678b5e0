#include "library/PictureIndex.h"
#include "library/SearchText.h"
#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"
#include "support/Listing.h"
#include "support/TestProgram.h"
#include "support/WalkAsked.h"
#include "widgets/live/PictureListModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::gallerySequenceTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr int mostPictures = 260;
const QStringList words{
    u"fox"_s, u"Snow"_s, u"猫"_s, u"月夜"_s, u"portrait"_s, u"q"_s, u"\"NEAR*"_s};

// A real index and two lists that follow it, each with a filter and an order of its own, and what a
// person might do to all of them.
class Sequence final
{
public:
    explicit Sequence(quint32 seed)
        : m_random(seed)
        , loader(home.filePath(u"cache"_s))
        , live(loader)
        , model(live)
        , other(live)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
        , otherTester(&other, QAbstractItemModelTester::FailureReportingMode::QtTest)
        , selection(&model)
    {
        auto opened = Database::open(home.filePath(u"index.sqlite"_s), PictureIndex::migrations(),
            Database::Durability::Normal);
        if (!opened)
            qFatal("no index");
        database = *std::move(opened);
        live.setSource(
            [this](const QList<QUuid>& ids) {
                QList<PicturePtr> found;
                for (const QUuid& id : ids)
                    found.append(*index.pictures().find(*database, id));
                return ready(Result<QList<PicturePtr>>(found));
            },
            {},
            [this](const QStringList& terms) {
                return ready(index.pictures().search(*database, terms));
            });
        live.setListing(*index.pictures().list(*database, 10));
    }

    void step()
    {
        PictureListModel& list = m_random.bounded(2) == 0 ? model : other;
        switch (m_random.bounded(16)) {
        case 0:
        case 1:
        case 2:
            if (m_files.size() < mostPictures)
                return insert(m_random.bounded(1, 6));
            return erase(m_random.bounded(1, 40));
        case 3:
            return erase(1);
        case 4:
        case 5:
        case 6:
            return change([this](Picture& picture) { picture.rating = m_random.bounded(-1, 6); });
        case 7:
            return change([this](Picture& picture) { picture.tags = someTags(); });
        case 8:
        case 9:
            return undo();
        case 10:
            return setFilter(list, someFilter());
        case 11:
            return setFilter(list, {});
        case 12:
            list.setOrder({static_cast<OrderKey>(m_random.bounded(5)), m_random.bounded(2) == 0});
            return;
        case 13:
        case 14:
            return changeMany([this](Picture& picture) {
                if (m_random.bounded(2) == 0)
                    picture.rating = m_random.bounded(-1, 6);
                else
                    picture.seed = Seed::fromNumber(m_random.bounded(1, 1000));
            });
        default:
            if (model.rowCount() > 0)
                selection.setCurrentIndex(model.index(m_random.bounded(model.rowCount())),
                    QItemSelectionModel::ClearAndSelect);
        }
    }

    [[nodiscard]] static QList<QUuid> rows(const PictureListModel& list)
    {
        QList<QUuid> ids;
        for (int row = 0; row < list.rowCount(); ++row)
            ids.append(list.idOf(list.index(row)));
        return ids;
    }
    // From the index alone, all at once.
    [[nodiscard]] QList<QUuid> expected(const PictureListModel& list)
    {
        const auto listing = index.pictures().list(*database, 0);
        PictureTable table;
        table.fill(*listing);
        PictureMatcher matcher(table);
        matcher.setFilter(list.filter());
        const QStringList terms = searchTerms(list.filter().text);
        if (!terms.isEmpty()) {
            const auto hits = index.pictures().search(*database, terms);
            for (const PictureTable::Slot slot : slotsOf(table)) {
                const qint64 number = table.at(slot).number;
                matcher.setHit(slot, number < hits->size() && hits->testBit(number));
            }
        }
        QList<PictureTable::Slot> slots = slotsOf(table);
        slots.removeIf([&matcher](PictureTable::Slot slot) { return !matcher.matches(slot); });
        std::sort(slots.begin(), slots.end(), [&](PictureTable::Slot a, PictureTable::Slot b) {
            return table.isBefore(a, b, list.order());
        });
        QList<QUuid> ids;
        for (const PictureTable::Slot slot : slots)
            ids.append(table.at(slot).id);
        return ids;
    }

    [[nodiscard]] qsizetype pictures() const { return m_files.size(); }

private:
    template <typename T>
    static QFuture<T> ready(T value)
    {
        QPromise<T> promise;
        promise.start();
        promise.addResult(std::move(value));
        promise.finish();
        return promise.future();
    }

    QStringList someTags()
    {
        QStringList tags;
        for (const QString& word : words) {
            if (m_random.bounded(4) == 0)
                tags.append(word);
        }
        return tags;
    }
    PictureFilter someFilter()
    {
        PictureFilter filter;
        if (m_random.bounded(2) == 0)
            filter.text =
                words.at(m_random.bounded(int(words.size()))).left(m_random.bounded(1, 5));
        if (m_random.bounded(2) == 0)
            filter.rating = static_cast<RatingFilter>(m_random.bounded(ratingFilterCount));
        if (m_random.bounded(4) == 0)
            filter.tags = {words.at(m_random.bounded(int(words.size())))};
        if (m_random.bounded(4) == 0)
            filter.shape = static_cast<PictureShape>(m_random.bounded(shapeCount));
        if (m_random.bounded(5) == 0)
            filter.from = QDate(2026, 1, 1).addDays(m_random.bounded(60));
        return filter;
    }
    static void setFilter(PictureListModel& list, const PictureFilter& filter)
    {
        if (filter == list.filter())
            return;
        QSignalSpy filtered(&list, &PictureListModel::filtered);
        list.setFilter(filter);
        if (filtered.isEmpty() && !filtered.wait())
            qFatal("the search did not end");
    }

    void put(const PicturePtr& picture)
    {
        const QString path = index.entry().relativePath(picture->path).value_or(QString());
        VanishedPaths none;
        const auto changes = index.writer().take(*database,
            {{path, {picture->bytes, 1, 0, 1}, picture, picture->id.toByteArray(), std::nullopt}},
            none);
        if (!changes)
            qFatal("the index did not take it");
        m_files.insert(path, picture);
        live.applyChanges(*changes);
    }
    void insert(int count)
    {
        for (int i = 0; i < count; ++i) {
            const int number = ++m_last;
            auto picture = std::make_shared<Picture>();
            picture->id = QUuid(m_random.generate(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
            picture->recordId = picture->id;
            picture->path = u"/pictures/%1.png"_s.arg(number);
            picture->prompt = words.at(m_random.bounded(int(words.size()))) + u" and "_s +
                              words.at(m_random.bounded(int(words.size())));
            picture->seed = Seed::fromNumber(m_random.bounded(1, 1000));
            picture->size = m_random.bounded(2) == 0 ? QSize(1664, 928) : QSize(928, 1664);
            picture->bytes = 1000;
            picture->created = QDateTime(
                QDate(2026, 1, 1).addDays(m_random.bounded(60)), QTime(m_random.bounded(24), 0))
                                   .toUTC();
            picture->sequence = m_random.bounded(3);
            picture->rating = m_random.bounded(-1, 6);
            picture->tags = someTags();
            picture->price = Money::fromMicros(m_random.bounded(3) * 1000);
            picture->duration = std::chrono::milliseconds(m_random.bounded(3));
            put(picture);
            m_undo.append([this, path = u"%1.png"_s.arg(number)] { take(path); });
        }
    }
    void take(const QString& path)
    {
        if (!m_files.remove(path))
            return;
        const auto changes = index.writer().remove(*database, {path});
        if (!changes)
            qFatal("the index did not let it go");
        live.applyChanges(*changes);
    }
    [[nodiscard]] QString some()
    {
        const QStringList paths = m_files.keys();
        return paths.isEmpty() ? QString() : paths.at(m_random.bounded(int(paths.size())));
    }
    void erase(int count)
    {
        for (int i = 0; i < count && !m_files.isEmpty(); ++i) {
            const QString path = some();
            m_undo.append([this, picture = m_files.value(path)] { put(picture); });
            take(path);
        }
    }
    void change(const std::function<void(Picture&)>& what)
    {
        const QString path = some();
        const PicturePtr before = m_files.value(path);
        if (!before)
            return;
        auto changed = std::make_shared<Picture>(*before);
        what(*changed);
        put(changed);
        m_undo.append([this, path, before] {
            if (m_files.contains(path))
                put(before);
        });
    }
    // In one step, as a person rates all that are selected.
    void changeMany(const std::function<void(Picture&)>& what)
    {
        QList<ReadFile> read;
        for (auto file = m_files.begin(); file != m_files.end(); ++file) {
            if (m_random.bounded(3) != 0)
                continue;
            auto changed = std::make_shared<Picture>(**file);
            what(*changed);
            *file = changed;
            read.append({file.key(), {changed->bytes, 1, 0, 1}, changed, changed->id.toByteArray(),
                std::nullopt});
        }
        VanishedPaths none;
        const auto changes = index.writer().take(*database, read, none);
        if (!changes)
            qFatal("the index did not take them");
        live.applyChanges(*changes);
    }
    void undo()
    {
        if (!m_undo.isEmpty())
            m_undo.takeLast()();
    }

    QRandomGenerator m_random;
    QMap<QString, PicturePtr> m_files;
    QList<std::function<void()>> m_undo;
    int m_last = 0;
    QTemporaryDir home;
    ThumbnailLoader loader;
    std::unique_ptr<Database> database;
    PictureIndex index{u"/pictures"_s};

public:
    LivePictures live;
    PictureListModel model;
    PictureListModel other;
    QAbstractItemModelTester tester;
    QAbstractItemModelTester otherTester;
    QItemSelectionModel selection;
};

} // namespace

class GallerySequenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRowsAreTheIndexsAfterEachStep()
    {
        const auto [operations, seed] = walkAsked();
        Sequence sequence(seed);
        int shownSome = 0;
        for (int step = 0; step < operations; ++step) {
            const QModelIndex current = sequence.selection.currentIndex();
            const QUuid id =
                sequence.selection.isSelected(current) ? sequence.model.idOf(current) : QUuid();
            sequence.step();
            for (const PictureListModel* list : {&sequence.model, &sequence.other}) {
                if (Sequence::rows(*list) != sequence.expected(*list))
                    QFAIL(qPrintable(u"after step %1"_s.arg(step)));
            }
            // What was selected is, wherever its row went, unless another was chosen.
            if (sequence.model.indexOf(id).isValid() &&
                sequence.selection.currentIndex() == sequence.model.indexOf(id))
                QVERIFY(sequence.selection.isSelected(sequence.model.indexOf(id)));
            shownSome +=
                sequence.model.rowCount() > 0 && sequence.model.rowCount() < sequence.pictures();
        }
        QVERIFY(shownSome > operations / 20);
    }

    void aChangeWhileTheIndexIsAskedIsSeen()
    {
        QTemporaryDir home;
        ThumbnailLoader loader(home.filePath(u"cache"_s));
        LivePictures live(loader);
        PictureListModel model(live);
        QPromise<Result<QBitArray>> answer;
        live.setSource({}, {}, [&answer](const QStringList&) { return answer.future(); });
        auto fox = std::make_shared<Picture>(*pictureOf(sampleJob(1)));
        fox->prompt = u"a fox"_s;
        fox->number = 1;
        auto cat = std::make_shared<Picture>(*pictureOf(sampleJob(2)));
        cat->prompt = u"a cat"_s;
        cat->number = 2;
        live.setListing(listingOf({fox, cat}));
        answer.start();
        model.setFilter({.text = u"fox"_s});
        QCOMPARE(model.rowCount(), 2); // until it is known
        auto changed = std::make_shared<Picture>(*cat);
        changed->tags = {u"foxlike"_s};
        live.applyChanges({{}, {{cat->id, changed, false}}, {}});
        QBitArray hits(3);
        hits.setBit(1);
        QSignalSpy filtered(&model, &PictureListModel::filtered);
        answer.addResult(Result<QBitArray>(hits));
        answer.finish();
        QVERIFY(filtered.wait());
        QCOMPARE(model.rowCount(), 2);
        model.setFilter({.text = u"fox"_s, .tags = {u"foxlike"_s}});
        QCOMPARE(model.rowCount(), 1);
    }
};

SEEDBOOK_TEST(GallerySequenceTest, QApplication)

} // namespace seedbook::gallerySequenceTest

#include "GallerySequenceTest.moc"
