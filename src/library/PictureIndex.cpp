#include "library/PictureIndex.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Also the order of fromRow()'s columns.
const auto columns =
    "path, id, model, parameters, prompt, seed, format, width, height, bytes, created, sequence, "
    "duration, price, price_told, practice, endpoint, service_request_id, "
    "unclaimed"_L1;

// A row is only a cache's and may hold anything; null where it is no picture of this library.
PicturePtr fromRow(const QSqlQuery& row, const QString& folder)
{
    int column = 0;
    bool sound = true;
    const auto text = [&] { return row.value(column++).toString(); };
    const auto number = [&] {
        bool ok = false;
        const qint64 value = row.value(column++).toLongLong(&ok);
        sound = sound && ok;
        return value;
    };
    const auto side = [&] {
        const qint64 value = number();
        sound = sound && value >= -1 && value <= INT_MAX;
        return static_cast<int>(value);
    };

    Picture picture;
    const QString path = text();
    picture.path = folder + u'/' + path;
    picture.id = QUuid::fromString(text());
    picture.modelId = text();
    const auto parameters = QJsonDocument::fromJson(row.value(column++).toByteArray());
    picture.parameters = parameters.object();
    picture.prompt = text();
    const auto seed = Seed::fromNumber(number());
    const auto format = imageFormatFromName(text());
    const int width = side();
    picture.size = {width, side()};
    picture.bytes = number();
    picture.created = QDateTime::fromMSecsSinceEpoch(number(), Qt::UTC);
    picture.sequence = number();
    picture.duration = std::chrono::milliseconds(number());
    picture.price = Money::fromMicros(number());
    picture.priceTold = number() != 0;
    picture.practice = number() != 0;
    picture.endpoint = text();
    picture.serviceRequestId = text();
    picture.unclaimed = number() != 0;

    const bool inside = !path.isEmpty() && !path.startsWith(u'/') &&
                        (!path.contains(".."_L1) || !QDir::cleanPath(path).startsWith(".."_L1));
    if (!sound || !inside || !seed || !format || picture.id.isNull() || !parameters.isObject() ||
        !picture.created.isValid())
        return nullptr;
    picture.seed = *seed;
    picture.format = *format;
    return std::make_shared<const Picture>(std::move(picture));
}

// A null string would be bound as NULL, which no column takes.
QVariant text(const QString& string)
{
    return string.isNull() ? u""_s : string;
}

QVariantList toRow(const Picture& picture, const QString& relativePath)
{
    return {relativePath, picture.id.toString(QUuid::WithoutBraces), text(picture.modelId),
        QString::fromUtf8(QJsonDocument(picture.parameters).toJson(QJsonDocument::Compact)),
        text(picture.prompt), picture.seed ? picture.seed->number() : Seed::randomSentinel,
        formatName(picture.format), picture.size.width(), picture.size.height(), picture.bytes,
        picture.created.toMSecsSinceEpoch(), picture.sequence, qint64{picture.duration.count()},
        picture.price.micros(), int{picture.priceTold}, int{picture.practice},
        text(picture.endpoint), text(picture.serviceRequestId), int{picture.unclaimed}};
}

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
)"_s};
}

Result<bool> PictureIndex::isNew(Database& database)
{
    if (auto found = library(database); !found)
        return found.error();
    return m_new;
}

Result<QList<PicturePtr>> PictureIndex::load(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QList<PicturePtr> pictures;
    auto read = database.each(u"SELECT %1 FROM pictures WHERE library = ? "
                              "ORDER BY created DESC, sequence DESC, rowid DESC"_s.arg(columns),
        {*number}, [&](const QSqlQuery& row) {
            if (auto picture = fromRow(row, m_folder))
                pictures.append(std::move(picture));
        });
    if (!read)
        return read.error();
    return pictures;
}

Result<PicturePtr> PictureIndex::find(Database& database, const QUuid& id)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    PicturePtr found;
    auto read =
        database.each(u"SELECT %1 FROM pictures WHERE library = ? AND id = ?"_s.arg(columns),
            {*number, id.toString(QUuid::WithoutBraces)},
            [&](const QSqlQuery& row) { found = fromRow(row, m_folder); });
    if (!read)
        return read.error();
    return found;
}

Result<void> PictureIndex::add(Database& database, const QList<PicturePtr>& pictures)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    const QString insert =
        u"INSERT OR REPLACE INTO pictures (library, %1) VALUES (?%2)"_s.arg(columns).arg(
            u", ?"_s.repeated(columns.count(','_L1) + 1));
    return database.transaction([&]() -> Result<void> {
        for (const PicturePtr& picture : pictures) {
            const auto path = relativePath(picture->path);
            if (!path)
                return Error{ErrorKind::Internal, picture->path, {}};
            auto done = database.run(insert, QVariantList{*number} + toRow(*picture, *path));
            if (!done)
                return done.error();
        }
        return {};
    });
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
