// GalleryModel's part that filters, orders and searches.
#include "core/Async.h"
#include "library/SearchText.h"
#include "widgets/live/GalleryModel.h"

#include <algorithm>

namespace seedbook {

namespace {

// So many pieces come or go one by one, which keeps the view where it is; for more, the rows change
// places first, so that they come or go as one.
constexpr int mostPieces = 48;

// How many pieces of neighbours those make for which `chosen` holds.
template <typename Chosen>
int pieces(const QList<PictureTable::Slot>& rows, const Chosen& chosen)
{
    int count = 0;
    bool before = false;
    for (const PictureTable::Slot slot : rows) {
        const bool now = chosen(slot);
        count += now && !before ? 1 : 0;
        before = now;
    }
    return count;
}

// Whether something is among `slots`; any slot may be asked for.
class Marks final
{
public:
    explicit Marks(const QList<PictureTable::Slot>& slots)
        : m_bits(
              slots.isEmpty() ? 0 : qsizetype{*std::max_element(slots.cbegin(), slots.cend())} + 1)
    {
        for (const PictureTable::Slot slot : slots)
            m_bits.setBit(slot);
    }
    [[nodiscard]] bool operator()(PictureTable::Slot slot) const
    {
        return slot < m_bits.size() && m_bits.testBit(slot);
    }

private:
    QBitArray m_bits;
};

} // namespace

void GalleryModel::setFilter(const PictureFilter& filter)
{
    if (filter == m_wanted)
        return;
    m_wanted = filter;
    search();
}

// One at a time; what is typed meanwhile is looked for next.
void GalleryModel::search()
{
    if (m_searching)
        return;
    const QStringList terms = searchTerms(m_wanted.text);
    if (terms.isEmpty() || terms == m_terms) {
        force(m_wanted, terms);
        return;
    }
    m_searching = true;
    m_changed.clear();
    if (!m_search) {
        takeHits(terms, QBitArray());
        return;
    }
    whenDone(m_search(terms), this,
        [this, terms](const Result<QBitArray>& hits) { takeHits(terms, hits); });
}

void GalleryModel::takeHits(const QStringList& terms, const Result<QBitArray>& hits)
{
    m_searching = false;
    if (!hits) {
        Q_EMIT searchFailed(hits.error());
        return;
    }
    if (searchTerms(m_wanted.text) != terms) {
        search(); // something else is wanted by now
        return;
    }
    m_table.forEachSlot([&](Slot slot) {
        const PictureEntry& entry = m_table.at(slot);
        // What changed since the index was asked is looked at here, as is what it does not know.
        PicturePtr whole = m_fresh.value(slot);
        if (!whole && m_changed.contains(slot))
            whole = m_pages->find(entry.id);
        m_table.setTextHit(slot,
            whole ? matchesText(*whole, terms)
                  : entry.number > 0 && entry.number < hits->size() && hits->testBit(entry.number));
    });
    m_changed.clear();
    force(m_wanted, terms);
}

void GalleryModel::force(const PictureFilter& filter, const QStringList& terms)
{
    m_terms = terms;
    PictureFilter table = filter;
    if (terms.isEmpty())
        table.text.clear(); // nothing but blanks
    m_table.setFilter(table);
    m_arrived.clear();
    if (!m_held.isEmpty()) {
        m_held.clear();
        Q_EMIT heldCountChanged(0);
    }
    arrange();
    Q_EMIT filtered();
}

void GalleryModel::setOrder(const PictureOrder& order)
{
    if (order == m_order)
        return;
    // Places are found by the order that the rows stand in: these change together.
    QList<Slot> next = m_rows;
    std::sort(next.begin(), next.end(),
        [this, &order](Slot a, Slot b) { return m_table.isBefore(a, b, order); });
    m_order = order;
    permute(next);
    Q_EMIT filtered();
}

void GalleryModel::arrange()
{
    QList<Slot> next;
    next.reserve(m_table.count());
    m_table.forEachSlot([&](Slot slot) {
        if (isShown(slot))
            next.append(slot);
    });
    // They lie newest first in the table, but for those that came later.
    const auto before = [this](Slot a, Slot b) { return isBefore(a, b); };
    const auto rest = std::is_sorted_until(next.begin(), next.end(), before);
    std::sort(rest, next.end(), before);
    std::inplace_merge(next.begin(), rest, next.end(), before);
    showRows(next);
}

void GalleryModel::showRows(const QList<Slot>& next)
{
    if (m_rows.isEmpty() && !next.isEmpty()) {
        beginInsertRows({}, 0, static_cast<int>(next.size()) - 1);
        m_rows = next;
        endInsertRows();
        return;
    }
    const Marks wanted(next);
    const auto goes = [&wanted](Slot slot) { return !wanted(slot); };
    if (pieces(m_rows, goes) > mostPieces) {
        QList<Slot> parted = m_rows;
        std::stable_partition(parted.begin(), parted.end(), wanted);
        permute(parted);
    }
    QList<int> rows;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (goes(m_rows.at(row)))
            rows.append(static_cast<int>(row));
    }
    removeRowsOf(rows);

    const Marks there(m_rows);
    const auto comes = [&there](Slot slot) { return !there(slot); };
    QList<Slot> coming;
    std::copy_if(next.cbegin(), next.cend(), std::back_inserter(coming), comes);
    if (pieces(next, comes) > mostPieces) {
        const auto row = static_cast<int>(m_rows.size());
        beginInsertRows({}, row, row + static_cast<int>(coming.size()) - 1);
        m_rows += coming;
        endInsertRows();
        permute(next);
    } else {
        insertRowsOf(coming);
    }
}

void GalleryModel::permute(const QList<Slot>& next)
{
    if (next == m_rows)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<Slot> held;
    QHash<Slot, int> rows;
    for (const QModelIndex& persistent : before) {
        held.append(m_rows.at(persistent.row()));
        rows.insert(held.last(), -1);
    }
    m_rows = next;
    for (qsizetype row = 0; !rows.isEmpty() && row < m_rows.size(); ++row) {
        if (const auto known = rows.find(m_rows.at(row)); known != rows.end())
            *known = static_cast<int>(row);
    }
    QModelIndexList after;
    after.reserve(before.size());
    for (const Slot slot : std::as_const(held))
        after.append(index(rows.value(slot)));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace seedbook
