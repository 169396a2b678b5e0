#pragma once

#include "library/FolderWalk.h"
#include "library/KnownFiles.h"
#include "library/ReadFile.h"

#include <QFuture>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace seedbook {

class FileIntake;
class FolderMark;
class LibraryIndex;

// What the looks at the folder tell of it as a whole. Read by other threads meanwhile.
struct FolderSight
{
    std::atomic_bool mayMissSome =
        false;                         // a file was missed, and may lie where nothing has told of
    std::atomic_bool isUnseen = false; // the last look at all saw nothing: its disk is away
};

// One way over the folder, or over some paths of it.
class ScanPass final
{
public:
    // Called on its thread.
    struct Listener
    {
        std::function<void(int done, int all)> progress; // a few times a second
        std::function<void()> scanAll; // this pass cannot tell: another one is to look at all
    };
    // It ends early where `stop` is set. All must outlive it.
    ScanPass(LibraryIndex& index, FileIntake& intake, FolderMark& mark, FolderSight& sight,
        const std::atomic_bool& stop, const Listener& listener);

    // Over all, or over what is at these paths and below them. Call once. Answers the paths that
    // have to be looked at again.
    [[nodiscard]] Result<QStringList> run(bool all, QSet<QString> paths);

private:
    [[nodiscard]] Result<void> findScope();
    [[nodiscard]] Result<void> walk();
    [[nodiscard]] Result<void> knowUpTo(const QString& path);
    [[nodiscard]] Result<void> knowMore();
    void know(const QList<KnownFiles::KnownFile>& files);
    void compare(const FoundFile& file);
    [[nodiscard]] Result<void> mindAnEmptyFolder();
    [[nodiscard]] Result<void> findVanished();
    [[nodiscard]] Result<void> readAll();
    [[nodiscard]] Result<void> removeVanished();
    [[nodiscard]] Result<void> await();

    LibraryIndex& m_index;
    FileIntake& m_intake;
    FolderMark& m_mark;
    FolderSight& m_sight;
    const std::atomic_bool& m_stop;
    const Listener& m_listener;
    QString m_folder;
    bool m_all = false;
    QSet<QString> m_paths;
    Seen m_seen;
    bool m_foundNone = true;
    // What the index knows and the walk has not found so far. Of all files it is read in step with
    // the walk, both in the order of their paths, so that it stays small.
    QHash<QString, KnownFiles::KnownFile> m_known;
    std::optional<QString> m_knownUpTo;
    bool m_knowsAll = false;
    QList<FoundFile> m_toRead;
    QStringList m_again;
    std::shared_ptr<VanishedPaths> m_vanished = std::make_shared<VanishedPaths>();
    bool m_mindUnreadable = false;
    std::optional<QFuture<Result<QStringList>>> m_entering;
};

} // namespace seedbook
