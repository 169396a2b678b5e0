#pragma once

#include "core/PictureFinder.h"
#include "core/PictureStore.h"
#include "library/EditQueue.h"
#include "library/FileIntake.h"
#include "library/FolderMark.h"
#include "library/FolderScan.h"
#include "library/LibraryChanges.h"
#include "library/LibraryIndex.h"
#include "library/MadePictures.h"
#include "library/MoveFollower.h"
#include "library/PictureImport.h"
#include "library/PictureListing.h"
#include "library/PictureMoves.h"
#include "library/PictureStorage.h"
#include "library/PictureTrash.h"
#include "library/RatingTagsWriter.h"
#include "library/RecordBackfill.h"
#include "library/TrashedChanges.h"

#include <QBitArray>
#include <QFuture>
#include <QList>
#include <QObject>

#include <memory>

namespace seedbook {

class FolderWatcher;

// The pictures on disk. The folder belongs to the person: YYYY-MM-DD/words-of-the-prompt
// 1827364.png, one file a picture, the service's bytes as they came. The index in the cache folder
// is only a cache of what is known about them.
//
// It joins those who do the work and hands their questions on, each in a file pair of its own.
class Library final : public QObject, public PictureStore, public PictureFinder
{
    Q_OBJECT

public:
    // Nothing is touched before the first call. `cacheFolder` holds index.sqlite, which several
    // libraries may share, `dataFolder` (else the cache) what their marks are known by.
    Library(const QString& folder, const QString& cacheFolder, const QString& dataFolder = {});
    // Finishes what was begun.
    ~Library() override;
    Q_DISABLE_COPY_MOVE(Library)

    [[nodiscard]] const QString& folder() const { return m_index.folder(); }
    // Told of the bytes of every picture as file() takes them, in its caller's thread.
    void setArrivalHook(PictureStorage::ArrivalHook hook)
    {
        m_storage.setArrivalHook(std::move(hook));
    }

    // Whether the folder is there (one that never was is made) and can be written to; in words.
    [[nodiscard]] QFuture<Result<void>> checkFolder() { return m_storage.checkFolder(); }
    // A picture whose file is durable is filed, also when the index cannot take it just now: its
    // row then waits for the next use of the index. Bytes that cannot be opened as a picture are
    // PictureUndecodable, but for a format that this Qt cannot read at all: those are filed with an
    // empty size.
    [[nodiscard]] QFuture<Result<PicturePtr>> file(SaveRequest filing) override
    {
        return m_storage.file(std::move(filing));
    }
    [[nodiscard]] QFuture<Result<PicturePtr>> findFiled(SaveRequest filing) override
    {
        return m_storage.findFiled(std::move(filing));
    }
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> findMade(
        QList<QByteArray> identities, const QString& endpoint, bool practice) override
    {
        return m_made.find(std::move(identities), endpoint, practice);
    }
    [[nodiscard]] QFuture<Result<void>> probe() override { return m_storage.probe(); }
    // Every picture known, newest first (created, then sequence, both descending); the first
    // hundred whole.
    [[nodiscard]] QFuture<Result<PictureListing>> list();
    // The numbers (Picture::number) of those in whose prompt, tags or seed all of `terms` are
    // found; the set bits. `terms` as searchTerms() makes them.
    [[nodiscard]] QFuture<Result<QBitArray>> search(QStringList terms);
    // Whether this library's part of the index was made anew in this run.
    [[nodiscard]] QFuture<Result<bool>> isIndexNew();

    // Makes index and folder agree, in the background, and keeps them so while the program runs:
    // what the system tells of at once, the rest at rescan(). changed() tells of each step.
    void watch();
    // For when the window gets the focus: another machine may have written to the folder.
    void rescan();
    // The picture files that could not be read, by path.
    [[nodiscard]] QList<UnreadableFile> unreadable() const { return m_unreadable; }

