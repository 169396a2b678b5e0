#include "library/PictureCopy.h"

#include "core/Words.h"
#include "library/PersonsFiles.h"
#include "metadata/PictureMetadata.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <cerrno>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qint64 chunk = 1 << 20;
// What is read as a whole; no picture within the decoder's bounds is larger by much.
constexpr qint64 largestWhole = qint64{512} << 20;

// Also by another name of it: a symbolic or a hard link.
bool isSameFile(const QString& a, const QString& b)
{
    struct stat first
    {
    };
    struct stat second
    {
    };
    return stat(QFile::encodeName(a).constData(), &first) == 0 &&
           stat(QFile::encodeName(b).constData(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

Error writeError(const QSaveFile& file)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {full ? ErrorKind::DiskFull : ErrorKind::DiskError, file.fileName(), file.errorString()};
}

Result<void> openForReading(QFile& file)
{
    // Opening a pipe would wait for its other end.
    if (!QFileInfo(file.fileName()).isFile() || !file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::FileUnreadable, file.fileName(), file.errorString()};
    return {};
}

// A device, a pipe or a folder is not replaced by a file of its name.
Result<void> checkTarget(const QString& target)
{
    const QFileInfo there(target);
    if (there.exists() && !there.isFile())
        return Error{ErrorKind::DiskError, target, Words::tr("It is not a file.")};
    return {};
}

Result<QByteArray> cleanBytes(const QString& source)
{
    QFile in(source);
    if (!in.exists())
        return Error{ErrorKind::PictureMissing, source, {}};
    if (const auto opened = openForReading(in); !opened)
        return opened.error();
    if (in.size() > largestWhole)
        return Error{ErrorKind::FileUnreadable, source, Words::tr("The file is too large.")};
    const QByteArray bytes = in.read(largestWhole);
    if (in.error() != QFileDevice::NoError)
        return Error{ErrorKind::FileUnreadable, source, in.errorString()};
    auto clean = withoutMetadata(bytes);
    if (!clean)
        return Error{clean.error().kind, source, clean.error().detail};
    return clean;
}

Result<void> writeWhole(const QString& target, const QByteArray& bytes)
{
    QSaveFile out(target);
    if (!openPersonsFile(out) || out.write(bytes) != bytes.size() || !out.flush() || !out.commit())
        return writeError(out);
    return {};
}

} // namespace

Result<CopyEnd> copyPictureFile(const QString& source, const QString& target)
{
    QFile in(source);
    if (!in.exists())
        return Error{ErrorKind::PictureMissing, source, {}};
    if (isSameFile(source, target))
        return CopyEnd::SameFile;
    if (const auto opened = openForReading(in); !opened)
        return opened.error();
    if (const auto replaceable = checkTarget(target); !replaceable)
        return replaceable.error();
    QSaveFile out(target);
    if (!openPersonsFile(out))
        return writeError(out);
    for (;;) {
        const QByteArray bytes = in.read(chunk);
        if (bytes.isEmpty())
            break;
        if (out.write(bytes) != bytes.size())
            return writeError(out);
    }
    if (in.error() != QFileDevice::NoError)
        return Error{ErrorKind::FileUnreadable, source, in.errorString()};
    // commit() alone overlooks a last flush that failed, on a full disk (Qt 6.4).
    if (!out.flush() || !out.commit())
        return writeError(out);
    return CopyEnd::Written;
}

QFuture<Result<CopyEnd>> copyPictureFileLater(const QString& source, const QString& target)
{
    return QtConcurrent::run([source, target] { return copyPictureFile(source, target); });
}

Result<CopyEnd> copyClean(const QString& source, const QString& target)
{
    // The library's own file keeps what it tells.
    if (isSameFile(source, target))
        return CopyEnd::SameFile;
    const auto clean = cleanBytes(source);
    if (!clean)
        return clean.error();
    if (const auto replaceable = checkTarget(target); !replaceable)
        return replaceable.error();
    if (const auto written = writeWhole(target, *clean); !written)
        return written.error();
    return CopyEnd::Written;
}

QFuture<Result<CopyEnd>> copyCleanLater(const QString& source, const QString& target)
{
    return QtConcurrent::run([source, target] { return copyClean(source, target); });
}

} // namespace seedbook
