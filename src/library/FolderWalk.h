#pragma once

#include "core/Result.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>
#include <optional>

namespace seedbook {

// What tells whether a picture's file, or the sidecar beside it, is another than when it was read.
// Compared for equality alone: a clock may have gone back.
struct FileState
{
    qint64 bytes = 0;
    qint64 modified = 0; // nanoseconds since 1970; 0: not known, equal to no file's
    qint64 sidecar = 0;  // the same of its sidecars, added up; 0 where there is none
    // The system's own time of the last change, of all of them added up: a program can put the time
    // above back, this one not. It moves too where nothing in the file is another.
    qint64 changed = 0;

    friend bool operator==(const FileState&, const FileState&) = default;
};

// A file by its path below the library's folder, empty for that folder itself.
struct FoundFile
{
    QString path;
    FileState state;
    std::optional<Error> error; // why it is not to be opened; its subject is left empty
};

// What a walk could see.
struct Seen
{
    // Folders that could not be listed: what lies below them may still be there. An empty path
    // stands for all.
    QStringList unseen;
    // Which folder it was that was read; 0 where none was.
    quint64 device = 0;
    quint64 inode = 0;
};

// png, jpg, jpeg or webp in any case, and not hidden.
[[nodiscard]] bool isPictureName(const QString& name);

// Tells all picture files in `folder` and below, by their paths' UTF-8 bytes but for a few. Links
// are not followed, but for `folder` itself; hidden files and folders are passed over; what is no
// file for all its name comes with its error, and so does a folder that cannot be listed. Blocks;
// ends early where `stop` is set.
// Takes away what this program left half written more than a day ago.
using FileFound = std::function<void(const FoundFile&)>;
[[nodiscard]] Seen walkFolder(
    const QString& folder, const std::atomic_bool& stop, const FileFound& found);
// The same for one path below it, which may be a file, a folder or nothing.
[[nodiscard]] Seen walkBelow(const QString& folder, const QString& path,
    const std::atomic_bool& stop, const FileFound& found);
// The state of one picture file; nothing where it is not a file.
[[nodiscard]] std::optional<FileState> stateOfFile(const QString& path);

} // namespace seedbook
