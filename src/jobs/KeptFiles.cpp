#include "jobs/KeptFiles.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QtConcurrentRun>

namespace seedbook {

namespace {

// No answer that was accepted is larger.
constexpr qint64 largestKept = 64LL << 20;

} // namespace

QFuture<Result<QString>> KeptFiles::keep(const QString& name, const QByteArray& bytes) const
{
    const QString path = QDir(m_folder).filePath(name);
    return QtConcurrent::run([folder = m_folder, path, bytes]() -> Result<QString> {
        // commit() alone overlooks a last flush that failed, on a full disk (Qt 6.4).
        QSaveFile file(path);
        if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) ||
            file.write(bytes) != bytes.size() || !file.flush() || !file.commit())
            return Error{ErrorKind::DiskError, QDir::toNativeSeparators(path), file.errorString()};
        return path;
    });
}

QFuture<Result<QByteArray>> KeptFiles::read(const QString& path)
{
    return QtConcurrent::run([path]() -> Result<QByteArray> {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || file.size() > largestKept)
            return Error{
                ErrorKind::FileUnreadable, QDir::toNativeSeparators(path), file.errorString()};
        return file.read(largestKept);
    });
}

QFuture<QHash<QString, QString>> KeptFiles::list() const
{
    return QtConcurrent::run([folder = m_folder] {
        QHash<QString, QString> paths;
        const QDir dir(folder);
        for (const QFileInfo& file : dir.entryInfoList(QDir::Files))
            paths.insert(file.completeBaseName(), file.filePath());
        return paths;
    });
}

void KeptFiles::remove(const QString& path) const
{
    if (path.startsWith(m_folder + u'/'))
        (void)QtConcurrent::run([path] { QFile::remove(path); });
}

} // namespace seedbook
