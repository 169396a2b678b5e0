// What the folder does to the index: PictureIndex's part for files that were read or are gone.
#include "library/PictureBlocks.h"
#include "library/PictureIndex.h"
#include "library/PictureRow.h"

#include <QMetaEnum>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto fileColumns = "identity, coded_key, modified, sidecar_modified, changed"_L1;
constexpr qsizetype fileColumnCount = 5;
// Those that are the same in a copy of the folder.
const auto lastingColumns = "identity, coded_key, modified, sidecar_modified"_L1;
const auto stateColumns = "path, bytes, modified, sidecar_modified, changed"_L1;

QVariantList fileValues(const ReadFile& file)
{
    return {idText(file.picture->recordId.isNull() ? file.picture->id : file.picture->recordId),
        boundText(QString::fromLatin1(file.codedKey)), file.state.modified, file.state.sidecar,
        file.state.changed};
}

// Of the columns above.
FileState stateOf(const QSqlQuery& row)
{
    return {row.value(1).toLongLong(), row.value(2).toLongLong(), row.value(3).toLongLong(),
        row.value(4).toLongLong()};
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

QString errorKindName(ErrorKind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(kind)));
}

ErrorKind errorKind(const QVariant& name)
{
    bool ok = false;
    const int kind =
        QMetaEnum::fromType<ErrorKind>().keyToValue(name.toByteArray().constData(), &ok);
    return ok ? static_cast<ErrorKind>(kind) : ErrorKind::FileUnreadable;
}

} // namespace

struct PictureIndex::Row
{
    qint64 number = 0;
    QString path;
    QString id;
    QString identity;
    QString codedKey;
    bool wasRead = false;
    PicturePtr picture; // null where the row makes no sense
};

// What a transaction does to the pictures, by their rows, until their ids are settled.
class PictureIndex::Changes final
{
public:
    explicit Changes(VanishedPaths& vanished)
        : m_vanished(vanished)
    {
    }

    struct Event
    {
        QUuid was; // null: it was not there
        PicturePtr before;
        PicturePtr now;
        bool redrawn = false;
    };

    // What the rows hold now; null: gone.
    void wrote(qint64 number, const PicturePtr& picture) { m_written.insert(number, picture); }
    [[nodiscard]] const PictureBlocks::Changes& written() const { return m_written; }

    void touch(const QString& identity) { m_identities.insert(identity); }
    [[nodiscard]] const QSet<QString>& touched() const { return m_identities; }
    [[nodiscard]] VanishedPaths& vanished() { return m_vanished; }

    void gone(const Row& row)
    {
        touch(row.identity);
        if (row.picture)
            m_gone.append(row);
    }
    // A row of this picture that was lost in the same transaction: then it has come back.
    [[nodiscard]] PicturePtr takeGone(const QString& identity)
    {
        for (qsizetype i = 0; i < m_gone.size(); ++i) {
            if (m_gone.at(i).identity == identity)
                return m_gone.takeAt(i).picture;
        }
        return nullptr;
    }
    void set(qint64 number, const PicturePtr& before, const PicturePtr& now, bool redrawn)
    {
        const QUuid was = before ? before->id : QUuid();
        if (const auto known = m_events.find(number); known != m_events.end()) {
            known->now = now;
            known->redrawn = known->redrawn || redrawn;
        } else {
            m_events.insert(number, {was, before, now, redrawn});
            m_order.append(number);
        }
    }
    [[nodiscard]] bool has(qint64 number) const { return m_events.contains(number); }
    void drop(qint64 number) { m_events.remove(number); }
    void rename(qint64 number, const QUuid& id)
    {
        const auto renamed = [&id](const PicturePtr& picture) {
            auto other = std::make_shared<Picture>(*picture);
            other->id = id;
            return PicturePtr(std::move(other));
        };
        if (const auto known = m_events.find(number);
            known != m_events.end() && known->now->id != id)
            known->now = renamed(known->now);
        if (const auto known = m_written.find(number);
            known != m_written.end() && *known && (*known)->id != id)
            *known = renamed(*known);
    }