    // Writes the rating (−1 rejected, 0 none, 1 … 5) into the files, in their order of coming.
    // changed() tells of the new values at once; where a file does not take them,
    // ratingTagsFailed() and another changed() take it back.
    void setRating(const QList<PicturePtr>& pictures, int rating);
    // The same for tags. A tag that is there already is not added again.
    void changeTags(
        const QList<PicturePtr>& pictures, const QStringList& added, const QStringList& removed);
    // Every tag in use, the most frequent first.
    [[nodiscard]] QFuture<Result<QStringList>> tags();
    // Writes the record into pictures that were filed before there was one: those of `known` (by
    // the ledger) whose file is at its path, or in its day's folder here, and tells of none of
    // ours. In the background, behind everything else; changed() tells of each, and backfilled() of
    // those that are settled.
    void backfill(QList<Picture> known, const ModelCatalog& models)
    {
        m_backfill.write(std::move(known), models);
    }
    // Copies picture files from elsewhere into the library, with their sidecars; they are never
    // moved or changed. One result for each, in order; changed() tells of them too.
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> import(QStringList paths)
    {
        return m_import.import(std::move(paths));
    }

    // Pictures to the trash, or to a folder below the library's (made if need be; absolute, or from
    // there), with their sidecars. One answer for each, in their order; what it tells brings that
    // one back. The future's progress counts them. changed() tells of them as they go. Where there
    // is a trash for their disk none of them is ever deleted. PictureMissing, FolderNotWritable,
    // NoTrash, DiskError; InvalidValue for a folder that is not the library's, with the reason.
    using MoveResults = QFuture<QList<Result<MoveReceipt>>>;
    [[nodiscard]] MoveResults trash(QList<PicturePtr> pictures)
    {
        return m_trash.trash(std::move(pictures));
    }
    [[nodiscard]] MoveResults moveTo(QList<PicturePtr> pictures, const QString& folder)
    {
        return m_moves.moveTo(std::move(pictures), folder);
    }
    // Undoes these. A name that was taken meanwhile gets a number. The pictures as they are now;
    // PictureMissing where a file is not where it went, and the subject tells where that is.
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> restore(QList<MoveReceipt> receipts)
    {
        return m_trash.restore(std::move(receipts));
    }
    // Those whose rating is −1, newest first, once all ratings are in the files.
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> rejected();
    // With what the person gave it and its file does not have yet.
    [[nodiscard]] PicturePtr marked(const PicturePtr& picture) const
    {
        return m_ratingTags.marked(picture);
    }
    // For each of the ids what the index knows, or null.
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> find(QList<QUuid> ids);

Q_SIGNALS:
    // All signals come in the thread that the library was made in.
    void changed(const seedbook::LibraryChanges& changes);
    // Files that were read and have to be read, while there are many.
    void scanning(int done, int all);
    // Index and folder agree.
    void scanned();
    void unreadableChanged();
    void ratingTagsFailed(const seedbook::PicturePtr& picture, const seedbook::Error& error);
    // Pictures that have their record now, or had one, or are gone: not to be tried again.
    void backfilled(const QList<QUuid>& ids);

private:
    // From any thread: tells of changes in the library's own.
    void post(const LibraryChanges& changes);
    void takeUnreadable(const QList<UnreadableFile>& files);
    void endScan();

    LibraryIndex m_index;
    FolderMark m_mark;
    FileIntake m_intake;
    FolderScan m_scan;
    EditQueue m_edits;
    TrashedChanges m_trashed;
    RatingTagsWriter m_ratingTags;
    MoveFollower m_follower;
    PictureTrash m_trash;
    PictureMoves m_moves;
    RecordBackfill m_backfill;
    PictureImport m_import;
    PictureStorage m_storage;
    MadePictures m_made;
    std::unique_ptr<FolderWatcher> m_watcher;
    QList<UnreadableFile> m_unreadable;
};

} // namespace seedbook
