#pragma once

#include "core/PictureFinder.h"
#include "core/PictureStore.h"
#include "library/FileChange.h"
#include "library/FolderMark.h"
#include "library/FolderScan.h"
#include "library/LibraryChanges.h"
#include "library/PictureIndex.h"
#include "library/PictureMove.h"
#include "storage/DatabaseThread.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace seedbook {

class FolderWatcher;

// The pictures on disk. The folder belongs to the person: YYYY-MM-DD/words-of-the-prompt
// 1827364.png, one file a picture, the service's bytes as they came. The index in the cache folder
// is only a cache of what is known about them: one that is damaged or newer is set aside and begun
// anew.
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

    [[nodiscard]] const QString& folder() const { return m_folder; }
    // Told of the bytes of every picture as file() takes them, in its caller's thread.
    using ArrivalHook = std::function<void(const QUuid& id, const QByteArray& bytes)>;
    void setArrivalHook(ArrivalHook hook) { m_arrivalHook = std::move(hook); }

    // Whether the folder is there (one that never was is made) and can be written to; in words.
    [[nodiscard]] QFuture<Result<void>> checkFolder();
    // A picture whose file is durable is filed, also when the index cannot take it just now: its
    // row then waits for the next use of the index. Bytes that cannot be opened as a picture are
    // PictureUndecodable, but for a format that this Qt cannot read at all: those are filed with an
    // empty size.
    [[nodiscard]] QFuture<Result<PicturePtr>> file(Filing filing) override;
    [[nodiscard]] QFuture<Result<PicturePtr>> findFiled(Filing filing) override;
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> findMade(
        QList<QByteArray> identities, const QString& endpoint, bool practice) override;
    [[nodiscard]] QFuture<Result<void>> probe() override;
    // Every picture known, newest first (created, then sequence, both descending); the first
    // hundred whole.
    [[nodiscard]] QFuture<Result<PictureListing>> list();
    // The numbers (Picture::number) of those in whose prompt, tags or seed all of `terms` are
    // found; the set bits. `terms` as searchTerms() makes them.
    [[nodiscard]] QFuture<Result<QBitArray>> search(QStringList terms);
    // Whether this library's part of the index was made anew in this run.
    [[nodiscard]] QFuture<Result<bool>> isIndexNew();

    // Makes index and folder agree, in the background, and keeps them so while the program runs:
    // what the system tells of at once, the rest at lookAgain(). changed() tells of each step.
    void watch();
    // For when the window gets the focus: another machine may have written to the folder.
    void lookAgain();
    // The picture files that could not be read, by path.
    [[nodiscard]] QList<UnreadableFile> unreadable() const;

    // Writes the rating (−1 rejected, 0 none, 1 … 5) into the files, in their order of coming.
    // changed() tells of the new values at once; where a file does not take them, marksFailed() and
    // another changed() take it back.
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
    void backfill(QList<Picture> known, const ModelCatalog& models);
    // Copies picture files from elsewhere into the library, with their sidecars; they are never
    // moved or changed. One result for each, in order; changed() tells of them too.
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> import(QStringList paths);

    // Pictures to the trash, or to a folder below the library's (made if need be; absolute, or from
    // there), with their sidecars. One answer for each, in their order; what it tells brings that
    // one back. The future's progress counts them. changed() tells of them as they go. Where there
    // is a trash for their disk none of them is ever deleted. PictureMissing, FolderNotWritable,
    // NoTrash, DiskError; InvalidValue for a folder that is not the library's, with the reason.
    using MoveResults = QFuture<QList<Result<MoveReceipt>>>;
    [[nodiscard]] MoveResults trash(QList<PicturePtr> pictures);
    [[nodiscard]] MoveResults moveTo(QList<PicturePtr> pictures, const QString& folder);
    // Undoes these. A name that was taken meanwhile gets a number. The pictures as they are now;
    // PictureMissing where a file is not where it went, and the subject tells where that is.
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> restore(QList<MoveReceipt> receipts);
    // Those whose rating is −1, newest first, once all ratings are in the files.
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> rejected();
    // With what the person gave it and its file does not have yet.
    [[nodiscard]] PicturePtr marked(const PicturePtr& picture) const;
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
    void marksFailed(const seedbook::PicturePtr& picture, const seedbook::Error& error);
    // Pictures that have their record now, or had one, or are gone: not to be tried again.
    void backfilled(const QList<QUuid>& ids);