    [[nodiscard]] LibraryChanges result() const
    {
        LibraryChanges changes;
        for (const Row& row : m_gone)
            changes.removed.append(row.picture->id);
        for (const qint64 number : m_order) {
            const auto event = m_events.constFind(number);
            if (event == m_events.cend())
                continue;
            if (event->was.isNull())
                changes.added.append(event->now);
            else if (event->redrawn || !event->before ||
                     toRow(*event->before, event->before->path) !=
                         toRow(*event->now, event->now->path))
                changes.updated.append({event->was, event->now, event->redrawn});
        }
        return changes;
    }

private:
    VanishedPaths& m_vanished;
    PictureBlocks::Changes m_written;
    QSet<QString> m_identities;
    QList<Row> m_gone;
    QHash<qint64, Event> m_events;
    QList<qint64> m_order;
};

Result<QList<PictureIndex::Row>> PictureIndex::rows(
    Database& database, const QString& where, const QVariantList& values) const
{
    QList<Row> found;
    auto read = database.each(
        u"SELECT number, path, id, identity, coded_key, modified, %1 FROM pictures WHERE "_s.arg(
            pictureColumns()) +
            where,
        values, [&](const QSqlQuery& row) {
            found.append({row.value(0).toLongLong(), row.value(1).toString(),
                row.value(2).toString(), row.value(3).toString(), row.value(4).toString(),
                row.value(5).toLongLong() != 0,
                fromRow(row, m_folder, row.value(0).toLongLong(), 6)});
        });
    if (!read)
        return read.error();
    return found;
}

Result<PicturePtr> PictureIndex::insert(
    Database& database, qint64 library, const ReadFile& file, Changes& changes) const
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

Result<PicturePtr> PictureIndex::update(
    Database& database, qint64 number, const ReadFile& file, Changes& changes) const
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

Result<void> PictureIndex::erase(Database& database, const Row& row, Changes& changes) const
{
    auto done = database.run(u"DELETE FROM pictures WHERE number = ?"_s, {row.number});
    if (!done)
        return done.error();
    changes.wrote(row.number, nullptr);
    changes.drop(row.number);
    changes.gone(row);
    return {};
}

Result<LibraryChanges> PictureIndex::add(Database& database, const QList<ReadFile>& files)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    VanishedPaths none;
    Changes changes(none);
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
            const Row& row = there->first();
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

Result<QList<PictureIndex::KnownFile>> PictureIndex::readKnown(
    Database& database, const QString& where, const QVariantList& values, int count) const
{
    QList<KnownFile> found;
    auto read = database.each(
        u"SELECT %1, '' AS kind FROM pictures WHERE library = ? AND %2 UNION ALL "
        "SELECT %1, kind FROM unreadable WHERE library = ? AND %2 ORDER BY path LIMIT ?"_s.arg(
            stateColumns, where),
        values + values + QVariantList{count}, [&found](const QSqlQuery& row) {
            const bool isPicture = row.value(5).toString().isEmpty();
            found.append({row.value(0).toString(), stateOf(row), isPicture,
                !isPicture && errorKind(row.value(5)) != ErrorKind::PictureUndecodable});
        });
    if (!read)
        return read.error();
    return found;
}

Result<QList<PictureIndex::KnownFile>> PictureIndex::known(
    Database& database, const QStringList& paths)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QList<KnownFile> found;
    for (const QString& path : paths) {
        // What lies below it stands between "path/" and the next character's "path0".
        auto some = readKnown(database, u"(path = ? OR (path > ? AND path < ?))"_s,
            {*number, boundText(path), QString(path + u'/'), QString(path + u'0')}, -1);
        if (!some)
            return some.error();
        found += *some;
    }
    return found;
}

Result<QList<PictureIndex::KnownFile>> PictureIndex::knownAfter(
    Database& database, const std::optional<QString>& path, int count)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    return path ? readKnown(database, u"path > ?"_s, {*number, boundText(*path)}, count)
                : readKnown(database, u"path >= ?"_s, {*number, boundText({})}, count);
}

Result<LibraryChanges> PictureIndex::take(
    Database& database, const QList<ReadFile>& files, VanishedPaths& vanished)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    VanishedPaths stillVanished = vanished;
    Changes changes(stillVanished);
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

