#pragma once

#include "library/IndexChanges.h"
#include "library/LibraryChanges.h"
#include "library/ReadFile.h"
#include "storage/Database.h"

#include <QList>

namespace seedbook {

class KnownFiles;
class LibraryEntry;

// Enters into the index what the files tell, and takes out what is gone.
//
// Several files may hold the same record, or the same picture from elsewhere. The one whose path
// comes first (by its UTF-8 bytes) has the id that they tell; the others' ids are made from that
// one and their path. So the ids follow from the files alone, whatever came when.
class IndexWriter final
{
public:
    IndexWriter(LibraryEntry& entry, KnownFiles& files);

    // Pictures that were just filed, all or none. What the files themselves told already stays.
    // Answers what else became another by that.
    [[nodiscard]] Result<LibraryChanges> add(Database& database, const QList<ReadFile>& files);
    // Enters what was read, all or none. Takes those that were moved out of `vanished`.
    [[nodiscard]] Result<LibraryChanges> take(
        Database& database, const QList<ReadFile>& files, VanishedPaths& vanished);
    // Takes out files that are gone.
    [[nodiscard]] Result<LibraryChanges> remove(Database& database, const VanishedPaths& paths);

private:
    [[nodiscard]] Result<QList<IndexedPicture>> rows(
        Database& database, const QString& where, const QVariantList& values) const;
    // The first two answer the picture with its row's number.
    [[nodiscard]] Result<PicturePtr> insert(
        Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const;
    [[nodiscard]] Result<PicturePtr> update(
        Database& database, qint64 number, const ReadFile& file, IndexChanges& changes) const;
    [[nodiscard]] Result<void> erase(
        Database& database, const IndexedPicture& row, IndexChanges& changes) const;
    [[nodiscard]] Result<void> takeOne(
        Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const;
    [[nodiscard]] Result<void> takePicture(
        Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const;
    // Ends a transaction: ids, and what the blocks tell.
    [[nodiscard]] Result<void> settle(
        Database& database, qint64 library, IndexChanges& changes) const;
    // Gives the rows of these pictures the ids that follow from their paths.
    [[nodiscard]] Result<void> settleIds(
        Database& database, qint64 library, IndexChanges& changes) const;

    LibraryEntry& m_entry;
    KnownFiles& m_files;
};

} // namespace seedbook
