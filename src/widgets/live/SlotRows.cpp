#include "widgets/live/SlotRows.h"

#include <QBitArray>
#include <QHash>

#include <algorithm>
#include <iterator>

namespace seedbook {

namespace {

// So many ranges come or go one by one, which keeps a view where it is; for more, the rows change
// places first, so that they come or go as one.
constexpr qsizetype mostRanges = 48;

// Whether something is among `slots`; any slot may be asked for.
class SlotSet final
{
public:
    explicit SlotSet(const QList<SlotRows::Slot>& slots)
        : m_bits(
              slots.isEmpty() ? 0 : qsizetype{*std::max_element(slots.cbegin(), slots.cend())} + 1)
    {
        for (const SlotRows::Slot slot : slots)
            m_bits.setBit(slot);
    }
    [[nodiscard]] bool operator()(SlotRows::Slot slot) const
    {
        return slot < m_bits.size() && m_bits.testBit(slot);
    }

private:
    QBitArray m_bits;
};

} // namespace

QList<RowRange> rowRanges(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    QList<RowRange> ranges;
    for (const int row : std::as_const(rows)) {
        if (!ranges.isEmpty() && row <= ranges.last().last + 1)
            ranges.last().last = row;
        else
            ranges.append({row, row});
    }
    return ranges;
}

int SlotRows::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SlotRows::rowOf(Slot slot) const
{
    if (!m_isSorted)
        return static_cast<int>(m_rows.indexOf(slot));
    const int row = placeOf(slot, 0);
    return row < m_rows.size() && m_rows.at(row) == slot ? row : -1;
}

// The row of the first slot that does not stand before this one; no earlier than `from`. Near it,
// it is found soon: many slots that come together go through the rows once.
int SlotRows::placeOf(Slot slot, int from) const
{
    qsizetype begin = from;
    qsizetype step = 1;
    while (begin + step <= m_rows.size() && isBefore(m_rows.at(begin + step - 1), slot)) {
        begin += step;
        step *= 2;
    }
    const auto end = m_rows.cbegin() + std::min(begin + step, m_rows.size());
    const auto it = std::partition_point(
        m_rows.cbegin() + begin, end, [this, slot](Slot other) { return isBefore(other, slot); });
    return static_cast<int>(it - m_rows.cbegin());
}

void SlotRows::insertSlots(QList<Slot> slots)
{
    std::sort(slots.begin(), slots.end(), [this](Slot a, Slot b) { return isBefore(a, b); });
    insertSorted(slots, nullptr);
}

// `all`: what the rows are then, where that is known.
void SlotRows::insertSorted(const QList<Slot>& slots, const QList<Slot>* all)
{
    struct Group
    {
        int row;
        qsizetype begin;
    };
    QList<Group> groups; // those that go in at one row
    int from = 0;
    for (qsizetype i = 0; i < slots.size(); ++i) {
        from = placeOf(slots.at(i), from);
        if (groups.isEmpty() || groups.last().row != from)
            groups.append({from, i});
    }
    if (groups.size() > mostRanges) {
        const qsizetype others = m_rows.size();
        m_isSorted = false;
        beginInsertRows({}, static_cast<int>(others), static_cast<int>(others + slots.size()) - 1);
        m_rows += slots;
        endInsertRows();
        if (all) {
            reorder(*all);
            return;
        }
        QList<Slot> next = m_rows;
        std::inplace_merge(next.begin(), next.begin() + others, next.end(),
            [this](Slot a, Slot b) { return isBefore(a, b); });
        reorder(next);
        return;
    }
    qsizetype end = slots.size(); // from the last, so that the places of the others stay true
    while (!groups.isEmpty()) {
        const auto [row, begin] = groups.takeLast();
        const qsizetype count = end - begin;
        beginInsertRows({}, row, row + static_cast<int>(count) - 1);
        m_rows.insert(row, count, Slot{});
        std::copy(slots.cbegin() + begin, slots.cbegin() + end, m_rows.begin() + row);
        endInsertRows();
        end = begin;
    }
}

void SlotRows::removeRowsAt(const QList<int>& rows)
{
    QList<RowRange> ranges = rowRanges(rows);
    const bool wasSorted = m_isSorted;
    if (ranges.size() > mostRanges) {
        QList<Slot> going;
        for (const int row : rows)
            going.append(m_rows.at(row));
        const SlotSet goes(going);
        // Where the first of them stood: whoever looks for their neighbours finds those there.
        QList<Slot> gathered = m_rows;
        const int first = ranges.first().first;
        std::stable_partition(gathered.begin() + first, gathered.end(), goes);
        ranges = {{first, first + static_cast<int>(going.size()) - 1}};
        rearrange(gathered, false);
    }
    while (!ranges.isEmpty()) {
        const auto [first, last] = ranges.takeLast();
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        m_isSorted = wasSorted;
        endRemoveRows();
    }
}

void SlotRows::tellChanged(const QList<int>& rows, const QList<int>& roles)
{
    for (const auto& [first, last] : rowRanges(rows))
        Q_EMIT dataChanged(index(first), index(last), roles);
}

// Most changes leave them where they are. One that does not moves; many change places at once.
void SlotRows::place(const QList<int>& rows)
{
    if (rows.size() == 1)
        return placeOne(rows.first());
    const bool isSorted = std::all_of(rows.cbegin(), rows.cend(), [this](int row) {
        return (row == 0 || isBefore(m_rows.at(row - 1), m_rows.at(row))) &&
               (row + 1 == m_rows.size() || isBefore(m_rows.at(row), m_rows.at(row + 1)));
    });
    if (isSorted) {
        m_isSorted = true;
        return;
    }
    QList<Slot> changed;
    for (const int row : rows)
        changed.append(m_rows.at(row));
    const SlotSet isChanged(changed);
    const auto before = [this](Slot a, Slot b) { return isBefore(a, b); };
    std::sort(changed.begin(), changed.end(), before);
    QList<Slot> next;
    next.reserve(m_rows.size());
    std::copy_if(m_rows.cbegin(), m_rows.cend(), std::back_inserter(next),
        [&isChanged](Slot slot) { return !isChanged(slot); });
    const qsizetype others = next.size();
    next += changed;
    std::inplace_merge(next.begin(), next.begin() + others, next.end(), before);
    reorder(next);
}

void SlotRows::placeOne(int row)
{
    const Slot slot = m_rows.at(row);
    int to = row;
    if (row > 0 && !isBefore(m_rows.at(row - 1), slot)) {
        to = static_cast<int>(std::partition_point(m_rows.cbegin(), m_rows.cbegin() + row,
                                  [&](Slot other) { return isBefore(other, slot); }) -
                              m_rows.cbegin());
    } else if (row + 1 < m_rows.size() && !isBefore(slot, m_rows.at(row + 1))) {
        to = static_cast<int>(std::partition_point(m_rows.cbegin() + row + 1, m_rows.cend(),
                                  [&](Slot other) { return isBefore(other, slot); }) -
                              m_rows.cbegin());
    }
    if (to == row) {
        m_isSorted = true;
        return;
    }
    beginMoveRows({}, row, row, {}, to);
    m_rows.move(row, to > row ? to - 1 : to);
    m_isSorted = true;
    endMoveRows();
}

void SlotRows::showSlots(const QList<Slot>& next)
{
    const SlotSet wanted(next);
    QList<int> rows;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (!wanted(m_rows.at(row)))
            rows.append(static_cast<int>(row));
    }
    removeRowsAt(rows);
    const SlotSet there(m_rows);
    QList<Slot> coming;
    std::copy_if(next.cbegin(), next.cend(), std::back_inserter(coming),
        [&there](Slot slot) { return !there(slot); });
    insertSorted(coming, &next);
}

void SlotRows::reorder(const QList<Slot>& next)
{
    m_isSorted = false; // by the order that holds now
    rearrange(next, true);
}

void SlotRows::rearrange(const QList<Slot>& next, bool isSorted)
{
    if (next == m_rows) {
        m_isSorted = isSorted;
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<Slot> held;
    QHash<Slot, int> rows;
    for (const QModelIndex& persistent : before) {
        held.append(m_rows.at(persistent.row()));
        rows.insert(held.last(), -1);
    }
    m_rows = next;
    m_isSorted = isSorted;
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

#include "moc_SlotRows.cpp"
