#include "library/PictureTable.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct Shape
{
    PictureShape shape;
    int width;
    int height;
};
constexpr std::array shapes{Shape{PictureShape::Square, 1, 1}, Shape{PictureShape::Wide16x9, 16, 9},
    Shape{PictureShape::Tall9x16, 9, 16}, Shape{PictureShape::Wide4x3, 4, 3},
    Shape{PictureShape::Tall3x4, 3, 4}, Shape{PictureShape::Wide3x2, 3, 2},
    Shape{PictureShape::Tall2x3, 2, 3}};

bool fits(RatingFilter filter, int rating)
{
    switch (filter) {
    case RatingFilter::Any:
        return true;
    case RatingFilter::Unrated:
        return rating == 0;
    case RatingFilter::Rejected:
        return rating < 0;
    case RatingFilter::NotRejected:
        return rating >= 0;
    default:
        return rating > static_cast<int>(filter) - static_cast<int>(RatingFilter::AtLeast1);
    }
}

bool fits(OriginFilter filter, const PictureEntry& entry)
{
    switch (filter) {
    case OriginFilter::Any:
        return true;
    case OriginFilter::Paid:
        return entry.price > 0;
    case OriginFilter::Practice:
        return entry.has(PictureEntry::Practice);
    case OriginFilter::Unclaimed:
        return entry.has(PictureEntry::Unclaimed);
    }
    return true;
}

qint64 keyOf(const PictureEntry& entry, OrderKey key)
{
    switch (key) {
    case OrderKey::Rating:
        return entry.rating;
    case OrderKey::Seed:
        return entry.seed;
    case OrderKey::Price:
        return entry.price;
    case OrderKey::Duration:
        return entry.duration;
    case OrderKey::Date:
        break;
    }
    return entry.created;
}

template <typename T>
bool areOwnPlaces(const QList<T>& numbers)
{
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (numbers.at(i) != static_cast<T>(i))
            return false;
    }
    return true;
}

// Months are counted without making a date of each picture's time.
class Months final
{
public:
    void count(qint64 created)
    {
        if (created < m_begin || created >= m_end) {
            const QDate day = QDateTime::fromMSecsSinceEpoch(created).date();
            m_month = QDate(day.year(), day.month(), 1);
            m_begin = m_month.startOfDay().toMSecsSinceEpoch();
            m_end = m_month.addMonths(1).startOfDay().toMSecsSinceEpoch();
        }
        ++m_counts[m_month];
    }
    [[nodiscard]] const QHash<QDate, int>& counts() const { return m_counts; }

private:
    QHash<QDate, int> m_counts;
    QDate m_month;
    qint64 m_begin = 0;
    qint64 m_end = 0;
};

} // namespace

PictureShape shapeOf(int width, int height)
{
    if (width <= 0 || height <= 0)
        return PictureShape::Other;
    const double ratio = double(width) / height;
    for (const Shape& known : shapes) {
        if (std::abs(ratio * known.height / known.width - 1) < 0.05)
            return known.shape;
    }
    return PictureShape::Other;
}

QString shapeText(PictureShape shape)
{
    for (const Shape& known : shapes) {
        if (known.shape == shape)
            return u"%1:%2"_s.arg(known.width).arg(known.height);
    }
    return {};
}

QDate beginOf(DateSpan span, const QDate& today)
{
    switch (span) {
    case DateSpan::Any:
        return {};
    case DateSpan::Today:
        return today;
    case DateSpan::Last7Days:
        return today.addDays(-6);
    case DateSpan::Last30Days:
        return today.addDays(-29);
    case DateSpan::ThisYear:
        return {today.year(), 1, 1};
    }
    return {};
}