Result<void> PictureIndex::takeOne(
    Database& database, qint64 library, const ReadFile& file, Changes& changes) const
{
    changes.vanished().remove(file.path);
    if (file.picture) {
        auto cleared = database.run(
            u"DELETE FROM unreadable WHERE library = ? AND path = ?"_s, {library, file.path});
        return cleared ? takePicture(database, library, file, changes) : cleared.error();
    }
    auto there = rows(database, u"library = ? AND path = ?"_s, {library, file.path});
    if (!there)
        return there.error();
    for (const Row& row : std::as_const(*there)) {
        if (auto done = erase(database, row, changes); !done)
            return done;
    }
    return setUnreadable(database, library, file);
}

Result<void> PictureIndex::takePicture(
    Database& database, qint64 library, const ReadFile& file, Changes& changes) const
{
    const QVariantList values = fileValues(file);
    const QString identity = values.first().toString();
    const QString codedKey = values.at(1).toString();
    changes.touch(identity);
    auto there = rows(database, u"library = ? AND path = ?"_s, {library, file.path});
    if (!there)
        return there.error();
    if (!there->isEmpty()) {
        const Row row = there->first();
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
    for (const Row& row : std::as_const(*same)) {
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

Result<void> PictureIndex::setUnreadable(
    Database& database, qint64 library, const ReadFile& file) const
{
    const Error error = file.error.value_or(Error{ErrorKind::FileUnreadable, {}, {}});
    auto done = database.run(
        u"INSERT OR REPLACE INTO unreadable (library, path, bytes, modified, sidecar_modified, "
        "changed, kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {library, boundText(file.path), file.state.bytes, file.state.modified, file.state.sidecar,
            file.state.changed, errorKindName(error.kind), boundText(error.detail)});
    return done ? Result<void>() : done.error();
}

Result<LibraryChanges> PictureIndex::remove(Database& database, const VanishedPaths& paths)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    VanishedPaths none;
    Changes changes(none);
    auto done = database.transaction([&]() -> Result<void> {
        for (const QString& path : paths) {
            auto there = rows(database, u"library = ? AND path = ?"_s, {*number, path});
            if (!there)
                return there.error();
            for (const Row& row : std::as_const(*there)) {
                if (auto erased = erase(database, row, changes); !erased)
                    return erased;
            }
            auto deleted = database.run(u"DELETE FROM unreadable WHERE library = ? AND path = ?"_s,
                {*number, boundText(path)});
            if (!deleted)
                return deleted.error();
        }
        return settle(database, *number, changes);
    });
    if (!done)
        return done.error();
    return changes.result();
}

Result<void> PictureIndex::settle(Database& database, qint64 library, Changes& changes) const
{
    if (auto settled = settleIds(database, library, changes); !settled)
        return settled;
    return PictureBlocks(database, library).update(changes.written());
}

Result<void> PictureIndex::settleIds(Database& database, qint64 library, Changes& changes) const
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

Result<QList<UnreadableFile>> PictureIndex::unreadable(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    QList<UnreadableFile> found;
    auto read = database.each(
        u"SELECT path, kind, detail FROM unreadable WHERE library = ? ORDER BY path"_s, {*number},
        [&](const QSqlQuery& row) {
            const QString path = absolutePath(row.value(0).toString());
            found.append({path, {errorKind(row.value(1)), path, row.value(2).toString()}});
        });
    if (!read)
        return read.error();
    return found;
}

Result<PictureIndex::FolderIdentity> PictureIndex::identity(Database& database)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    FolderIdentity found;
    auto read = database.each(u"SELECT device, inode FROM libraries WHERE id = ?"_s, {*number},
        [&found](const QSqlQuery& row) {
            found.device = static_cast<quint64>(row.value(0).toLongLong());
            found.inode = static_cast<quint64>(row.value(1).toLongLong());
        });
    if (!read)
        return read.error();
    return found;
}

Result<void> PictureIndex::setIdentity(Database& database, const FolderIdentity& identity)
{
    const auto number = library(database);
    if (!number)
        return number.error();
    auto done = database.run(u"UPDATE libraries SET device = ?, inode = ? WHERE id = ?"_s,
        {static_cast<qint64>(identity.device), static_cast<qint64>(identity.inode), *number});
    return done ? Result<void>() : done.error();
}

Result<QString> PictureIndex::dump(Database& database)
{
    const auto number = library(database);
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
