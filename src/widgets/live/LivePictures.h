#pragma once

#include "core/Job.h"
#include "library/LibraryChanges.h"
#include "library/PictureTable.h"
#include "widgets/live/PictureCache.h"
#include "widgets/live/QueueCondition.h"

#include <QBitArray>
#include <QHash>
#include <QObject>
#include <QPixmap>
#include <QPointer>
#include <QSet>
#include <QSize>

#include <functional>
#include <memory>

namespace seedbook {

class QueueWatch;
class ThumbnailLoader;
class PixmapCache;

using JobPtr = std::shared_ptr<const Job>;

// What there is now: an entry for every picture of the library, and for every job that has a tile
// until its picture takes the entry over. Lists and pages look at it, each in its own way; what
// becomes of it is told to all of them, many entries at once.
//
// Of every picture only an entry is held; the pictures themselves are read from the index when they
// are looked at. All answers come from memory: picture() is null until its picture is there, which
// loaded() tells. Thumbnails are there once they were wanted.
class LivePictures final : public QObject
{
    Q_OBJECT

public:
    using Slot = PictureTable::Slot;

    // `thumbnails` must outlive it.
    explicit LivePictures(ThumbnailLoader& thumbnails, QObject* parent = nullptr);
    ~LivePictures() override;

    // What is said of tiles is told from it. Without one they wait for nothing but their turn.
    void setWatch(QueueWatch* watch);
    [[nodiscard]] QueueCondition condition() const;

    using Search = std::function<QFuture<Result<QBitArray>>(const QStringList& terms)>;
    // Where pictures are read from and looked for; without, there are those that were told of.
    void setSource(PictureCache::Source source, PictureCache::Marked marked, Search search);
    [[nodiscard]] bool canSearch() const { return m_search != nullptr; }
    // The numbers of the pictures in whose text all of these are.
    [[nodiscard]] QFuture<Result<QBitArray>> search(const QStringList& terms) const;

    // What the library knows, once, at the start. Jobs may be there already; pictures that are
    // known are passed over.
    void setListing(PictureListing listing);
    void addPicture(const PicturePtr& picture);
    // What became of the library's files. A picture that was there keeps its entry, and a tile
    // whose picture comes this way becomes it.
    void applyChanges(const LibraryChanges& changes);
    void addJobs(const QList<Job>& jobs);
    // A filed job's entry becomes its picture. An unknown job is added.
    void updateJob(const Job& job);
    void removeJob(JobId id);

    [[nodiscard]] const PictureTable& table() const { return m_table; }
    [[nodiscard]] bool isTile(Slot slot) const { return m_table.at(slot).has(PictureEntry::Tile); }
    // Of a tile; null for a picture.
    [[nodiscard]] JobPtr job(Slot slot) const { return m_tiles.value(slot); }
    [[nodiscard]] std::optional<Slot> slotOfJob(JobId id) const;
    [[nodiscard]] const QHash<Slot, JobPtr>& tiles() const { return m_tiles; }
    // Whether there is such a picture or tile.
    [[nodiscard]] bool contains(const QUuid& pictureId) const
    {
        return m_table.contains(pictureId);
    }
    [[nodiscard]] int pictureCount() const;
    // Null also while it is not in memory: then it is being read.
    [[nodiscard]] PicturePtr picture(const QUuid& id) const;
    // The same without being read.
    [[nodiscard]] PicturePtr pictureAtHand(Slot slot) const;
    // Of one whose row in the index is not known; else null. No search there finds it.
    [[nodiscard]] PicturePtr fresh(Slot slot) const { return m_fresh.value(slot); }
    // All of these, once they are read; those that are gone are left out.
    void load(const QList<QUuid>& ids, QObject* context,
        const std::function<void(const QList<PicturePtr>&)>& done) const;

    // What somebody looks at, nearest first: read, and thumbnails made that fit `box` (device
    // pixels). Replaces what the same one wanted before; nothing, once it is no more.
    void want(QObject* who, const QList<QUuid>& ids, QSize box, qreal devicePixelRatio);
    void wantNothing(QObject* who);
    // What is in memory, of whatever size; null if nothing is.
    [[nodiscard]] QPixmap thumbnail(const QUuid& pictureId) const;
    // Why there is none; empty while there may be one.
    [[nodiscard]] QString thumbnailFailure(const QUuid& pictureId) const;

Q_SIGNALS:
    // Everything may be another.
    void listed();
    void added(const QList<quint32>& slots);
    // The entries of these are about to be changed; then they are. A tile may be a picture now, a
    // picture another one.
    void aboutToChange(const QList<quint32>& slots);
    void changed(const QList<quint32>& slots);
    // Of the same jobs' tiles; their places stay.
    void tilesChanged(const QList<quint32>& slots);
    // These are about to go; then their slots are free for others.
    void aboutToRemove(const QList<quint32>& slots);
    void removed();
    // How many there are, once the lists have taken it in.
    void countChanged();
    // Pictures that were asked for are in memory.
    void loaded(const QList<QUuid>& ids);
    // Thumbnail or failure.
    void thumbnailChanged(const QUuid& id);
    // What is said of all tiles; of those that are out.
    void conditionChanged();
    void ticked();

private:
    [[nodiscard]] Slot addEntry(const PicturePtr& picture);
    [[nodiscard]] Slot addTile(const Job& job);
    void tellAdded(const QList<Slot>& slots);
    void turnIntoPicture(Slot slot, const PicturePtr& picture);
    void removePictures(const QList<QUuid>& ids);
    void removeSlots(const QList<Slot>& slots);
    void updatePictures(const QList<LibraryChanges::Update>& updates);
    void change(const QList<PictureTable::Change>& changes, const QSet<QUuid>& redrawn);
    void keep(Slot slot, const PicturePtr& picture);
    void askForThumbnails();

    struct Want
    {
        QList<QUuid> ids;
        QSize box;
        qreal devicePixelRatio = 1;
    };

    PictureCache* m_cache;
    PixmapCache* m_thumbnails;
    Search m_search;
    QPointer<QueueWatch> m_watch;
    // Without a watch: a moment that stands still.
    QueueCondition m_alone{.now = QDateTime::currentDateTimeUtc()};
    PictureTable m_table;
    QHash<Slot, JobPtr> m_tiles;
    QHash<JobId, Slot> m_jobs;
    QHash<Slot, PicturePtr> m_fresh; // whose row in the index is not known
    QHash<const QObject*, Want> m_wants;
};

} // namespace seedbook