void PictureTable::fill(PictureListing listing)
{
    // What the listing's numbers are here.
    PictureEntry numbers;
    QList<quint32> tagSets;
    for (const QStringList& tags : std::as_const(listing.tagSets)) {
        number(numbers, tags, {});
        tagSets.append(numbers.tags);
    }
    QList<quint16> models;
    for (const QString& model : std::as_const(listing.models)) {
        number(numbers, {}, model);
        models.append(numbers.model);
    }
    if (m_slots.count() == 0 && m_free.isEmpty()) {
        if (listing.ids.count() != listing.entries.size())
            listing.ids.setAll(listing.entries);
        m_entries = std::move(listing.entries);
        m_slots = std::move(listing.ids);
        if (!areOwnPlaces(tagSets) || !areOwnPlaces(models)) {
            for (PictureEntry& entry : m_entries) {
                entry.tags = tagSets.value(entry.tags);
                entry.model = models.value(entry.model);
            }
        }
    } else {
        m_entries.reserve(m_entries.size() + listing.entries.size());
        for (PictureEntry entry : std::as_const(listing.entries)) {
            if (entry.id.isNull() || contains(entry.id))
                continue;
            entry.tags = tagSets.value(entry.tags);
            entry.model = models.value(entry.model);
            m_entries.append(entry);
            m_slots.set(static_cast<Slot>(m_entries.size() - 1), m_entries);
        }
    }
    setFilter(m_filter);
}

void PictureTable::number(PictureEntry& entry, const QStringList& tags, const QString& model)
{
    const auto known = m_tagNumbers.constFind(tags);
    if (known == m_tagNumbers.cend()) {
        entry.tags = static_cast<quint32>(m_tagSets.size());
        m_tagSets.append(tags);
        m_tagNumbers.insert(tags, entry.tags);
    } else {
        entry.tags = *known;
    }
    qsizetype place = model.isEmpty() ? 0 : m_models.indexOf(model);
    if (place < 0 && m_models.size() < std::numeric_limits<quint16>::max()) {
        place = m_models.size();
        m_models.append(model);
        if (m_filter.model == model)
            m_model = static_cast<int>(place);
    }
    entry.model = static_cast<quint16>(std::max<qsizetype>(place, 0));
}

PictureTable::Slot PictureTable::insert(const PictureEntry& entry)
{
    Slot slot = 0;
    if (m_free.isEmpty()) {
        slot = static_cast<Slot>(m_entries.size());
        m_entries.append(entry);
    } else {
        slot = m_free.takeLast();
        m_entries[slot] = entry;
    }
    m_slots.set(slot, m_entries);
    return slot;
}

PictureTable::Slot PictureTable::add(const Picture& picture)
{
    PictureEntry entry = plainEntry(picture);
    number(entry, picture.tags, picture.modelId);
    return insert(entry);
}

PictureTable::Slot PictureTable::addCard(const PictureEntry& card)
{
    return insert(card);
}

void PictureTable::set(Slot slot, const Picture& picture)
{
    PictureEntry entry = plainEntry(picture);
    number(entry, picture.tags, picture.modelId);
    const PictureEntry& before = at(slot);
    entry.set(PictureEntry::TextHit, before.has(PictureEntry::TextHit));
    if (entry.number == 0)
        entry.number = before.number;
    // It keeps the place that it has.
    entry.created = before.created;
    entry.sequence = before.sequence;
    const bool renamed = before.id != entry.id;
    if (renamed)
        m_slots.remove(slot, m_entries);
    m_entries[slot] = entry;
    if (renamed)
        m_slots.set(slot, m_entries);
}

void PictureTable::remove(Slot slot)
{
    m_slots.remove(slot, m_entries);
    m_entries[slot] = {};
    m_free.append(slot);
}

void PictureTable::setFilter(const PictureFilter& filter)
{
    m_filter = filter;
    m_from = filter.from.isValid() ? filter.from.startOfDay().toMSecsSinceEpoch()
                                   : std::numeric_limits<qint64>::min();
    m_until = filter.until.isValid() ? filter.until.addDays(1).startOfDay().toMSecsSinceEpoch()
                                     : std::numeric_limits<qint64>::max();
    m_model = filter.model ? static_cast<int>(m_models.indexOf(*filter.model)) : -1;
    m_tagSetFits.clear();
}

bool PictureTable::hasTags(quint32 tagSet) const
{
    for (auto i = m_tagSetFits.size(); i <= qsizetype{tagSet}; ++i) {
        const QStringList& tags = m_tagSets.at(i);
        m_tagSetFits.append(std::all_of(m_filter.tags.cbegin(), m_filter.tags.cend(),
            [&tags](const QString& tag) { return tags.contains(tag); }));
    }
    return m_tagSetFits.at(tagSet);
}

