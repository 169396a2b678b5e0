#pragma once

#include "library/PictureTable.h"

#include <QAbstractListModel>
#include <QList>

namespace seedbook {

struct RowRange
{
    int first;
    int last; // included
};
// What is neighbours among `rows`, which come in any order.
[[nodiscard]] QList<RowRange> rowRanges(QList<int> rows);

// Slots of a table in an order of their own, as a model's rows. However many come, go or change
// places, it is told in a few ranges, and persistent indexes stay with their slots.
//
// A slot's row is found by where its entry stands in the order. So while entries change, rows are
// asked for before that, and set right by place() after it.
class SlotRows : public QAbstractListModel
{
    Q_OBJECT

public:
    using Slot = PictureTable::Slot;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;

protected:
    using QAbstractListModel::QAbstractListModel;

    // A strict order in which no two slots are alike.
    [[nodiscard]] virtual bool isBefore(Slot a, Slot b) const = 0;

    [[nodiscard]] const QList<Slot>& rows() const { return m_rows; }
    [[nodiscard]] int rowOf(Slot slot) const; // −1: it has none
    // They get rows where they belong; none of them has one.
    void insertSlots(QList<Slot> slots);
    void removeRowsAt(const QList<int>& rows);
    // Entries are others now; place() follows.
    void entriesChanged() { m_isSorted = false; }
    // The entries of these rows are others: the rows go where they belong.
    void place(const QList<int>& rows);
    // These and no others from now on. Those that are there stand in their order.
    void showSlots(const QList<Slot>& next);
    // The same ones in another order, by which isBefore() goes from now on.
    void reorder(const QList<Slot>& next);
    // dataChanged() for these.
    void tellChanged(const QList<int>& rows, const QList<int>& roles = {});

private:
    [[nodiscard]] int placeOf(Slot slot, int from) const;
    void rearrange(const QList<Slot>& next, bool isSorted);
    void insertSorted(const QList<Slot>& slots, const QList<Slot>* all);
    void placeOne(int row);

    QList<Slot> m_rows;
    // Not while many are on their way, or entries have changed: then a row is found by looking at
    // all.
    bool m_isSorted = true;
};

} // namespace seedbook
