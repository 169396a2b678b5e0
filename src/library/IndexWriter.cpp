#include "library/IndexWriter.h"

#include "library/KnownFiles.h"
#include "library/LibraryEntry.h"
#include "library/PictureBlocks.h"
#include "library/PictureRow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto fileColumns = "identity, coded_key, modified, sidecar_modified, changed"_L1;
constexpr qsizetype fileColumnCount = 5;

QVariantList fileValues(const ReadFile& file)
{
    return {idText(file.picture->recordId.isNull() ? file.picture->id : file.picture->recordId),
        boundText(QString::fromLatin1(file.codedKey)), file.state.modified, file.state.sidecar,
        file.state.changed};
}

PicturePtr numbered(const PicturePtr& picture, qint64 number)
{
    auto other = std::make_shared<Picture>(*picture);
    other->number = number;
    return other;
}

QString questionMarks(qsizetype count)
{
    return u"?"_s + u", ?"_s.repeated(count - 1);
}

} // namespace

IndexWriter::IndexWriter(LibraryEntry& entry, KnownFiles& files)
    : m_entry(entry)
    , m_files(files)
{
}

Result<QList<IndexedPicture>> IndexWriter::rows(
    Database& database, const QString& where, const QVariantList& values) const
{
    QList<IndexedPicture> found;
    auto read = database.each(
        u"SELECT number, path, id, identity, coded_key, modified, %1 FROM pictures WHERE "_s.arg(
            pictureColumns()) +
            where,
        values, [&](const QSqlQuery& row) {
            found.append({row.value(0).toLongLong(), row.value(1).toString(),
                row.value(2).toString(), row.value(3).toString(), row.value(4).toString(),
                row.value(5).toLongLong() != 0,
                fromRow(row, m_entry.folder(), row.value(0).toLongLong(), 6)});
        });
    if (!read)
        return read.error();
    return found;
}

Result<PicturePtr> IndexWriter::insert(
    Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const
{
    auto done =
        database.run(u"INSERT INTO pictures (library, %1, %2) VALUES (%3)"_s.arg(pictureColumns(),
                         fileColumns, questionMarks(1 + pictureColumnCount() + fileColumnCount)),
            QVariantList{library} + toRow(*file.picture, file.path) + fileValues(file));
    if (!done)
        return done.error();
    PicturePtr now = numbered(file.picture, done->lastInsertId().toLongLong());
    changes.wrote(now->number, now);
    return now;
}

Result<PicturePtr> IndexWriter::update(
    Database& database, qint64 number, const ReadFile& file, IndexChanges& changes) const
{
    auto done =
        database.run(u"UPDATE pictures SET (%1, %2) = (%3) WHERE number = ?"_s.arg(pictureColumns(),
                         fileColumns, questionMarks(pictureColumnCount() + fileColumnCount)),
            toRow(*file.picture, file.path) + fileValues(file) + QVariantList{number});
    if (!done)
        return done.error();
    PicturePtr now = numbered(file.picture, number);
    changes.wrote(number, now);
    return now;
}

Result<void> IndexWriter::erase(
    Database& database, const IndexedPicture& row, IndexChanges& changes) const
{
    auto done = database.run(u"DELETE FROM pictures WHERE number = ?"_s, {row.number});
    if (!done)
        return done.error();
    changes.wrote(row.number, nullptr);
    changes.drop(row.number);
    changes.gone(row);
    return {};
}

Result<LibraryChanges> IndexWriter::add(Database& database, const QList<ReadFile>& files)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    VanishedPaths none;
    IndexChanges changes(none);
    auto added = database.transaction([&]() -> Result<void> {
        for (const ReadFile& file : files) {
            if (file.path.isEmpty())
                return Error{ErrorKind::Internal, file.picture->path, {}};
            const QString identity = fileValues(file).first().toString();
            auto there = rows(database, u"library = ? AND path = ?"_s, {*number, file.path});
            if (!there)
                return there.error();
            if (!there->isEmpty() && there->first().wasRead && there->first().identity == identity)
                continue;
            changes.touch(identity);
            if (there->isEmpty()) {
                if (const auto now = insert(database, *number, file, changes); !now)
                    return now.error();
                continue;
            }
            // Perhaps read before its sidecar was there.
            const IndexedPicture& row = there->first();
            changes.touch(row.identity);
            const auto now = update(database, row.number, file, changes);
            if (!now)
                return now.error();
            if (row.picture)
                changes.set(row.number, row.picture, *now, false);
        }
        return settle(database, *number, changes);
    });
    if (!added)
        return added.error();
    return changes.result();
}

Result<LibraryChanges> IndexWriter::take(
    Database& database, const QList<ReadFile>& files, VanishedPaths& vanished)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    VanishedPaths stillVanished = vanished;
    IndexChanges changes(stillVanished);
    auto done = database.transaction([&]() -> Result<void> {
        for (const ReadFile& file : files) {
            if (auto taken = takeOne(database, *number, file, changes); !taken)
                return taken;
        }
        return settle(database, *number, changes);
    });
    if (!done)
        return done.error();
    vanished = stillVanished;
    return changes.result();
}

