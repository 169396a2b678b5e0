#include "jobs/SpoolFolder.h"

#include "core/ImageFormat.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTemporaryFile>
#include <QtConcurrentRun>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// No answer that was accepted is larger.
constexpr qint64 largestKept = 64LL << 20;
constexpr int threads = 6; // as many as calls may be out at once, see JobQueue

// Right after what failed: errno is the only word of a full disk.
Error writeError(const QString& words, const QString& path)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {
        full ? ErrorKind::DiskFull : ErrorKind::DiskError, QDir::toNativeSeparators(path), words};
}

Error writeError(const QFileDevice& file, const QString& path)
{
    return writeError(file.errorString(), path);
}

Result<QByteArray> readKept(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestKept)
        return Error{ErrorKind::FileUnreadable, QDir::toNativeSeparators(path), file.errorString()};
    const qint64 size = file.size();
    QByteArray bytes = file.read(size);
    if (bytes.size() != size || file.error() != QFileDevice::NoError)
        return Error{ErrorKind::FileUnreadable, QDir::toNativeSeparators(path), file.errorString()};
    return bytes;
}

// The owner's alone, also where others may write beside it; a link or somebody else's is not used.
bool makePrivate(const QString& folder)
{
    const QFileInfo info(folder);
    if (!QDir().mkpath(folder) || info.isSymLink() || !QFileInfo(folder).isDir() ||
        QFileInfo(folder).ownerId() != geteuid())
        return false;
    return QFile::setPermissions(
        folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

// All of them, each under its name once all are written: a program that is killed between two names
// leaves the other whole under the name it was written with.
Result<QStringList> keepIn(const QString& folder, const QList<SpoolFolder::Item>& items)
{
    QStringList paths;
    std::vector<std::unique_ptr<QSaveFile>> files;
    for (const SpoolFolder::Item& item : items) {
        const QString path = QDir(folder).filePath(item.name);
        auto file = std::make_unique<QSaveFile>(path);
        errno = 0;
        // commit() alone overlooks a last flush that failed, on a full disk (Qt 6.4).
        if (!file->open(QIODevice::WriteOnly) || file->write(item.bytes) != item.bytes.size() ||
            !file->flush())
            return writeError(*file, path);
        file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        paths.append(path);
        files.push_back(std::move(file));
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!files.at(i)->commit()) {
            const Error error = writeError(*files.at(i), paths.at(qsizetype(i)));
            for (std::size_t before = 0; before < i; ++before)
                QFile::remove(paths.at(qsizetype(before)));
            return error;
        }
    }
    return paths;
}

// A program that was killed while it wrote left "name.ending.XXXXXX". A picture in it that reaches
// its end is one, whatever its name says; what else came is kept as an answer, unless the whole one
// is there.
void takeOver(const QDir& dir)
{
    static const QRegularExpression unfinished(u"^([0-9a-f-]{36})\\.[a-z]+\\.\\w{6}$"_s);
    static const QRegularExpression answer(u"^([0-9a-f-]{36})\\.answer$"_s);
    const auto isThere = [&dir](const QString& name, const QString& ending) {
        return QFileInfo::exists(dir.filePath(name + ending));
    };
    for (const QFileInfo& file : dir.entryInfoList(QDir::Files | QDir::Hidden | QDir::NoSymLinks)) {
        auto match = unfinished.match(file.fileName());
        const bool isUnfinished = match.hasMatch();
        if (!isUnfinished)
            match = answer.match(file.fileName());
        if (!match.hasMatch())
            continue;
        const QString name = match.captured(1);
        const bool hasPicture =
            isThere(name, u".png"_s) || isThere(name, u".jpg"_s) || isThere(name, u".webp"_s);
        const auto bytes =
            hasPicture ? Result<QByteArray>(QByteArray()) : readKept(file.filePath());
        if (!bytes)
            continue; // another start may be able to read it
        if (const auto picture = wholePicture(*bytes)) {
            QFile::rename(
                file.filePath(), dir.filePath(name + u'.' + fileExtension(picture->format)));
            continue;
        }
        if (!isUnfinished)
            continue;
        if (hasPicture || isThere(name, answerEnding) || bytes->isEmpty() ||
            !QFile::rename(file.filePath(), dir.filePath(name + answerEnding)))
            QFile::remove(file.filePath());
    }
}

} // namespace

