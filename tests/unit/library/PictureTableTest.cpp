#include "library/PictureMatcher.h"
#include "library/SearchText.h"
#include "support/Listing.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimeZone>

namespace seedbook::pictureTableTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Wanted
{
    int number = 0;
    int rating = 0;
    QStringList tags;
    QSize size{1024, 1024};
    QString model = u"qwen-image"_s;
    ImageFormat format = ImageFormat::Png;
    bool practice = false;
    bool unclaimed = false;
    QDate day{2026, 3, 14};
};

PicturePtr made(const Wanted& wanted)
{
    auto picture = std::make_shared<Picture>();
    picture->id = QUuid(static_cast<uint>(wanted.number), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    picture->rating = wanted.rating;
    picture->tags = wanted.tags;
    picture->size = wanted.size;
    picture->modelId = wanted.model;
    picture->format = wanted.format;
    picture->practice = wanted.practice;
    picture->unclaimed = wanted.unclaimed;
    picture->sequence = wanted.number;
    picture->seed = Seed::fromNumber(1000 + wanted.number);
    picture->price = wanted.practice ? Money() : Money::fromMicros(121'000);
    picture->created = QDateTime(wanted.day, QTime(12, 0)).toUTC();
    return picture;
}

} // namespace

class PictureTableTest : public QObject
{
    Q_OBJECT

    PictureTable m_table;
    PictureMatcher m_matcher{m_table};

    [[nodiscard]] QList<int> shown(const PictureFilter& filter)
    {
        m_matcher.setFilter(filter);
        QList<int> numbers;
        for (const PictureTable::Slot slot : slotsOf(m_table)) {
            if (m_matcher.matches(slot))
                numbers.append(static_cast<int>(m_table.at(slot).sequence));
        }
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

private Q_SLOTS:
    void init()
    {
        m_table = {};
        m_table.fill(listingOf({
            made({.number = 1, .rating = 5, .tags = {u"fox"_s, u"snow"_s}}),
            made({.number = 2, .rating = 3, .tags = {u"fox"_s}, .size = {1664, 928}}),
            made({.number = 3, .rating = -1, .size = {928, 1664}, .format = ImageFormat::Webp}),
            made({.number = 4, .practice = true, .day = {2026, 2, 1}}),
            made({.number = 5, .model = {}, .unclaimed = true, .day = {2025, 12, 31}}),
        }));
        QCOMPARE(m_table.count(), 5);
    }

    void everyPartOfAFilterHasItsSay()
    {
        QCOMPARE(shown({}), (QList{1, 2, 3, 4, 5}));
        QCOMPARE(shown({.rating = RatingFilter::AtLeast3}), (QList{1, 2}));
        QCOMPARE(shown({.rating = RatingFilter::AtLeast5}), QList{1});
        QCOMPARE(shown({.rating = RatingFilter::Unrated}), (QList{4, 5}));
        QCOMPARE(shown({.rating = RatingFilter::Rejected}), QList{3});
        QCOMPARE(shown({.rating = RatingFilter::NotRejected}), (QList{1, 2, 4, 5}));
        QCOMPARE(shown({.tags = {u"fox"_s}}), (QList{1, 2}));
        QCOMPARE(shown({.tags = {u"fox"_s, u"snow"_s}}), QList{1});
        QCOMPARE(shown({.tags = {u"never"_s}}), QList<int>());
        QCOMPARE(shown({.shape = PictureShape::Wide16x9}), QList{2});
        QCOMPARE(shown({.shape = PictureShape::Tall9x16}), QList{3});
        QCOMPARE(shown({.model = u"qwen-image"_s}), (QList{1, 2, 3, 4}));
        QCOMPARE(shown({.model = QString()}), QList{5});
        QCOMPARE(shown({.model = u"another"_s}), QList<int>());
        QCOMPARE(shown({.format = ImageFormat::Webp}), QList{3});
        QCOMPARE(shown({.origin = KindFilter::Practice}), QList{4});
        QCOMPARE(shown({.origin = KindFilter::Paid}), (QList{1, 2, 3, 5}));
        QCOMPARE(shown({.origin = KindFilter::Unclaimed}), QList{5});
        QCOMPARE(shown({.from = {2026, 2, 1}}), (QList{1, 2, 3, 4}));
        QCOMPARE(shown({.until = {2026, 2, 1}}), (QList{4, 5}));
        QCOMPARE(shown({.from = {2026, 2, 1}, .until = {2026, 2, 28}}), QList{4});
        QCOMPARE(shown({.rating = RatingFilter::AtLeast3,
                     .tags = {u"fox"_s},
                     .shape = PictureShape::Square}),
            QList{1});
    }

    void allAreShownBeforeThereIsAFilter()
    {
        PictureTable table;
        const PictureMatcher matcher(table);
        QVERIFY(matcher.matches(table.add(*made({.number = 1}))));
    }

    void aTagThatComesLaterCounts()
    {
        QCOMPARE(shown({.tags = {u"moon"_s}}), QList<int>());
        const auto slot = m_table.find(made({.number = 4})->id);
        QVERIFY(slot);
        m_table.set({{*slot, made({.number = 4, .tags = {u"moon"_s}})}});
        QVERIFY(m_matcher.matches(*slot));
        QCOMPARE(m_table.tags(*slot), QStringList{u"moon"_s});
    }

    void facetsCountWhatEachChoiceWouldShow()
    {
        m_matcher.setFilter({.rating = RatingFilter::AtLeast3, .tags = {u"fox"_s}});
        const PictureFacets facets = m_matcher.facets();
        QCOMPARE(facets.all, 5);
        QCOMPARE(facets.shown, 2);
        QCOMPARE(facets.ratings.at(int(RatingFilter::Any)), 2); // the tag is still wanted
        QCOMPARE(facets.ratings.at(int(RatingFilter::AtLeast5)), 1);
        QCOMPARE(facets.shapes.at(int(PictureShape::Square)), 1);
        QCOMPARE(facets.shapes.at(int(PictureShape::Wide16x9)), 1);
        QCOMPARE(facets.tags.value(u"snow"_s), 1);
        QCOMPARE(facets.tags.value(u"fox"_s), 2);
        QCOMPARE(facets.months.value({2026, 3, 1}), 2);
        // Each choice shows as many as it says.
        m_matcher.setFilter({});
        const PictureFacets plain = m_matcher.facets();
        for (int i = 0; i < ratingFilterCount; ++i)
            QCOMPARE(shown({.rating = RatingFilter(i)}).size(),
                qsizetype{plain.ratings.at(std::size_t(i))});
        for (int i = 0; i < shapeCount; ++i)
            QCOMPARE(shown({.shape = PictureShape(i)}).size(),
                qsizetype{plain.shapes.at(std::size_t(i))});
        for (int i = 0; i < dateSpanCount; ++i)
            QCOMPARE(shown({.from = beginOf(DateSpan(i), QDate::currentDate())}).size(),
                qsizetype{plain.spans.at(std::size_t(i))});
        QCOMPARE(plain.spans.at(int(DateSpan::Any)), 5);
        for (int i = 0; i < kindFilterCount; ++i)
            QCOMPARE(shown({.origin = KindFilter(i)}).size(),
                qsizetype{plain.origins.at(std::size_t(i))});
        for (auto model = plain.models.cbegin(); model != plain.models.cend(); ++model)
            QCOMPARE(shown({.model = model.key()}).size(), qsizetype{model.value()});
    }

    void ordersAreStrict()
    {
        for (const OrderKey key : {OrderKey::Date, OrderKey::Rating, OrderKey::Seed,
                 OrderKey::Price, OrderKey::Duration}) {
            for (const bool descending : {false, true}) {
                QList<PictureTable::Slot> slots = slotsOf(m_table);
                const auto before = [&](PictureTable::Slot a, PictureTable::Slot b) {
                    return m_table.isBefore(a, b, {key, descending});
                };
                std::sort(slots.begin(), slots.end(), before);
                for (qsizetype i = 1; i < slots.size(); ++i) {
                    QVERIFY(before(slots.at(i - 1), slots.at(i)));
                    QVERIFY(!before(slots.at(i), slots.at(i - 1)));
                }
            }
        }
    }

    void wordsAreMadeAlike()
    {
        QCOMPARE(searchTerms(u"  Fox \t SNOW fox "_s), (QStringList{u"fox"_s, u"snow"_s}));
        QCOMPARE(searchTerms(u"ＡＢＣ"_s), QStringList{u"abc"_s}); // full width
        QCOMPARE(searchTerms(u" \n "_s), QStringList());
        QCOMPARE(searchTerms(u"\"a* NEAR(b\""_s), (QStringList{u"\"a*"_s, u"near(b\""_s}));
        QCOMPARE(searchTerms(QString(1'000'000, u'x')).size(), 1);
        QCOMPARE(searchTerms(u"q w e r t y u i o p a s d f g h j k l z x c v b n m "
                             u"1 2 3 4 5 6 7 8 9 0"_s)
                     .size(),
            mostTerms);
    }
};

SEEDBOOK_TEST(PictureTableTest, QCoreApplication)

} // namespace seedbook::pictureTableTest

#include "PictureTableTest.moc"
