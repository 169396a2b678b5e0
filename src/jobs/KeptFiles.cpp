#include "jobs/KeptFiles.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// No answer that was accepted is larger.
constexpr qint64 largestKept = 64LL << 20;
constexpr int writers = 6; // as many as calls may be out at once, see JobQueue

// Right after what failed: errno is the only word of a full disk.
Error writeError(const QSaveFile& file, const QString& path)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {full ? ErrorKind::DiskFull : ErrorKind::DiskError, QDir::toNativeSeparators(path),
        file.errorString()};
}

// A program that was killed while it wrote left "name.ending.XXXXXX": what of it came is kept as
// an answer that is no whole picture, unless the whole one is there.
QStringList takenOver(const QDir& dir)
{
    static const QRegularExpression unfinished(u"^([0-9a-f-]{36})\\.[a-z]+\\.\\w{6}$"_s);
    for (const QFileInfo& file : dir.entryInfoList(QDir::Files | QDir::Hidden)) {
        const auto match = unfinished.match(file.fileName());
        if (!match.hasMatch())
            continue;
        const QString answer = dir.filePath(match.captured(1) + answerEnding);
        const bool other =
            !dir.entryList({match.captured(1) + u".???"_s, match.captured(1) + u".????"_s,
                               match.captured(1) + answerEnding},
                    QDir::Files)
                 .isEmpty();
        if (other || file.size() == 0 || !QFile::rename(file.filePath(), answer))
            QFile::remove(file.filePath());
    }
    return dir.entryList(QDir::Files);
}

} // namespace

KeptFiles::KeptFiles(QString folder)
    : m_folder(std::move(folder))
{
    m_writers.setMaxThreadCount(writers);
}

QFuture<Result<QString>> KeptFiles::keep(const QString& name, const QByteArray& bytes)
{
    const QString path = QDir(m_folder).filePath(name);
    return QtConcurrent::run(&m_writers, [folder = m_folder, path, bytes]() -> Result<QString> {
        // commit() alone overlooks a last flush that failed, on a full disk (Qt 6.4).
        QSaveFile file(path);
        if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) ||
            file.write(bytes) != bytes.size() || !file.flush() || !file.commit())
            return writeError(file, path);
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
        for (const QString& name : takenOver(dir))
            paths.insert(QFileInfo(name).completeBaseName(), dir.filePath(name));
        return paths;
    });
}

void KeptFiles::remove(const QString& path) const
{
    if (path.startsWith(m_folder + u'/'))
        (void)QtConcurrent::run([path] { QFile::remove(path); });
}

} // namespace seedbook
