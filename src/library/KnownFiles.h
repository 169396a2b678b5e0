#pragma once

#include "library/FolderWalk.h"
#include "library/LibraryChanges.h"
#include "storage/Database.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace seedbook {

class LibraryEntry;

// What the index knows of the files in a library's folder, so that only what has changed is read;
// and those of them that could not be.
class KnownFiles final
{
public:
    explicit KnownFiles(LibraryEntry& entry)
        : m_entry(entry)
    {
    }

    struct KnownFile
    {
        QString path;
        FileState state;
        bool isPicture = false;
        bool mayBetter = false; // what kept it from being read leaves no trace in its state
    };
    // These files, or what lies below them.
    [[nodiscard]] Result<QList<KnownFile>> known(Database& database, const QStringList& paths);
    // Of all files, by their paths' UTF-8 bytes: so many behind this one; from the first, where
    // there is none.
    [[nodiscard]] Result<QList<KnownFile>> knownAfter(
        Database& database, const std::optional<QString>& path, int count);
    // The pictures' paths that begin so.
    [[nodiscard]] Result<QStringList> pathsBeginning(Database& database, const QString& start);

    // By path.
    [[nodiscard]] Result<QList<UnreadableFile>> unreadable(Database& database);
    // `library` is its entry's number.
    [[nodiscard]] Result<void> setUnreadable(Database& database, qint64 library,
        const QString& path, const FileState& state, const Error& error) const;
    [[nodiscard]] Result<void> clearUnreadable(
        Database& database, qint64 library, const QString& path) const;

private:
    // By their paths; `count` −1: all.
    [[nodiscard]] Result<QList<KnownFile>> readKnown(
        Database& database, const QString& where, const QVariantList& values, int count) const;

    LibraryEntry& m_entry;
};

} // namespace seedbook