SpoolFolder::SpoolFolder(QString folder, QStringList others)
    : m_folders(QStringList{std::move(folder)} + std::move(others))
{
    m_threads.setMaxThreadCount(threads);
}

QFuture<Result<QStringList>> SpoolFolder::keep(const QList<Item>& items)
{
    return QtConcurrent::run(&m_threads, [this, items]() -> Result<QStringList> {
        if (auto made = makeFolder(); !made)
            return made.error();
        return keepIn(m_folders.first(), items);
    });
}

QFuture<Result<QStringList>> SpoolFolder::keepElsewhere(const QList<Item>& items)
{
    return QtConcurrent::run(&m_threads, [folders = m_folders, items]() -> Result<QStringList> {
        Result<QStringList> last = Error{ErrorKind::DiskError, {}, {}};
        for (qsizetype i = 1; !last && i < folders.size(); ++i) {
            if (makePrivate(folders.at(i)))
                last = keepIn(folders.at(i), items);
        }
        return last;
    });
}

// The first time, in list(), it is whatever is there: this run's ledger lies in it.
Result<void> SpoolFolder::lookAround()
{
    const QString around = QFileInfo(m_folders.first()).absolutePath();
    const QMutexLocker lock(&m_mutex);
    if (!m_around)
        (void)QDir().mkpath(around);
    struct stat info = {};
    const bool isThere = ::stat(QFile::encodeName(around).constData(), &info) == 0;
    const Place place{info.st_dev, info.st_ino};
    if (m_around && (!isThere || place != *m_around))
        return Error{ErrorKind::DatabaseGone, QDir::toNativeSeparators(around), {}};
    if (isThere)
        m_around = place;
    return {};
}

Result<void> SpoolFolder::makeFolder()
{
    if (auto here = lookAround(); !here)
        return here;
    errno = 0;
    if (!makePrivate(m_folders.first()))
        return writeError(qt_error_string(errno), m_folders.first());
    return {};
}

QFuture<Result<QByteArray>> SpoolFolder::read(const QString& path)
{
    return QtConcurrent::run(&m_threads, &readKept, path);
}

QFuture<QHash<QString, QString>> SpoolFolder::list()
{
    return QtConcurrent::run(&m_threads, [this] {
        (void)lookAround(); // whoever keeps something is told
        QHash<QString, QString> paths;
        for (const QString& folder : m_folders) {
            const QDir dir(folder);
            if (!dir.exists() || QFileInfo(folder).ownerId() != geteuid())
                continue;
            takeOver(dir);
            for (const QString& name : dir.entryList(QDir::Files | QDir::NoSymLinks)) {
                const QString key = QFileInfo(name).completeBaseName();
                // A picture goes before an answer that did not become one.
                if (!paths.contains(key) || paths.value(key).endsWith(answerEnding))
                    paths.insert(key, dir.filePath(name));
            }
        }
        return paths;
    });
}

QFuture<Result<void>> SpoolFolder::probe()
{
    return QtConcurrent::run(&m_threads, [this]() -> Result<void> {
        const QString& folder = m_folders.first();
        if (auto made = makeFolder(); !made)
            return made;
        // A file without a name, where the system has such: a program that is killed leaves none.
        const QByteArray bytes(4096, '.');
        QTemporaryFile file(folder + u"/probe.XXXXXX"_s);
        errno = 0;
        if (!file.open() || file.write(bytes) != bytes.size() || !file.flush())
            return writeError(file, folder);
        return {};
    });
}

void SpoolFolder::remove(const QString& path)
{
    const bool ours = std::ranges::any_of(
        m_folders, [&path](const QString& folder) { return path.startsWith(folder + u'/'); });
    if (ours)
        (void)QtConcurrent::run(&m_threads, [path] { QFile::remove(path); });
}

} // namespace seedbook