Result<void> IndexWriter::takeOne(
    Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const
{
    changes.vanished().remove(file.path);
    if (file.picture) {
        auto cleared = m_files.clearUnreadable(database, library, file.path);
        return cleared ? takePicture(database, library, file, changes) : cleared;
    }
    auto there = rows(database, u"library = ? AND path = ?"_s, {library, file.path});
    if (!there)
        return there.error();
    for (const IndexedPicture& row : std::as_const(*there)) {
        if (auto done = erase(database, row, changes); !done)
            return done;
    }
    return m_files.setUnreadable(database, library, file.path, file.state,
        file.error.value_or(Error{ErrorKind::FileUnreadable, {}, {}}));
}

Result<void> IndexWriter::takePicture(
    Database& database, qint64 library, const ReadFile& file, IndexChanges& changes) const
{
    const QVariantList values = fileValues(file);
    const QString identity = values.first().toString();
    const QString codedKey = values.at(1).toString();
    changes.touch(identity);
    auto there = rows(database, u"library = ? AND path = ?"_s, {library, file.path});
    if (!there)
        return there.error();
    if (!there->isEmpty()) {
        const IndexedPicture row = there->first();
        const bool sameCoded = row.codedKey.isEmpty() || row.codedKey == codedKey;
        if (row.picture && (row.identity == identity || (row.wasRead && sameCoded))) {
            changes.touch(row.identity);
            const auto now = update(database, row.number, file, changes);
            if (!now)
                return now.error();
            changes.set(row.number, row.picture, *now, !sameCoded);
            return {};
        }
        // Another picture lies there now.
        if (auto done = erase(database, row, changes); !done)
            return done;
    }

    auto same =
        rows(database, u"library = ? AND identity = ? ORDER BY path"_s, {library, identity});
    if (!same)
        return same.error();
    for (const IndexedPicture& row : std::as_const(*same)) {
        if (!row.picture || !changes.vanished().remove(row.path))
            continue;
        const bool redrawn = !row.codedKey.isEmpty() && row.codedKey != codedKey;
        const auto now = update(database, row.number, file, changes);
        if (!now)
            return now.error();
        changes.set(row.number, row.picture, *now, redrawn);
        return {};
    }
    const auto now = insert(database, library, file, changes);
    if (!now)
        return now.error();
    changes.set((*now)->number, changes.takeGone(identity), *now, false);
    return {};
}

Result<LibraryChanges> IndexWriter::remove(Database& database, const VanishedPaths& paths)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    VanishedPaths none;
    IndexChanges changes(none);
    auto done = database.transaction([&]() -> Result<void> {
        for (const QString& path : paths) {
            auto there = rows(database, u"library = ? AND path = ?"_s, {*number, path});
            if (!there)
                return there.error();
            for (const IndexedPicture& row : std::as_const(*there)) {
                if (auto erased = erase(database, row, changes); !erased)
                    return erased;
            }
            if (auto cleared = m_files.clearUnreadable(database, *number, path); !cleared)
                return cleared;
        }
        return settle(database, *number, changes);
    });
    if (!done)
        return done.error();
    return changes.result();
}

Result<void> IndexWriter::settle(Database& database, qint64 library, IndexChanges& changes) const
{
    if (auto settled = settleIds(database, library, changes); !settled)
        return settled;
    return PictureBlocks(database, library).update(changes.written());
}

Result<void> IndexWriter::settleIds(Database& database, qint64 library, IndexChanges& changes) const
{
    for (const QString& identity : changes.touched()) {
        QList<std::pair<qint64, QString>> wrong;
        const QUuid plain = QUuid::fromString(identity);
        bool isFirst = true;
        auto read = database.each(
            u"SELECT number, path, id FROM pictures WHERE library = ? AND identity = ? "
            "ORDER BY path"_s,
            {library, identity}, [&](const QSqlQuery& row) {
                const QString wanted =
                    isFirst ? identity
                            : idText(QUuid::createUuidV5(plain, row.value(1).toString()));
                isFirst = false;
                if (row.value(2).toString() != wanted)
                    wrong.append({row.value(0).toLongLong(), wanted});
                else
                    changes.rename(row.value(0).toLongLong(), QUuid::fromString(wanted));
            });
        if (!read)
            return read;
        for (const auto& [number, id] : std::as_const(wrong)) {
            if (!changes.has(number)) {
                auto row = rows(database, u"number = ?"_s, {number});
                if (!row)
                    return row.error();
                if (!row->isEmpty() && row->first().picture) {
                    changes.set(number, row->first().picture, row->first().picture, false);
                    changes.wrote(number, row->first().picture);
                }
            }
            changes.rename(number, QUuid::fromString(id));
            auto done =
                database.run(u"UPDATE pictures SET id = ? WHERE number = ?"_s, {id, number});
            if (!done)
                return done.error();
        }
    }
    return {};
}

} // namespace seedbook
