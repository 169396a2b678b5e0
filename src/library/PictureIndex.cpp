#include "library/PictureIndex.h"

#include "library/PictureBlocks.h"
#include "library/PictureRow.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Somebody may have copied one picture a thousand times.
constexpr int mostAlike = 100;

} // namespace

QStringList PictureIndex::migrations()
{
    return {uR"(
CREATE TABLE libraries (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE
);
CREATE TABLE pictures (
    library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    path TEXT NOT NULL,                -- below the library's folder
    id TEXT NOT NULL,
    model TEXT NOT NULL,
    parameters TEXT NOT NULL,          -- JSON
    prompt TEXT NOT NULL,
    seed INTEGER NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,            -- -1 where the file could not be read
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created INTEGER NOT NULL,          -- milliseconds since 1970, UTC
    sequence INTEGER NOT NULL,
    duration INTEGER NOT NULL,         -- milliseconds
    price INTEGER NOT NULL,            -- micro-dollars
    price_told INTEGER NOT NULL,
    practice INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    service_request_id TEXT NOT NULL,
    UNIQUE (library, path)
);
CREATE INDEX pictures_by_time ON pictures (library, created DESC, sequence DESC);
)"_s,
        uR"(
ALTER TABLE pictures ADD COLUMN unclaimed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pictures_by_id ON pictures (id);
)"_s,
        // From here on the files tell everything; what was here comes back from them.
        uR"(
DROP TABLE pictures;
ALTER TABLE libraries ADD COLUMN device INTEGER NOT NULL DEFAULT 0; -- of the folder
ALTER TABLE libraries ADD COLUMN inode INTEGER NOT NULL DEFAULT 0;
CREATE TABLE pictures (
    number INTEGER PRIMARY KEY,
    library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    path TEXT NOT NULL,                -- below the library's folder
    id TEXT NOT NULL,                  -- the identity, but for a copy
    record_id TEXT,                    -- NULL where the file has no record of ours
    model TEXT NOT NULL,
    parameters TEXT NOT NULL,          -- JSON
    prompt TEXT NOT NULL,
    seed INTEGER,                      -- NULL where the file tells none
    format TEXT NOT NULL,
    width INTEGER NOT NULL,            -- -1 where the file could not be read
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created INTEGER NOT NULL,          -- milliseconds since 1970, UTC
    sequence INTEGER NOT NULL,
    duration INTEGER NOT NULL,         -- milliseconds
    price INTEGER NOT NULL,            -- micro-dollars
    price_told INTEGER NOT NULL,
    practice INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    service_request_id TEXT NOT NULL,
    unclaimed INTEGER NOT NULL,
    parents TEXT NOT NULL,             -- JSON: ids
    rating INTEGER NOT NULL,           -- -1 to 5
    tags TEXT NOT NULL,                -- JSON: texts
    record_source TEXT NOT NULL,
    has_sidecar INTEGER NOT NULL,
    identity TEXT NOT NULL,            -- the id that the file alone tells
    coded_key TEXT NOT NULL,           -- empty until the file was read
    modified INTEGER NOT NULL,         -- of the file, nanoseconds since 1970; 0 until it was read
    sidecar_modified INTEGER NOT NULL, -- 0 where there is none
    changed INTEGER NOT NULL,          -- by the system's own clock, of both
    UNIQUE (library, path)
);
CREATE INDEX pictures_by_time ON pictures (library, created DESC, sequence DESC);
CREATE INDEX pictures_by_id ON pictures (library, id);
-- With the path: without it SQLite takes the paths' own index for their order, and reads it whole.
CREATE INDEX pictures_by_identity ON pictures (library, identity, path);
CREATE TABLE unreadable (
    library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    path TEXT NOT NULL,                -- as above; empty for the folder itself
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    sidecar_modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    kind TEXT NOT NULL,                -- ErrorKind
    detail TEXT NOT NULL,
    PRIMARY KEY (library, path)
);
)"_s,
        PictureBlocks::migration(),
        // What was here comes back from the files, once more. What is told later goes into `more`.
        uR"(
DELETE FROM entries;
DELETE FROM texts;
DELETE FROM unreadable;
DELETE FROM pictures;
ALTER TABLE pictures ADD COLUMN request_identity TEXT NOT NULL DEFAULT ''; -- Request::identity()
ALTER TABLE pictures ADD COLUMN more TEXT NOT NULL DEFAULT '{}';           -- JSON
CREATE INDEX pictures_by_request ON pictures (library, request_identity)
    WHERE request_identity <> '';
)"_s};
}

Result<bool> PictureIndex::isNew(Database& database)
{
    if (auto found = library(database); !found)
        return found.error();
    return m_new;
}

Result<PictureListing> PictureIndex::list(Database& database, int whole)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    auto listing = PictureBlocks(database, *number).list();
    if (!listing)
        return listing;
    auto newest = pictures(database, {}, whole);
    if (!newest)
        return newest.error();
    listing->first = *std::move(newest);
    return listing;
}

Result<QBitArray> PictureIndex::search(Database& database, const QStringList& terms)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    return PictureBlocks(database, *number).find(terms);
}

Result<PicturePtr> PictureIndex::find(Database& database, const QUuid& id)
{
    return findWhere(database, u"id"_s, idText(id));
}

Result<PicturePtr> PictureIndex::findPath(Database& database, const QString& path)
{
    return findWhere(database, u"path"_s, path);
}

Result<PicturePtr> PictureIndex::findWhere(
    Database& database, const QString& column, const QString& value)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    PicturePtr found;
    auto read = database.each(u"SELECT number, %1 FROM pictures WHERE library = ? AND %2 = ?"_s.arg(
                                  pictureColumns(), column),
        {*number, value}, [&](const QSqlQuery& row) {
            found = fromRow(row, m_folder, row.value(0).toLongLong(), 1);
        });
    if (!read)
        return read.error();
    return found;
}

