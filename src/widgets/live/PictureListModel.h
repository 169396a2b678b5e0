#pragma once

#include "library/PictureMatcher.h"
#include "widgets/live/LivePictures.h"
#include "widgets/live/SlotRows.h"

#include <QHash>
#include <QItemSelection>
#include <QList>
#include <QSet>
#include <QSize>

#include <optional>

namespace seedbook {

// Live pictures as one list shows them: those that a filter lets through, in an order. By default
// all of them, newest first: by when the request was made, then by the job's number. A row is a
// job's tile until its picture is filed, then that picture, in the same row. While the list holds
// (its view is scrolled away from the top), new rows wait outside.
//
// Whatever changes, the rows that it does not concern stay. Tiles are shown by every filter, and so
// are pictures that came of them since it was set. Thumbnails are asked for by the view, never by
// data().
class PictureListModel final : public SlotRows
{
    Q_OBJECT

public:
    enum Role {
        PictureRole = Qt::UserRole + 1, // PicturePtr; null for a tile or while it is not read
        JobRole,                        // JobPtr; null for a picture
        FailureRole, // QString: why there is no thumbnail; empty while there may be one
        EntryRole,   // PictureEntry; of a tile too
    };

    // `pictures` must outlive the list.
    explicit PictureListModel(LivePictures& pictures, QObject* parent = nullptr);

    [[nodiscard]] LivePictures& live() const { return m_live; }

    void setHolding(bool holding);
    [[nodiscard]] bool isHolding() const { return m_holding; }
    // How many rows wait to be let in.
    [[nodiscard]] int heldCount() const { return static_cast<int>(m_held.size()); }
    // These come in, and go on holding others.
    void letIn();

    // None but these, pictures or tiles, as far as the filter lets them through; nothing: any. The
    // cost of the list is that of these then. Where an id becomes another, it is followed.
    void setOnly(const std::optional<QSet<QUuid>>& ids);

    // Shows these in the order set. Where a text is looked for, that happens on the index's thread;
    // filtered() tells when it is done.
    void setFilter(const PictureFilter& filter);
    [[nodiscard]] const PictureFilter& filter() const { return m_wanted; }
    void setOrder(const PictureOrder& order);
    [[nodiscard]] const PictureOrder& order() const { return m_order; }
    [[nodiscard]] PictureFacets facets() const { return m_matcher.facets(); }

    // Null also while it is not in memory: then it is being read.
    [[nodiscard]] PicturePtr picture(const QModelIndex& index) const;
    [[nodiscard]] bool isPicture(const QModelIndex& index) const;
    [[nodiscard]] QUuid idOf(const QModelIndex& index) const;
    // Of a picture; where it is not the model's, an empty one.
    [[nodiscard]] PictureEntry entry(const QModelIndex& index) const;
    [[nodiscard]] QStringList tags(const QModelIndex& index) const;
    [[nodiscard]] JobPtr job(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const QUuid& pictureId) const;
    [[nodiscard]] QModelIndex indexOfJob(JobId id) const;
    // The next picture after `from` (towards the end for +1, the head for −1), tiles passed over;
    // invalid at the end.
    [[nodiscard]] QModelIndex neighbour(const QModelIndex& from, int direction) const;
    // The one that stands first.
    [[nodiscard]] QModelIndex newestPicture() const;
    // The first of that day or older; by date alone. Invalid: there is none.
    [[nodiscard]] QModelIndex firstOf(const QDate& day) const;
    [[nodiscard]] int pictureCount() const; // shown
    // In their order; tiles are left out.
    [[nodiscard]] QList<QUuid> picturesIn(const QItemSelection& selection) const;

    // The tiles whose request is out; a handful.
    [[nodiscard]] QModelIndexList sendingTiles() const;

    // Thumbnails that fit `box` (device pixels), for these rows, nearest first. Replaces what was
    // wanted before.
    void wantThumbnails(const QList<int>& rows, QSize box, qreal devicePixelRatio);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void heldCountChanged(int count);
    // pictureCount() or that of all may be another: after the rows have changed, if any did.
    void countChanged();
    // The filter or the order asked for is in force.
    void filtered();
    void searchFailed(const seedbook::Error& error);

private:
    [[nodiscard]] bool isBefore(Slot a, Slot b) const override;
    [[nodiscard]] bool isShown(Slot slot) const;
    [[nodiscard]] bool passes(Slot slot) const; // held or not
    void dropHeld(const QList<Slot>& slots);
    [[nodiscard]] std::optional<Slot> slotAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfRow(int row) const;
    [[nodiscard]] QList<int> rowsOf(const QList<QUuid>& ids) const;
    [[nodiscard]] QString nameOf(Slot slot) const;
    [[nodiscard]] QString seedOf(Slot slot) const;
    [[nodiscard]] QString promptOf(Slot slot, qsizetype limit) const;
    void follow();
    void arrive(const QList<Slot>& slots);
    void beforeChange(const QList<Slot>& slots);
    void afterChange();
    void beforeRemoval(const QList<Slot>& slots);
    // Its text was looked for and may have changed since.
    void lookForText(const QList<Slot>& slots);
    // Brings the rows to what filter and order say.
    void arrange();
    void search();
    void setSearchHits(const QStringList& terms, const Result<QBitArray>& hits);
    void force(const PictureFilter& filter, const QStringList& terms);

    LivePictures& m_live;
    PictureMatcher m_matcher;
    std::optional<QSet<QUuid>> m_only;
    PictureOrder m_order;
    PictureFilter m_wanted; // may wait for its text's hits
    QStringList m_terms;    // of the filter in force
    QSet<Slot> m_held;
    QSet<Slot> m_arrived; // since the filter was set; shown by it in any case
    QSet<Slot> m_changed; // while a search is under way, which may not know it
    struct Changing
    {
        Slot slot;
        QUuid id;
        int row; // −1: it has none
        bool isTile;
    };
    QList<Changing> m_changing; // from before their entries change until after
    bool m_searching = false;
    bool m_isStale = false; // some hits are of before a change
    bool m_holding = false;
};

} // namespace seedbook
