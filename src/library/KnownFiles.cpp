#include "library/KnownFiles.h"

#include "library/LibraryEntry.h"
#include "library/PictureRow.h"

#include <QMetaEnum>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto stateColumns = "path, bytes, modified, sidecar_modified, changed"_L1;

// Of the columns above.
FileState stateOf(const QSqlQuery& row)
{
    return {row.value(1).toLongLong(), row.value(2).toLongLong(), row.value(3).toLongLong(),
        row.value(4).toLongLong()};
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

Result<QList<KnownFiles::KnownFile>> KnownFiles::readKnown(
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

Result<QList<KnownFiles::KnownFile>> KnownFiles::known(Database& database, const QStringList& paths)
{
    const auto number = m_entry.number(database);
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

Result<QList<KnownFiles::KnownFile>> KnownFiles::knownAfter(
    Database& database, const std::optional<QString>& path, int count)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    return path ? readKnown(database, u"path > ?"_s, {*number, boundText(*path)}, count)
                : readKnown(database, u"path >= ?"_s, {*number, boundText({})}, count);
}

Result<QStringList> KnownFiles::pathsBeginning(Database& database, const QString& start)
{
    const auto number = m_entry.number(database);
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

Result<QList<UnreadableFile>> KnownFiles::unreadable(Database& database)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    QList<UnreadableFile> found;
    auto read = database.each(
        u"SELECT path, kind, detail FROM unreadable WHERE library = ? ORDER BY path"_s, {*number},
        [&](const QSqlQuery& row) {
            const QString path = m_entry.absolutePath(row.value(0).toString());
            found.append({path, {errorKind(row.value(1)), path, row.value(2).toString()}});
        });
    if (!read)
        return read.error();
    return found;
}

Result<void> KnownFiles::setUnreadable(Database& database, qint64 library, const QString& path,
    const FileState& state, const Error& error) const
{
    auto done = database.run(
        u"INSERT OR REPLACE INTO unreadable (library, path, bytes, modified, sidecar_modified, "
        "changed, kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {library, boundText(path), state.bytes, state.modified, state.sidecar, state.changed,
            errorKindName(error.kind), boundText(error.detail)});
    return done ? Result<void>() : done.error();
}

Result<void> KnownFiles::clearUnreadable(
    Database& database, qint64 library, const QString& path) const
{
    auto done = database.run(
        u"DELETE FROM unreadable WHERE library = ? AND path = ?"_s, {library, boundText(path)});
    return done ? Result<void>() : done.error();
}

} // namespace seedbook
