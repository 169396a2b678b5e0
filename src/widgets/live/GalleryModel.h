#pragma once

#include "core/Job.h"
#include "library/LibraryChanges.h"
#include "library/PictureTable.h"
#include "widgets/live/PicturePages.h"
#include "widgets/live/QueueCondition.h"

#include <QAbstractListModel>
#include <QBitArray>
#include <QHash>
#include <QList>
#include <QPixmap>
#include <QPointer>
#include <QSet>
#include <QSize>

#include <memory>

namespace seedbook {

class QueueWatch;
class ThumbnailLoader;
class ThumbnailShelf;

using JobPtr = std::shared_ptr<const Job>;

// Jobs and pictures in one list; by default newest first: by when the request was made, then by the
// job's number. A row is a job's card until its picture is filed, then that picture, in the same
// row. While the model holds (the view is scrolled away from the top), new rows wait outside.
//
// Of every picture only an entry is held; the pictures themselves are read from the index when they
// are looked at. All answers come from memory: picture() is null until its picture is there, which
// dataChanged() tells. Thumbnails are asked for by the view, never by data().
//
// Whatever changes, the rows that it does not concern stay. Cards are shown by every filter, and so
// are pictures that came of them since it was set.
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        PictureRole = Qt::UserRole + 1, // PicturePtr; null for a card or while it is not read
        JobRole,                        // JobPtr; null for a picture
        FailureRole, // QString: why there is no thumbnail; empty while there may be one
        EntryRole,   // PictureEntry; of a card too
    };

    // `thumbnails` must outlive the model.
    explicit GalleryModel(ThumbnailLoader& thumbnails, QObject* parent = nullptr);
    ~GalleryModel() override;

    // What is said of cards is told from it. Without one they wait for nothing but their turn.
    void setWatch(QueueWatch* watch);
    [[nodiscard]] QueueCondition condition() const;

    using Search = std::function<QFuture<Result<QBitArray>>(const QStringList& terms)>;
    // Where pictures are read from and looked for; without, there are those that were told of.
    void setSource(PicturePages::Source source, PicturePages::Marked marked, Search search);

    // What the library knows, once, at the start. Jobs may be there already; pictures that are
    // known are passed over.
    void setListing(PictureListing listing);
    void addPicture(const PicturePtr& picture);
    // What became of the library's files. A picture that was there keeps its row, and a card whose
    // picture comes this way becomes it.
    void applyChanges(const LibraryChanges& changes);
    void addJobs(const QList<Job>& jobs);
    // A filed job's row becomes its picture. An unknown job is added.
    void updateJob(const Job& job);
    void removeJob(JobId id);

    void setHolding(bool holding);
    [[nodiscard]] bool isHolding() const { return m_holding; }
    // How many rows wait to be let in.
    [[nodiscard]] int heldCount() const { return static_cast<int>(m_held.size()); }

    // Shows these in the order set. Where a text is looked for, that happens on the index's thread;
    // filtered() tells when it is done.
    void setFilter(const PictureFilter& filter);
    [[nodiscard]] const PictureFilter& filter() const { return m_wanted; }
    void setOrder(const PictureOrder& order);
    [[nodiscard]] const PictureOrder& order() const { return m_order; }
    [[nodiscard]] PictureFacets facets() const { return m_table.facets(); }

    // Null also while it is not in memory: then it is being read.
    [[nodiscard]] PicturePtr picture(const QModelIndex& index) const;
    [[nodiscard]] PicturePtr picture(const QUuid& id) const; // shown or not
    [[nodiscard]] bool isPicture(const QModelIndex& index) const;
    [[nodiscard]] QUuid idOf(const QModelIndex& index) const;
    // Of a picture; where it is not the model's, an empty one.
    [[nodiscard]] PictureEntry entry(const QModelIndex& index) const;
    [[nodiscard]] QStringList tags(const QModelIndex& index) const;
    // All of these, once they are read; those that are gone are left out.
    void load(const QList<QUuid>& ids, QObject* context,
        const std::function<void(const QList<PicturePtr>&)>& done) const;
    [[nodiscard]] JobPtr job(const QModelIndex& index) const;
    // Whether there is such a picture or card, shown or not.
    [[nodiscard]] bool contains(const QUuid& pictureId) const
    {
        return m_table.contains(pictureId);
    }
    [[nodiscard]] QModelIndex indexOf(const QUuid& pictureId) const;
    [[nodiscard]] QModelIndex indexOfJob(JobId id) const;
    // The next picture after `from` (towards the end for +1, the head for −1), cards passed over;
    // invalid at the end.
    [[nodiscard]] QModelIndex neighbour(const QModelIndex& from, int direction) const;
    // The one that stands first.
    [[nodiscard]] QModelIndex newestPicture() const;
    // The first of that day or older; by date alone. Invalid: there is none.
    [[nodiscard]] QModelIndex firstOf(const QDate& day) const;
    [[nodiscard]] int pictureCount() const;    // shown
    [[nodiscard]] int allPictureCount() const; // in the library, whatever is shown

    // The cards whose request is out; a handful.
    [[nodiscard]] QModelIndexList sendingCards() const;

    // Thumbnails that fit `box` (device pixels), for these rows, nearest first. Replaces what was
    // wanted before.
    void wantThumbnails(const QList<int>& rows, QSize box, qreal devicePixelRatio);
    // What is in memory, of whatever size; null if nothing is.
    [[nodiscard]] QPixmap thumbnail(const QUuid& pictureId) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void heldCountChanged(int count);
    // pictureCount() or allPictureCount() may be another: after the rows have changed, if any did.
    void countChanged();
    // The filter or the order asked for is in force.
    void filtered();
    void searchFailed(const seedbook::Error& error);
    // One that was asked for by its id is in memory.
    void pictureLoaded(const QUuid& id);

