#pragma once

#include "library/FolderWalk.h"
#include "library/LibraryChanges.h"
#include "library/PictureIndex.h"
#include "storage/DatabaseThread.h"

#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QThreadPool>
#include <QWaitCondition>

#include <atomic>
#include <functional>
#include <memory>

namespace seedbook {

class FolderMark;

// Makes the index agree with the folder, in the background: walks it, reads what is new or changed
// on a few threads at once, and enters it batch by batch. What cannot be read is noted and stops
// nothing. Wishes that come during a pass are gathered for the next one.
//
// A file may change while it is looked at, also by this program: what was read is entered only if
// the file still is as it was before it was read, which is looked at on the index's thread; so of
// two who enter the same file the later one is right.
class FolderScan final
{
public:
    // Called on other threads; what concerns the index in its order.
    struct Listener
    {
        std::function<void(const LibraryChanges&)> changed;
        std::function<void(int done, int all)> progress; // a few times a second
        std::function<void(const QList<UnreadableFile>&)> unreadable;
        std::function<void()> finished; // nothing more is wished for
    };
    // All must outlive it.
    FolderScan(QString folder, PictureIndex& contents, DatabaseThread& index, FolderMark& mark,
        Listener listener);
    // Gives up the pass under way.
    ~FolderScan();
    Q_DISABLE_COPY_MOVE(FolderScan)

    // No more is looked at: for who waits for what can only be told at the end.
    void stop();

    void lookAtAll();
    // Ends with a look at all files that has begun after this call, or with why there was none.
    [[nodiscard]] QFuture<Result<void>> lookNow();
    // Ends once all files have been looked at in this run, and nothing is being looked at: what the
    // system has told of is known then.
    [[nodiscard]] QFuture<Result<void>> settled();
    // Whether a file was missed since the last look at all that went smoothly: it left where it
    // was, or changed while it was read, and may lie where nothing has told of yet.
    [[nodiscard]] bool mayMissSome() const { return m_mayMissSome; }
    // The last look at all of it saw nothing of it: its disk is away.
    [[nodiscard]] bool isUnseen() const { return m_isUnseen; }
    // Files or folders, there or gone, below the library's folder. Of a sidecar: at its pictures.
    void lookAt(const QStringList& paths);
    // The file of a picture that was just written, as it is now; its path is absolute. What tells
    // of that file is not followed once more. Blocks.
    [[nodiscard]] ReadFile readOwn(const PicturePtr& written);
    // For who has written a file: reads and enters that one, and answers with what it is now. Its
    // path is absolute. Blocks; not on the index's thread.
    [[nodiscard]] Result<PicturePtr> enter(const QString& path);
    // What it reads there, without entering it.
    [[nodiscard]] Result<ReadFile> readAt(const QString& path) const;
    // The same for who has brought files, by their absolute paths, and taken others away, by those
    // below the folder. A picture that is among both has moved.
    [[nodiscard]] Result<void> follow(const QStringList& there, const QStringList& gone);

private:
    class Pass;

    using Wish = std::shared_ptr<QPromise<Result<void>>>;
    void start(); // under the mutex
    static void grant(const QList<Wish>& wishes, const Result<void>& result);
    void remember(const QList<ReadFile>& files, const QStringList& butFor);
    [[nodiscard]] bool takeOwn(const FoundFile& file);
    void work();
    [[nodiscard]] ReadFile read(const FoundFile& file) const;
    // On the index's thread. Files that have changed since they were read are left out.
    [[nodiscard]] Result<QStringList> take(
        Database& database, const QList<ReadFile>& files, VanishedPaths& vanished);
    [[nodiscard]] Result<void> remove(Database& database, const VanishedPaths& paths);
    void tellUnreadable(Database& database);

    QString m_folder;
    PictureIndex& m_contents;
    DatabaseThread& m_index;
    FolderMark& m_mark;
    Listener m_listener;
    std::atomic_bool m_stop = false;
    std::atomic_bool m_mayMissSome = false;
    std::atomic_bool m_isUnseen = false;
    QMutex m_mutex; // guards what follows
    bool m_all = false;
    bool m_looked = false; // at all files, once
    QList<Wish> m_wishes;  // for the next look at all
    QList<Wish> m_settled; // for the end of all that is wished for
    QSet<QString> m_paths;
    bool m_working = false;
    // What this program has entered after its own writing, until the system tells of it.
    QHash<QString, FileState> m_own;
    QWaitCondition m_stopped;
    QThreadPool m_readers;
    QThreadPool m_worker; // uses the readers, so it ends first
};

} // namespace seedbook
