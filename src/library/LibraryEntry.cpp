#include "library/LibraryEntry.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace seedbook {

std::optional<QString> LibraryEntry::relativePath(const QString& path) const
{
    const QString clean = QDir::cleanPath(path);
    const QString start = m_folder.endsWith(u'/') ? m_folder : QString(m_folder + u'/');
    if (!clean.startsWith(start))
        return std::nullopt;
    return clean.sliced(start.size());
}

QString LibraryEntry::absolutePath(const QString& relative) const
{
    return relative.isEmpty() ? m_folder : QString(m_folder + u'/' + relative);
}

Result<qint64> LibraryEntry::number(Database& database)
{
    std::optional<qint64> known;
    auto read = database.each(u"SELECT id FROM libraries WHERE folder = ?"_s, {m_folder},
        [&known](const QSqlQuery& row) { known = row.value(0).toLongLong(); });
    if (!read)
        return read.error();
    if (known)
        return *known;

    auto old = moved(database);
    if (!old)
        return old.error();
    if (*old) {
        auto renamed =
            database.run(u"UPDATE libraries SET folder = ? WHERE id = ?"_s, {m_folder, **old});
        if (!renamed)
            return renamed.error();
        return **old;
    }
    auto made = database.run(u"INSERT INTO libraries (folder) VALUES (?)"_s, {m_folder});
    if (!made)
        return made.error();
    m_new = true;
    return made->lastInsertId().toLongLong();
}

Result<std::optional<qint64>> LibraryEntry::moved(Database& database) const
{
    // The newest picture stands for all: a library that moved has it in its new place alone.
    std::optional<qint64> found;
    auto read = database.each(u"SELECT l.id, l.folder, (SELECT path FROM pictures WHERE library = "
                              "l.id ORDER BY created DESC LIMIT 1) FROM libraries l"_s,
        {}, [&](const QSqlQuery& row) {
            const QString path = u'/' + row.value(2).toString();
            if (path.size() > 1 && QFile::exists(m_folder + path) &&
                !QFile::exists(row.value(1).toString() + path))
                found = row.value(0).toLongLong();
        });
    if (!read)
        return read.error();
    return found;
}

Result<bool> LibraryEntry::isNew(Database& database)
{
    if (auto found = number(database); !found)
        return found.error();
    return m_new;
}

Result<LibraryEntry::FolderIdentity> LibraryEntry::identity(Database& database)
{
    const auto library = number(database);
    if (!library)
        return library.error();
    FolderIdentity found;
    auto read = database.each(u"SELECT device, inode FROM libraries WHERE id = ?"_s, {*library},
        [&found](const QSqlQuery& row) {
            found.device = static_cast<quint64>(row.value(0).toLongLong());
            found.inode = static_cast<quint64>(row.value(1).toLongLong());
        });
    if (!read)
        return read.error();
    return found;
}

Result<void> LibraryEntry::setIdentity(Database& database, const FolderIdentity& identity)
{
    const auto library = number(database);
    if (!library)
        return library.error();
    auto done = database.run(u"UPDATE libraries SET device = ?, inode = ? WHERE id = ?"_s,
        {static_cast<qint64>(identity.device), static_cast<qint64>(identity.inode), *library});
    return done ? Result<void>() : done.error();
}

} // namespace seedbook
