#pragma once

#include "library/LibraryIndex.h"
#include "library/OwnFiles.h"
#include "library/ReadFile.h"

#include <QStringList>
#include <QThreadPool>

#include <functional>

namespace seedbook {

// Reads the library's files and enters them into the index.
//
// A file may change while it is looked at, also by this program: what was read is entered only if
// the file still is as it was before it was read, which is looked at on the index's thread; so of
// two who enter the same file the later one is right.
class FileIntake final
{
public:
    // Called on the index's thread, in its order.
    struct Listener
    {
        std::function<void(const LibraryChanges&)> changed;
        std::function<void(const QList<UnreadableFile>&)> unreadable;
        std::function<void(const QStringList&)> again; // paths that are to be looked at once more
    };
    // The index must outlive it.
    FileIntake(LibraryIndex& index, Listener listener);

    // For who has written a file: reads and enters that one, and answers with what it is now. Its
    // path is absolute. Blocks; not on the index's thread.
    [[nodiscard]] Result<PicturePtr> enter(const QString& path);
    // The same for who has brought files, by their absolute paths, and taken others away, by those
    // below the folder. A picture that is among both has moved.
    [[nodiscard]] Result<void> follow(const QStringList& there, const QStringList& gone);
    // The file of a picture that was just written, as it is now; its path is absolute. What tells
    // of that file is not followed once more. Blocks.
    [[nodiscard]] ReadFile readOwn(const PicturePtr& written);
    // What it reads there, without entering it.
    [[nodiscard]] Result<ReadFile> readAt(const QString& path) const;
    [[nodiscard]] OwnFiles& own() { return m_own; }

    // On a few threads at once. Blocks.
    [[nodiscard]] QList<ReadFile> readAll(const QList<FoundFile>& files);
    // These on the index's thread. Files that have changed since they were read are left out:
    // answers those.
    [[nodiscard]] Result<QStringList> take(Database& database, PictureIndex& index,
        const QList<ReadFile>& files, VanishedPaths& vanished);
    [[nodiscard]] Result<void> remove(
        Database& database, PictureIndex& index, const VanishedPaths& paths);
    void reportUnreadable(Database& database, PictureIndex& index);

private:
    [[nodiscard]] ReadFile read(const FoundFile& file) const;

    QString m_folder;
    LibraryIndex& m_index;
    Listener m_listener;
    OwnFiles m_own;
    QThreadPool m_readers;
};

} // namespace seedbook
