#pragma once

#include "core/Picture.h"
#include "library/PictureListing.h"
#include "storage/Database.h"

#include <QBitArray>
#include <QList>
#include <QSet>

namespace seedbook {

class LibraryEntry;

// What is asked of the index about a library's pictures.
class PictureQueries final
{
public:
    explicit PictureQueries(LibraryEntry& entry)
        : m_entry(entry)
    {
    }

    // Of all pictures, newest first; the first `whole` of them whole.
    [[nodiscard]] Result<PictureListing> list(Database& database, int whole);
    // The row numbers of the pictures in whose text all of these are found (see searchTerms());
    // the set bits.
    [[nodiscard]] Result<QBitArray> search(Database& database, const QStringList& terms);
    // By its id, or null.
    [[nodiscard]] Result<PicturePtr> find(Database& database, const QUuid& id);
    // By its relative path, or null.
    [[nodiscard]] Result<PicturePtr> findPath(Database& database, const QString& path);
    // Those that this request has made there, by their own records; the best rated first, then the
    // newest; the rejected last.
    [[nodiscard]] Result<QList<PicturePtr>> made(
        Database& database, const QByteArray& identity, const QString& endpoint, bool practice);
    // Those whose rating is −1, newest first.
    [[nodiscard]] Result<QList<PicturePtr>> rejected(Database& database);
    // Every tag in use, the most frequent first.
    [[nodiscard]] Result<QStringList> tags(Database& database);
    // The ids of all records of ours that are in the files.
    [[nodiscard]] Result<QSet<QUuid>> recordIds(Database& database);

private:
    // The newest of those; `count` −1: all.
    [[nodiscard]] Result<QList<PicturePtr>> pictures(
        Database& database, const QString& where, int count);
    [[nodiscard]] Result<QList<PicturePtr>> picturesWhere(Database& database, const QString& where,
        const QVariantList& values, const QString& order, int count);
    [[nodiscard]] Result<PicturePtr> findWhere(
        Database& database, const QString& column, const QString& value);

    LibraryEntry& m_entry;
};

} // namespace seedbook
