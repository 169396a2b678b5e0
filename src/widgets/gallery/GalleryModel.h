#pragma once

#include "core/Job.h"
#include "library/LibraryChanges.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QList>
#include <QPixmap>
#include <QSize>

#include <memory>

namespace seedbook {

class ThumbnailLoader;

using JobPtr = std::shared_ptr<const Job>;

// Jobs and pictures in one list, newest first: by when the request was made, then by the job's
// number. A row is a job's card until its picture is filed, then that picture, in the same row.
// While the model holds (the view is scrolled away from the top), new rows wait outside.
//
// All answers come from memory. Thumbnails are asked for by the view, never by data().
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        PictureRole = Qt::UserRole + 1, // PicturePtr; null for a card
        JobRole,                        // JobPtr; null for a picture
        FailureRole, // QString: why there is no thumbnail; empty while there may be one
    };

    // `thumbnails` must outlive the model.
    explicit GalleryModel(ThumbnailLoader& thumbnails, QObject* parent = nullptr);
    ~GalleryModel() override;

    // What the library knows, once, at the start. Jobs may be there already; pictures that are
    // known are passed over.
    void setPictures(const QList<PicturePtr>& pictures);
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

    [[nodiscard]] PicturePtr picture(const QModelIndex& index) const;
    [[nodiscard]] JobPtr job(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const QUuid& pictureId) const;
    [[nodiscard]] QModelIndex indexOfJob(JobId id) const;
    // The next picture after `from` (towards older for +1, newer for −1), cards passed over;
    // invalid at the end.
    [[nodiscard]] QModelIndex neighbour(const QModelIndex& from, int direction) const;
    [[nodiscard]] QModelIndex newestPicture() const;
    [[nodiscard]] int pictureCount() const { return m_pictureCount; }

    // The cards whose request is out; a handful.
    [[nodiscard]] QModelIndexList sendingCards() const;

    // Thumbnails that fit `box` (device pixels), for these rows, nearest first. Replaces what was
    // wanted before. What is in memory for that box is not asked for again.
    void wantThumbnails(const QList<int>& rows, QSize box, qreal devicePixelRatio);
    // What is in memory, of whatever size; null if nothing is.
    [[nodiscard]] QPixmap thumbnail(const QUuid& pictureId) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void heldCountChanged(int count);

private:
    struct Key
    {
        qint64 created = 0; // milliseconds since the epoch, UTC
        qint64 sequence = 0;
        QUuid id;
        friend bool operator==(const Key&, const Key&) = default;
    };
    // Exactly one of the two is set.
    struct Item
    {
        Key key;
        PicturePtr picture;
        JobPtr job;
    };
    struct Thumbnail
    {
        QPixmap pixmap;
        QSize box; // what it was made for
    };

    [[nodiscard]] static bool isNewer(const Key& a, const Key& b);
    [[nodiscard]] static Item itemOf(const PicturePtr& picture);
    [[nodiscard]] static Item itemOf(const Job& job);
    // The row of the first item that is not newer than `key`.
    [[nodiscard]] int place(const Key& key) const;
    [[nodiscard]] const Item* itemAt(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const QUuid& id) const; // −1: not shown
    void add(QList<Item> items);
    void insertSorted(const QList<Item>& items);
    void turnIntoPicture(const QUuid& id, const PicturePtr& picture);
    void removePictures(const QList<QUuid>& ids);
    void updatePictures(QList<LibraryChanges::Update> updates);
    void updatePicture(const LibraryChanges::Update& update);
    // Renames an item, which may go to another place among those of the same moment.
    void rename(const QUuid& was, const QUuid& now);
    void storeThumbnail(const QUuid& id, const QImage& image);
    void storeFailure(const QUuid& id, const Error& error);

    ThumbnailLoader& m_thumbnails;
    QList<Item> m_items;        // newest first
    QHash<QUuid, Key> m_keys;   // of all items, shown and held
    QHash<JobId, QUuid> m_jobs; // of those that are cards
    QHash<QUuid, Item> m_held;
    QHash<QUuid, QString> m_failures;
    mutable QCache<QUuid, Thumbnail> m_pixmaps; // cost in kilobytes
    QSize m_box;
    qreal m_devicePixelRatio = 1;
    int m_pictureCount = 0; // shown
    bool m_holding = false;
};

} // namespace seedbook
