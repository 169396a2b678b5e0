#pragma once

#include "core/Picture.h"
#include "library/FolderWalk.h"
#include "library/LibraryChanges.h"
#include "library/PictureListing.h"
#include "storage/Database.h"

#include <QBitArray>
#include <QHash>
#include <QList>
#include <QSet>

#include <optional>

namespace seedbook {

// A picture's file as it was read; its path is below the library's folder.
struct ReadFile
{
    QString path;
    FileState state;
    // As the file tells it: the id is the record's, or made from the coded picture. Null where the
    // file could not be read, and then `error` tells why.
    PicturePtr picture;
    QByteArray codedKey;
    std::optional<Error> error;
};

// Paths that are in the index and not in the folder, as far as a pass over it has come. One of them
// whose picture turns up elsewhere has been moved.
using VanishedPaths = QSet<QString>;

// index.sqlite: what is known about the pictures of the libraries that this person has opened. Used
// on its database's thread. Paths are kept relative to their library's folder; when a folder is
// gone and its pictures lie in another one, they are taken to have moved there.
//
// Several files may hold the same record, or the same picture from elsewhere. The one whose path
// comes first (by its UTF-8 bytes) has the id that they tell; the others' ids are made from that
// one and their path. So the ids follow from the files alone, whatever came when.
class PictureIndex final
{
public:
    explicit PictureIndex(QString folder)
        : m_folder(std::move(folder))
    {
    }

    [[nodiscard]] static QStringList migrations();

    // Whether the library's entry was made in this run.
    [[nodiscard]] Result<bool> isNew(Database& database);
    // Of all pictures, newest first; the first `whole` of them whole.
    [[nodiscard]] Result<PictureListing> list(Database& database, int whole);
    // The row numbers of the pictures in whose text all of these are found (see searchTerms());
    // the set bits.
    [[nodiscard]] Result<QBitArray> search(Database& database, const QStringList& terms);
    // Pictures that were just filed, all or none. What the files themselves told already stays.
    // Answers what else became another by that.
    [[nodiscard]] Result<LibraryChanges> add(Database& database, const QList<ReadFile>& files);
    // By its id, or null.
    [[nodiscard]] Result<PicturePtr> find(Database& database, const QUuid& id);
    // By its relative path, or null.
    [[nodiscard]] Result<PicturePtr> findPath(Database& database, const QString& path);
    // Those that this request has made there, by their own records; the best rated first, then the
    // newest; the rejected last.
    [[nodiscard]] Result<QList<PicturePtr>> made(
        Database& database, const QByteArray& identity, const QString& endpoint, bool practice);
    // The relative paths known.
    [[nodiscard]] Result<QSet<QString>> paths(Database& database);
    // Those whose path begins so.
    [[nodiscard]] Result<QStringList> pathsBeginning(Database& database, const QString& start);
    // The ids of all records of ours that are in the files.
    [[nodiscard]] Result<QSet<QUuid>> recordIds(Database& database);
    // Those whose rating is −1, newest first.
    [[nodiscard]] Result<QList<PicturePtr>> rejected(Database& database);
    // Every tag in use, the most frequent first.
    [[nodiscard]] Result<QStringList> tags(Database& database);

    struct KnownFile
    {
        QString path;
        FileState state;
        bool isPicture = false;
        bool mayBetter = false; // what kept it from being read leaves no trace in its state
    };
    // What is known of these files, or of what lies below them.
    [[nodiscard]] Result<QList<KnownFile>> known(Database& database, const QStringList& paths);
    // Of all files, by their paths' UTF-8 bytes: so many behind this one; from the first, where
    // there is none.
    [[nodiscard]] Result<QList<KnownFile>> knownAfter(
        Database& database, const std::optional<QString>& path, int count);
    // Enters what was read, all or none. Takes those that were moved out of `vanished`.
    [[nodiscard]] Result<LibraryChanges> take(
        Database& database, const QList<ReadFile>& files, VanishedPaths& vanished);
    // Takes out files that are gone.
    [[nodiscard]] Result<LibraryChanges> remove(Database& database, const VanishedPaths& paths);
    // By path.
    [[nodiscard]] Result<QList<UnreadableFile>> unreadable(Database& database);

    // Which folder the pictures were last seen in: an empty one that is another is a disk that is
    // not there.
    struct FolderIdentity
    {
        quint64 device = 0;
        quint64 inode = 0;
        friend bool operator==(const FolderIdentity&, const FolderIdentity&) = default;
    };
    [[nodiscard]] Result<FolderIdentity> identity(Database& database);
    [[nodiscard]] Result<void> setIdentity(Database& database, const FolderIdentity& identity);

    // Everything in it that comes from the files, in an order of its own: the same text for the
    // same files.
    [[nodiscard]] Result<QString> dump(Database& database);

    // Below the library's folder, or nothing.
    [[nodiscard]] std::optional<QString> relativePath(const QString& path) const;
    [[nodiscard]] QString absolutePath(const QString& relative) const;

private:
    struct Row;
    class Changes;

    // The newest of those; `count` −1: all.
    [[nodiscard]] Result<QList<PicturePtr>> pictures(
        Database& database, const QString& where, int count);
    [[nodiscard]] Result<QList<PicturePtr>> picturesWhere(Database& database, const QString& where,
        const QVariantList& values, const QString& order, int count);
    [[nodiscard]] Result<PicturePtr> findWhere(
        Database& database, const QString& column, const QString& value);
    // The number of the library's entry, found, moved or made.
    [[nodiscard]] Result<qint64> library(Database& database);
    [[nodiscard]] Result<std::optional<qint64>> movedLibrary(Database& database) const;
    // By their paths; `count` −1: all.
    [[nodiscard]] Result<QList<KnownFile>> readKnown(
        Database& database, const QString& where, const QVariantList& values, int count) const;
    [[nodiscard]] Result<QList<Row>> rows(
        Database& database, const QString& where, const QVariantList& values) const;
    // The first two answer the picture with its row's number.
    [[nodiscard]] Result<PicturePtr> insert(
        Database& database, qint64 library, const ReadFile& file, Changes& changes) const;
    [[nodiscard]] Result<PicturePtr> update(
        Database& database, qint64 number, const ReadFile& file, Changes& changes) const;
    [[nodiscard]] Result<void> erase(Database& database, const Row& row, Changes& changes) const;
    [[nodiscard]] Result<void> takeOne(
        Database& database, qint64 library, const ReadFile& file, Changes& changes) const;
    [[nodiscard]] Result<void> takePicture(
        Database& database, qint64 library, const ReadFile& file, Changes& changes) const;
    [[nodiscard]] Result<void> setUnreadable(
        Database& database, qint64 library, const ReadFile& file) const;
    // Ends a transaction: ids, and what the blocks tell.
    [[nodiscard]] Result<void> settle(Database& database, qint64 library, Changes& changes) const;
    // Gives the rows of these pictures the ids that follow from their paths.
    [[nodiscard]] Result<void> settleIds(
        Database& database, qint64 library, Changes& changes) const;

    QString m_folder;
    bool m_new = false;
};

} // namespace seedbook
