#include "library/PictureMatcher.h"

#include <QDateTime>

#include <algorithm>

namespace seedbook {

namespace {

constexpr int noModel = -1;

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

bool fits(KindFilter filter, const PictureEntry& entry)
{
    switch (filter) {
    case KindFilter::Any:
        return true;
    case KindFilter::Paid:
        return entry.price > 0;
    case KindFilter::Practice:
        return entry.has(PictureEntry::Practice);
    case KindFilter::Unclaimed:
        return entry.has(PictureEntry::Unclaimed);
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

void PictureMatcher::setFilter(const PictureFilter& filter)
{
    m_filter = filter;
    m_from = filter.from.isValid() ? filter.from.startOfDay().toMSecsSinceEpoch()
                                   : std::numeric_limits<qint64>::min();
    m_until = filter.until.isValid() ? filter.until.addDays(1).startOfDay().toMSecsSinceEpoch()
                                     : std::numeric_limits<qint64>::max();
    m_model = noModel;
    m_modelsSeen = 0;
    m_tagSetFits.clear();
}

void PictureMatcher::setHits(QBitArray hits)
{
    m_hits = std::move(hits);
}

void PictureMatcher::setHit(Slot slot, bool hit)
{
    if (slot >= m_hits.size())
        m_hits.resize(m_table.slotCount());
    m_hits.setBit(slot, hit);
}

bool PictureMatcher::hasTags(quint32 tagSet) const
{
    for (auto i = m_tagSetFits.size(); i <= qsizetype{tagSet}; ++i) {
        const QStringList& tags = m_table.tagSets().at(i);
        m_tagSetFits.append(std::all_of(m_filter.tags.cbegin(), m_filter.tags.cend(),
            [&tags](const QString& tag) { return tags.contains(tag); }));
    }
    return m_tagSetFits.at(tagSet);
}

// Looked for again once there are more of them: a picture may bring the one that is asked for.
int PictureMatcher::model() const
{
    const QStringList& models = m_table.models();
    if (m_model == noModel && m_modelsSeen < models.size()) {
        m_model = static_cast<int>(models.indexOf(*m_filter.model, m_modelsSeen));
        m_modelsSeen = models.size();
    }
    return m_model;
}

unsigned PictureMatcher::failures(Slot slot) const
{
    const PictureEntry& entry = m_table.at(slot);
    unsigned failed = 0;
    if (!m_filter.text.isEmpty() && !(slot < m_hits.size() && m_hits.testBit(slot)))
        failed |= Text;
    if (!fits(m_filter.rating, entry.rating))
        failed |= Rating;
    if (!m_filter.tags.isEmpty() && !hasTags(entry.tags))
        failed |= Tags;
    if (m_filter.shape && shapeOf(entry.width, entry.height) != *m_filter.shape)
        failed |= Shape;
    if (m_filter.model && entry.model != model())
        failed |= Model;
    if (m_filter.format && entry.format != static_cast<quint8>(*m_filter.format))
        failed |= Format;
    if (!fits(m_filter.origin, entry))
        failed |= Origin;
    if (entry.created < m_from || entry.created >= m_until)
        failed |= Dates;
    return failed;
}

PictureFacets PictureMatcher::facets() const
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
    QList<int> models(m_table.models().size());
    QList<int> tagSets(m_table.tagSets().size());
    m_table.forEachSlot([&](Slot slot) {
        const PictureEntry& entry = m_table.at(slot);
        if (entry.has(PictureEntry::Tile))
            return;
        ++facets.all;
        const unsigned failed = failures(slot);
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
                facets.origins.at(i) += fits(static_cast<KindFilter>(i), entry) ? 1 : 0;
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
    });
    for (qsizetype i = 0; i < models.size(); ++i) {
        if (models.at(i) > 0)
            facets.models.insert(m_table.models().at(i), models.at(i));
    }
    for (qsizetype i = 0; i < tagSets.size(); ++i) {
        for (const QString& tag : tagSets.at(i) > 0 ? m_table.tagSets().at(i) : QStringList())
            facets.tags[tag] += tagSets.at(i);
    }
    facets.months = months.counts();
    return facets;
}

} // namespace seedbook