private:
    // A picture whose file is there, by the index; or null. Waits: for workers alone.
    [[nodiscard]] PicturePtr findIndexed(const QUuid& id);
    // By the index as it is. Once all was looked at (`looked`) a file that it still knows of and
    // that is not to be seen is on a disk that is away: it counts. Waits.
    [[nodiscard]] Result<QList<PicturePtr>> findMadeNow(const QList<QByteArray>& identities,
        const QString& endpoint, bool practice, bool looked, bool& anyGone);
    // From any thread: tells of changes in the library's own.
    void post(const LibraryChanges& changes);
    void publish(LibraryChanges changes);
    void takeUnreadable(const QList<UnreadableFile>& files);
    void mark(const QList<PicturePtr>& pictures, const Marks& marks);
    void forgetMark(const QUuid& id, quint64 number);
    void endMark(const QUuid& id, quint64 number, const PicturePtr& picture, const Error* error);
    void endScan();
    // These on the marks' thread.
    void writeMark(
        const PicturePtr& picture, const Marks& marks, quint64 number, bool isSecondTime);
    // Whether it is settled.
    [[nodiscard]] bool writeMissingRecord(const Picture& known, const QString& modelTitle);
    void tellBackfilled(const QList<QUuid>& ids);
    [[nodiscard]] Result<PicturePtr> importOne(const QString& path);
    // LibraryGone where it went while this was written into its `folder`: what lies in the place
    // that it left is taken away again.
    [[nodiscard]] Result<void> stillHere(const QStringList& written, const QString& folder);
    template <typename T>
    struct Moving;
    template <typename T>
    [[nodiscard]] QFuture<QList<Result<T>>> inBatches(
        qsizetype count, std::function<void(qsizetype, qsizetype, QList<Result<T>>&)> step);
    // These on the marks' thread.
    template <typename T>
    void nextBatch(const std::shared_ptr<Moving<T>>& moving);
    [[nodiscard]] QString pathNow(const PicturePtr& picture);
    void follow(const QStringList& there, const QStringList& gone);
    [[nodiscard]] Result<PicturePtr> takeBackMarks(const QString& was, const QString& path);
    [[nodiscard]] Result<QString> folderBelow(const QString& folder) const;
    // Whether the picture that was there is in the trash: then they are written if it comes back.
    [[nodiscard]] bool holdMarks(const QString& path, const Marks& marks);
    // A durable picture into the index; `end` is called in either case.
    void enter(Picture picture, const std::function<void(Result<PicturePtr>)>& end);
    // On the index's thread: enters all that wait for it; those that cannot be go on waiting.
    [[nodiscard]] Result<void> enterWaiting(Database& database);

    QString m_folder;
    ArrivalHook m_arrivalHook;
    QMutex m_mutex;
    QList<ReadFile> m_waiting; // filed and not yet in the index; under the mutex
    PictureIndex m_contents;   // used on the index's thread
    DatabaseThread m_index;
    FolderMark m_mark;
    FolderScan m_scan;
    QThreadPool m_files; // uses the index, so it ends first
    QThreadPool m_edits; // one thread: marks are written, and files moved, in their order
    // Of that thread: what went to the trash in this run, by where it was, and what it was given
    // since.
    QHash<QString, QList<Marks>> m_trashed;
    QThreadPool m_imports;
    QThreadPool m_probes;
    QThreadPool m_lookups; // one thread, which waits for the index and for looks at the folder
    std::atomic_bool m_ending = false;
    std::unique_ptr<FolderWatcher> m_watcher;
    // Of the library's own thread.
    struct PendingMark
    {
        quint64 number;
        Marks marks;
    };
    QHash<QUuid, QList<PendingMark>> m_pending; // not yet in the files
    struct LateMark
    {
        PicturePtr picture;
        Marks marks;
        quint64 number;
    };
    QList<LateMark> m_late; // their files were not where they were: until the folder is known
    quint64 m_lastMark = 0;
    QList<UnreadableFile> m_unreadable;
};

} // namespace seedbook