unsigned PictureTable::failures(const PictureEntry& entry) const
{
    unsigned failed = 0;
    if (!m_filter.text.isEmpty() && !entry.has(PictureEntry::TextHit))
        failed |= Text;
    if (!fits(m_filter.rating, entry.rating))
        failed |= Rating;
    if (!m_filter.tags.isEmpty() && !hasTags(entry.tags))
        failed |= Tags;
    if (m_filter.shape && shapeOf(entry.width, entry.height) != *m_filter.shape)
        failed |= Shape;
    if (m_filter.model && entry.model != m_model)
        failed |= Model;
    if (m_filter.format && entry.format != static_cast<quint8>(*m_filter.format))
        failed |= Format;
    if (!fits(m_filter.origin, entry))
        failed |= Origin;
    if (entry.created < m_from || entry.created >= m_until)
        failed |= Dates;
    return failed;
}

PictureFacets PictureTable::facets() const
{
    PictureFacets facets;
    Months months;
    const QDate today = QDate::currentDate();
    std::array<qint64, dateSpanCount> spanBegins{};
    for (int i = 0; i < dateSpanCount; ++i) {
        const QDate begin = beginOf(static_cast<DateSpan>(i), today);
        spanBegins.at(std::size_t(i)) = begin.isValid() ? begin.startOfDay().toMSecsSinceEpoch()
                                                        : std::numeric_limits<qint64>::min();
    }
    QList<int> models(m_models.size());
    QList<int> tagSets(m_tagSets.size());
    for (const PictureEntry& entry : m_entries) {
        if (entry.id.isNull() || entry.has(PictureEntry::Card))
            continue;
        ++facets.all;
        const unsigned failed = failures(entry);
        if (failed == 0)
            ++facets.shown;
        const auto alone = [failed](Part part) { return (failed & ~unsigned{part}) == 0; };
        if (alone(Rating)) {
            for (std::size_t i = 0; i < facets.ratings.size(); ++i)
                facets.ratings.at(i) += fits(static_cast<RatingFilter>(i), entry.rating) ? 1 : 0;
        }
        if (alone(Shape))
            ++facets.shapes.at(static_cast<std::size_t>(shapeOf(entry.width, entry.height)));
        if (alone(Format) && entry.format < facets.formats.size())
            ++facets.formats.at(entry.format);
        if (alone(Origin)) {
            for (std::size_t i = 0; i < facets.origins.size(); ++i)
                facets.origins.at(i) += fits(static_cast<OriginFilter>(i), entry) ? 1 : 0;
        }
        if (alone(Model))
            ++models[entry.model];
        if (failed == 0)
            ++tagSets[entry.tags];
        if (alone(Dates)) {
            months.count(entry.created);
            for (std::size_t i = 0; i < spanBegins.size(); ++i)
                facets.spans.at(i) += entry.created >= spanBegins.at(i) ? 1 : 0;
        }
    }
    for (qsizetype i = 0; i < models.size(); ++i) {
        if (models.at(i) > 0)
            facets.models.insert(m_models.at(i), models.at(i));
    }
    for (qsizetype i = 0; i < tagSets.size(); ++i) {
        for (const QString& tag : tagSets.at(i) > 0 ? m_tagSets.at(i) : QStringList())
            facets.tags[tag] += tagSets.at(i);
    }
    facets.months = months.counts();
    return facets;
}

bool PictureTable::isBefore(Slot a, Slot b, const PictureOrder& order) const
{
    const PictureEntry& first = m_entries.at(a);
    const PictureEntry& second = m_entries.at(b);
    if (order == PictureOrder{})
        return isNewer(first, second);
    const bool card = first.has(PictureEntry::Card);
    if (card != second.has(PictureEntry::Card))
        return card;
    if (card)
        return isNewer(first, second);
    if (order.key == OrderKey::Date)
        return isNewer(second, first);
    const qint64 firstKey = keyOf(first, order.key);
    const qint64 secondKey = keyOf(second, order.key);
    if (firstKey != secondKey)
        return order.descending ? firstKey > secondKey : firstKey < secondKey;
    return isNewer(first, second);
}

} // namespace seedbook