private:
    using Slot = PictureTable::Slot;

    [[nodiscard]] bool isBefore(Slot a, Slot b) const { return m_table.isBefore(a, b, m_order); }
    [[nodiscard]] bool isCard(Slot slot) const { return m_table.at(slot).has(PictureEntry::Card); }
    [[nodiscard]] bool isShown(Slot slot) const;
    [[nodiscard]] std::optional<Slot> slotAt(const QModelIndex& index) const;
    // The row of the first slot that does not stand before this one.
    [[nodiscard]] int place(Slot slot) const;
    [[nodiscard]] int rowOf(Slot slot) const; // −1: not shown
    [[nodiscard]] int rowOf(const QUuid& id) const;
    [[nodiscard]] Slot addCard(const Job& job);
    [[nodiscard]] Slot addEntry(const PicturePtr& picture);
    void arrive(const QList<Slot>& slots);
    void insertRowsOf(QList<Slot> slots);
    void removeRowsOf(QList<int> rows);
    void removeSlot(Slot slot);
    void turnIntoPicture(Slot slot, const PicturePtr& picture);
    void removePictures(const QList<QUuid>& ids);
    void updatePictures(QList<LibraryChanges::Update> updates);
    void updatePicture(const LibraryChanges::Update& update);
    void changeEntry(Slot slot, const PicturePtr& picture, bool redrawn);
    void keep(Slot slot, const PicturePtr& picture);
    // Brings the rows to what filter and order say.
    void arrange();
    void showRows(const QList<Slot>& next);
    void permute(const QList<Slot>& next);
    void search();
    void takeHits(const QStringList& terms, const Result<QBitArray>& hits);
    void force(const PictureFilter& filter, const QStringList& terms);
    void takeLoaded(const QList<QUuid>& ids);
    void askForThumbnails();

    PicturePages* m_pages;
    ThumbnailShelf* m_shelf;
    Search m_search;
    QPointer<QueueWatch> m_watch;
    // Without a watch: a moment that stands still.
    QueueCondition m_alone{.now = QDateTime::currentDateTimeUtc()};
    PictureTable m_table;
    PictureOrder m_order;
    PictureFilter m_wanted; // may wait for its text's hits
    QStringList m_terms;    // of the filter in force
    QList<Slot> m_rows;     // those shown, in their order
    QHash<Slot, JobPtr> m_cards;
    QHash<JobId, Slot> m_jobs;
    QSet<Slot> m_held;
    QSet<Slot> m_arrived;            // since the filter was set; shown by it in any case
    QHash<Slot, PicturePtr> m_fresh; // whose row in the index is not known: searched here
    QSet<Slot> m_changed;            // while a search is under way, which may not know it
    QList<QUuid> m_inView;           // whose thumbnails are wanted
    bool m_searching = false;
    bool m_holding = false;
};

} // namespace seedbook
