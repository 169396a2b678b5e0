#include "library/FolderMark.h"

#include "storage/FileRights.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <optional>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qint64 largestMark = 4096;
constexpr qint64 largestKnown = 1 << 20;

// Nothing, where it cannot be read; what is no object is empty.
std::optional<QJsonObject> readObject(const QString& path, qint64 largest)
{
    QFile file(path);
    if (file.size() > largest || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = file.read(largest);
    if (file.error() != QFileDevice::NoError)
        return std::nullopt;
    return QJsonDocument::fromJson(text).object();
}

bool writeObject(QSaveFile& file, const QJsonObject& object)
{
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return file.write(text) == text.size() && file.flush() && file.commit();
}

QString idText(const QUuid& id)
{
    return id.toString(QUuid::WithoutBraces);
}

} // namespace

struct FolderMark::Seen
{
    bool isFolder = false;
    bool isMark = false; // a file of that name, whatever it holds
    bool isEmpty = false;
    QUuid id; // null: it holds none
};

FolderMark::FolderMark(QString folder, QString known)
    : m_folder(std::move(folder))
    , m_known(std::move(known))
{
}

QString FolderMark::place() const
{
    struct stat info = {};
    if (::stat(QFile::encodeName(m_folder).constData(), &info) != 0)
        return {};
    return u"%1:%2"_s.arg(info.st_dev).arg(info.st_ino);
}

FolderMark::Seen FolderMark::look() const
{
    Seen seen{.isFolder = QFileInfo(m_folder).isDir()};
    const QFileInfo info(m_folder + u'/' + libraryMarkName);
    if (!info.isFile())
        return seen;
    seen.isMark = true;
    seen.isEmpty = info.size() == 0;
    const QJsonObject mark = readObject(info.filePath(), largestMark).value_or(QJsonObject());
    seen.id = QUuid::fromString(mark.value("id"_L1).toString());
    return seen;
}

bool FolderMark::isLost(const Seen& seen)
{
    // Where it is the same folder a cleaner or a copy took the mark alone away.
    return !m_id.isNull() && !seen.isMark && (!seen.isFolder || place() != m_place);
}

bool FolderMark::isGone()
{
    const QMutexLocker lock(&m_mutex);
    recall();
    return isLost(look());
}

Result<void> FolderMark::stillHere(const QStringList& written, const QString& folder)
{
    if (!isGone())
        return {};
    for (const QString& path : written)
        QFile::remove(path);
    QDir().rmdir(folder); // nothing, where anything is in it
    return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
}

bool FolderMark::isKnown()
{
    const QMutexLocker lock(&m_mutex);
    recall();
    return !m_id.isNull();
}

Result<void> FolderMark::check()
{
    const QMutexLocker lock(&m_mutex);
    recall();
    const Seen seen = look();
    if (isLost(seen))
        return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
    if (!seen.id.isNull()) {
        remember(seen.id); // the one of before, or another library that was put there
    } else if (!seen.isMark || seen.isEmpty) {
        if (!seen.isFolder)
            (void)makePersonsFolder(m_folder);
        make(m_id.isNull() || seen.isEmpty ? QUuid::createUuid() : m_id);
        if (const Seen made = look(); !made.id.isNull())
            remember(made.id);
    }
    return {};
}

void FolderMark::recall()
{
    if (std::exchange(m_wasRead, true))
        return;
    const QJsonObject known = readObject(m_known, largestKnown).value_or(QJsonObject());
    const QJsonObject mine = known.value(m_folder).toObject();
    m_id = QUuid::fromString(mine.value("id"_L1).toString());
    m_place = mine.value("place"_L1).toString();
    m_isWritten = !m_id.isNull();
}

void FolderMark::remember(const QUuid& id)
{
    const QString here = place();
    if (m_id == id && m_place == here && m_isWritten)
        return;
    m_id = id;
    m_place = here;
    // The others' marks are not lost for one read that failed.
    auto known = QFile::exists(m_known) ? readObject(m_known, largestKnown) : QJsonObject();
    if (!known)
        return;
    known->insert(m_folder, QJsonObject{{u"id"_s, idText(id)}, {u"place"_s, here}});
    (void)QDir().mkpath(QFileInfo(m_known).absolutePath());
    QSaveFile file(m_known);
    m_isWritten = file.open(QIODevice::WriteOnly) && writeObject(file, *known);
}

void FolderMark::make(const QUuid& id)
{
    QSaveFile file(m_folder + u'/' + libraryMarkName);
    if (openPersonsFile(file))
        (void)writeObject(file, QJsonObject{{u"version"_s, 1}, {u"id"_s, idText(id)}});
}

} // namespace seedbook
