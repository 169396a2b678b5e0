#pragma once

#include "library/ScanPass.h"

#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QThreadPool>
#include <QWaitCondition>

#include <atomic>
#include <functional>
#include <memory>

namespace seedbook {

// Makes the index agree with the folder, in the background, pass by pass: each walks it, reads what
// is new or changed, and enters it batch by batch. What cannot be read is noted and stops nothing.
// Wishes that come during a pass are gathered for the next one.
class FolderScan final
{
public:
    // Called on another thread.
    struct Listener
    {
        std::function<void(int done, int all)> progress; // a few times a second
        std::function<void()> finished;                  // nothing more is wished for
    };
    // All must outlive it.
    FolderScan(LibraryIndex& index, FileIntake& intake, FolderMark& mark, Listener listener);
    // Gives up the pass under way.
    ~FolderScan();
    Q_DISABLE_COPY_MOVE(FolderScan)

    // No more is looked at: for who waits for what can only be told at the end.
    void stop();

    void scanAll();
    // Ends with a look at all files that has begun after this call, or with why there was none.
    [[nodiscard]] QFuture<Result<void>> lookNow();
    // Ends once all files have been looked at in this run, and nothing is being looked at: what the
    // system has told of is known then.
    [[nodiscard]] QFuture<Result<void>> settled();
    // Whether a file was missed since the last look at all that went smoothly: it left where it
    // was, or changed while it was read, and may lie where nothing has told of yet.
    [[nodiscard]] bool mayMissSome() const { return m_sight.mayMissSome; }
    // The last look at all of it saw nothing of it: its disk is away.
    [[nodiscard]] bool isUnseen() const { return m_sight.isUnseen; }
    // Files or folders, there or gone, below the library's folder. Of a sidecar: at its pictures.
    void lookAt(const QStringList& paths);

private:
    using Wish = std::shared_ptr<QPromise<Result<void>>>;
    void start(); // under the mutex
    static void grant(const QList<Wish>& wishes, const Result<void>& result);
    void work();

    LibraryIndex& m_index;
    FileIntake& m_intake;
    FolderMark& m_mark;
    ScanPass::Listener m_passListener;
    std::function<void()> m_finished;
    FolderSight m_sight;
    std::atomic_bool m_stop = false;
    QMutex m_mutex; // guards what follows
    bool m_all = false;
    bool m_looked = false; // at all files, once
    QList<Wish> m_wishes;  // for the next look at all
    QList<Wish> m_settled; // for the end of all that is wished for
    QSet<QString> m_paths;
    bool m_working = false;
    QWaitCondition m_stopped;
    QThreadPool m_worker;
};

} // namespace seedbook
