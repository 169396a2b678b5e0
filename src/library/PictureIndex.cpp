#include "library/PictureIndex.h"

#include "library/PictureBlocks.h"
#include "library/PictureRow.h"

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// What a file tells that is the same in a copy of the folder.
const auto lastingColumns = "identity, coded_key, modified, sidecar_modified"_L1;

} // namespace

PictureIndex::PictureIndex(QString folder)
    : m_entry(std::move(folder))
    , m_pictures(m_entry)
    , m_files(m_entry)
    , m_writer(m_entry, m_files)
{
}

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

Result<QString> PictureIndex::dump(Database& database)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    QString text;
    const auto tell = [&](const QString& columns, const QString& table) {
        return database.each(
            u"SELECT %1 FROM %2 WHERE library = ? ORDER BY path"_s.arg(columns, table), {*number},
            [&](const QSqlQuery& row) {
                const QStringList names = columns.split(u", "_s);
                for (qsizetype i = 0; i < names.size(); ++i)
                    text += names.at(i) + u": "_s +
                            row.value(static_cast<int>(i)).toString().replace(u'\n', "\\n"_L1) +
                            u'\n';
                text += u'\n';
            });
    };
    auto pictures = tell(pictureColumns() + u", "_s + lastingColumns, u"pictures"_s);
    auto unreadable =
        tell(u"path, bytes, modified, sidecar_modified, kind, detail"_s, u"unreadable"_s);
    if (!pictures || !unreadable)
        return pictures ? unreadable.error() : pictures.error();
    return text;
}

} // namespace seedbook