Result<QList<PicturePtr>> PictureIndex::made(
    Database& database, const QByteArray& identity, const QString& endpoint, bool practice)
{
    return picturesWhere(database,
        u"AND request_identity = ? AND request_identity <> '' AND endpoint = ? AND practice = ?"_s,
        {QString::fromLatin1(identity), endpoint, int{practice}},
        u"rating DESC, created DESC, sequence DESC, id DESC"_s, mostAlike);
}

Result<QSet<QString>> PictureIndex::paths(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QSet<QString> known;
    auto read = database.each(u"SELECT path FROM pictures WHERE library = ?"_s, {*number},
        [&known](const QSqlQuery& row) { known.insert(row.value(0).toString()); });
    if (!read)
        return read.error();
    return known;
}

Result<QStringList> PictureIndex::pathsBeginning(Database& database, const QString& start)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QStringList found;
    auto read =
        database.each(u"SELECT path FROM pictures WHERE library = ? AND path >= ? AND path < ?"_s,
            {*number, start, QString(start + QChar(0xFFFF))},
            [&found](const QSqlQuery& row) { found.append(row.value(0).toString()); });
    if (!read)
        return read.error();
    return found;
}

Result<QList<PicturePtr>> PictureIndex::rejected(Database& database)
{
    return pictures(database, u"AND rating < 0"_s, -1);
}

Result<QList<PicturePtr>> PictureIndex::pictures(
    Database& database, const QString& where, int count)
{
    return picturesWhere(database, where, {}, u"created DESC, sequence DESC, id DESC"_s, count);
}

Result<QList<PicturePtr>> PictureIndex::picturesWhere(Database& database, const QString& where,
    const QVariantList& values, const QString& order, int count)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QList<PicturePtr> pictures;
    auto read = database.each(
        u"SELECT number, %1 FROM pictures WHERE library = ? %2 ORDER BY %3 LIMIT ?"_s.arg(
            pictureColumns(), where, order),
        QVariantList{*number} + values + QVariantList{count}, [&](const QSqlQuery& row) {
            if (auto picture = fromRow(row, m_folder, row.value(0).toLongLong(), 1))
                pictures.append(std::move(picture));
        });
    if (!read)
        return read.error();
    return pictures;
}

Result<QSet<QUuid>> PictureIndex::recordIds(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QSet<QUuid> found;
    auto read = database.each(
        u"SELECT record_id FROM pictures WHERE library = ? AND record_id IS NOT NULL"_s, {*number},
        [&found](
            const QSqlQuery& row) { found.insert(QUuid::fromString(row.value(0).toString())); });
    if (!read)
        return read.error();
    return found;
}

Result<QStringList> PictureIndex::tags(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QHash<QString, int> counts;
    auto read = database.each(u"SELECT tags FROM pictures WHERE library = ? AND tags <> '[]'"_s,
        {*number}, [&counts](const QSqlQuery& row) {
            const auto all = QJsonDocument::fromJson(row.value(0).toByteArray()).array();
            for (const QJsonValue tag : all)
                ++counts[tag.toString()];
        });
    if (!read)
        return read.error();
    counts.remove(QString());
    QStringList tags = counts.keys();
    std::sort(tags.begin(), tags.end(), [&counts](const QString& a, const QString& b) {
        return counts.value(a) != counts.value(b) ? counts.value(a) > counts.value(b) : a < b;
    });
    return tags;
}

QString PictureIndex::absolutePath(const QString& relative) const
{
    return relative.isEmpty() ? m_folder : QString(m_folder + u'/' + relative);
}

std::optional<QString> PictureIndex::relativePath(const QString& path) const
{
    const QString clean = QDir::cleanPath(path);
    const QString start = m_folder.endsWith(u'/') ? m_folder : QString(m_folder + u'/');
    if (!clean.startsWith(start))
        return std::nullopt;
    return clean.sliced(start.size());
}

Result<qint64> PictureIndex::library(Database& database)
{
    std::optional<qint64> number;
    auto read = database.each(u"SELECT id FROM libraries WHERE folder = ?"_s, {m_folder},
        [&number](const QSqlQuery& row) { number = row.value(0).toLongLong(); });
    if (!read)
        return read.error();
    if (number)
        return *number;

    auto moved = movedLibrary(database);
    if (!moved)
        return moved.error();
    if (*moved) {
        auto renamed =
            database.run(u"UPDATE libraries SET folder = ? WHERE id = ?"_s, {m_folder, **moved});
        if (!renamed)
            return renamed.error();
        return **moved;
    }
    auto made = database.run(u"INSERT INTO libraries (folder) VALUES (?)"_s, {m_folder});
    if (!made)
        return made.error();
    m_new = true;
    return made->lastInsertId().toLongLong();
}

Result<std::optional<qint64>> PictureIndex::movedLibrary(Database& database) const
{
    // The newest picture stands for all: a library that moved has it in its new place alone.
    std::optional<qint64> moved;
    auto read = database.each(u"SELECT l.id, l.folder, (SELECT path FROM pictures WHERE library = "
                              "l.id ORDER BY created DESC LIMIT 1) FROM libraries l"_s,
        {}, [&](const QSqlQuery& row) {
            const QString path = u'/' + row.value(2).toString();
            if (path.size() > 1 && QFile::exists(m_folder + path) &&
                !QFile::exists(row.value(1).toString() + path))
                moved = row.value(0).toLongLong();
        });
    if (!read)
        return read.error();
    return moved;
}

} // namespace seedbook
