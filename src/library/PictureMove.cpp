#include "library/PictureMove.h"

#include "library/FolderWalk.h"
#include "library/PictureFile.h"
#include "metadata/PictureMetadata.h"
#include "storage/FileRights.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int mostNames = 10000; // tried before giving up on one name

bool isThere(const QString& path)
{
    struct stat info = {};
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0;
}

bool isFile(const QString& path)
{
    struct stat info = {};
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 && S_ISREG(info.st_mode);
}

// Answers whether it went well, and leaves errno otherwise: EEXIST where the name is taken.
bool rename(const QString& fromPath, const QString& toPath)
{
    const QByteArray from = QFile::encodeName(fromPath);
    const QByteArray to = QFile::encodeName(toPath);
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // A file system or kernel without it: take the name with an empty file, then replace that.
    const int own =
        ::open(to.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (own < 0)
        return false;
    ::close(own);
    if (::rename(from.constData(), to.constData()) == 0)
        return true;
    const int code = errno;
    ::unlink(to.constData());
    errno = code;
    return false;
}

// A sidecar that is named after the picture without its ending may be another picture's too.
bool isShared(const QString& picturePath)
{
    const QFileInfo picture(picturePath);
    const QString start = picture.completeBaseName() + u'.';
    const QStringList names = picture.dir().entryList(QDir::Files);
    return std::any_of(names.cbegin(), names.cend(), [&](const QString& name) {
        return name != picture.fileName() && name.startsWith(start) && isPictureName(name) &&
               QFileInfo(name).completeBaseName() == picture.completeBaseName();
    });
}

struct Sidecar
{
    QString path;
    qsizetype place = 0; // in sidecarPaths()
};

struct Sidecars
{
    QList<Sidecar> own;
    QStringList shared;
};

Sidecars sidecarsOf(const QString& picturePath)
{
    Sidecars found;
    const QStringList paths = sidecarPaths(picturePath);
    for (qsizetype place = 0; place < paths.size(); ++place) {
        const QString& path = paths.at(place);
        if (!isThere(path))
            continue;
        if (place > 0 && isShared(picturePath))
            found.shared.append(path);
        else
            found.own.append({path, place});
    }
    return found;
}

// A name that nothing has, and that no sidecar but the `expected` ones waits for.
bool isFree(const QString& path, const QStringList& expected)
{
    const QStringList sidecars = sidecarPaths(path);
    return !isThere(path) &&
           std::none_of(sidecars.cbegin(), sidecars.cend(), [&](const QString& sidecar) {
               return !expected.contains(sidecar) && isThere(sidecar);
           });
}

void takeBack(const QList<FileMove>& moves)
{
    for (const FileMove& move : moves)
        (void)rename(move.to, move.from); // what cannot be stays, under a name of its own
}

// The sidecars go first, so that nobody sees the picture without them.
Result<MoveReceipt> place(const QString& path, const QList<Sidecar>& sidecars,
    const QString& wanted, const QStringList& expected)
{
    const QString folder = QFileInfo(wanted).path();
    for (int number = 1; number <= mostNames; ++number) {
        MoveReceipt receipt{{}, {path, numberedPath(wanted, number)}, {}, {}};
        if (!isFree(receipt.file.to, number == 1 ? expected : QStringList()))
            continue;
        int code = 0;
        for (const Sidecar& sidecar : sidecars) {
            const FileMove move{sidecar.path, sidecarPaths(receipt.file.to).value(sidecar.place)};
            if (rename(move.from, move.to))
                receipt.sidecars.append(move);
            else if (errno != ENOENT) // it was thrown away; the picture is worth more
                code = errno;
        }
        if (code == 0 && rename(path, receipt.file.to))
            return receipt;
        code = code == 0 ? errno : code;
        takeBack(receipt.sidecars);
        if (code == ENOENT && !isThere(path))
            return Error{ErrorKind::PictureMissing, path, {}};
        if (code != EEXIST)
            return fileError(code, folder, receipt.file.to);
    }
    return fileError(EEXIST, folder, wanted);
}

QString homeTrash()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/Trash"_s;
}

// The desktop's note of where a file in the trash came from.
QString trashNote(const QString& path)
{
    const QFileInfo file(path);
    return QFileInfo(file.path()).path() + u"/info/"_s + file.fileName() + u".trashinfo"_s;
}

bool isInTrash(const QString& path)
{
    const QFileInfo files(QFileInfo(path).path());
    const QFileInfo trash(files.path());
    const QString user = QString::number(::getuid());
    const bool isTrash =
        trash.canonicalFilePath() == QFileInfo(homeTrash()).canonicalFilePath() ||
        trash.fileName() == u".Trash-"_s + user ||
        (trash.fileName() == user && QFileInfo(trash.path()).fileName() == ".Trash"_L1);
    return files.fileName() == "files"_L1 && isTrash && isThere(trashNote(path));
}

// Where the home trash is missing, Qt puts files into the working directory and says that all went
// well (6.4).
bool makeHomeTrash()
{
    const QString trash = homeTrash();
    if (!QDir().mkpath(QFileInfo(trash).path()))
        return false;
    ::mkdir(QFile::encodeName(trash).constData(), 0700); // nobody else's to see
    return QDir().mkpath(trash + u"/files"_s) && QDir().mkpath(trash + u"/info"_s) &&
           ::access(QFile::encodeName(trash + u"/files"_s).constData(), W_OK) == 0 &&
           ::access(QFile::encodeName(trash + u"/info"_s).constData(), W_OK) == 0;
}

Result<QString> trashFile(const QString& path)
{
    if (!makeHomeTrash())
        return Error{ErrorKind::NoTrash, path, {}};
    const QString folder = QFileInfo(path).path();
    if (::access(QFile::encodeName(folder).constData(), W_OK) != 0)
        return fileError(errno, folder, path);
    QFile file(path);
    if (!file.moveToTrash())
        return Error{ErrorKind::NoTrash, path, {}};
    return confirmTrashed(path, file.fileName());
}

} // namespace

QString numberedPath(const QString& path, int number)
{
    if (number == 1)
        return path;
    const QFileInfo info(path);
    return info.path() +
           u"/%1 (%2).%3"_s.arg(info.completeBaseName(), QString::number(number), info.suffix());
}

Result<QString> confirmTrashed(const QString& from, const QString& went)
{
    const QString path = QFileInfo(went).absoluteFilePath();
    if (isInTrash(path))
        return path;
    const QString note = trashNote(path);
    for (int number = 1; number <= mostNames; ++number) {
        if (rename(path, numberedPath(from, number)) || errno != EEXIST)
            break;
    }
    if (!isThere(path)) {
        QFile::remove(note);
        // Only where they are empty.
        for (const QString& made : {path, note})
            ::rmdir(QFile::encodeName(QFileInfo(made).path()).constData());
    }
    return Error{ErrorKind::NoTrash, from, {}};
}

Result<MoveReceipt> trashPicture(const QString& path)
{
    if (!isFile(path))
        return Error{ErrorKind::PictureMissing, path, {}};
    const Sidecars sidecars = sidecarsOf(path);
    const auto went = trashFile(path);
    if (!went)
        return went.error();
    MoveReceipt receipt{{}, {path, *went}, {}, sidecars.shared};
    for (const Sidecar& sidecar : sidecars.own) {
        const auto alsoWent = trashFile(sidecar.path);
        if (!alsoWent && !isThere(sidecar.path))
            continue; // somebody else was quicker
        if (!alsoWent) {
            // Its name was free a moment ago; where it is not, another one is found.
            receipt.left.append(sidecar.path);
            (void)bringBack(receipt);
            return alsoWent.error();
        }
        receipt.sidecars.append({sidecar.path, *alsoWent});
    }
    return receipt;
}

Result<MoveReceipt> movePicture(const QString& path, const QString& folder)
{
    if (!isFile(path))
        return Error{ErrorKind::PictureMissing, path, {}};
    const QFileInfo info(path);
    if (QDir::cleanPath(info.path()) == QDir::cleanPath(folder))
        return MoveReceipt{{}, {path, path}, {}, {}};
    const Sidecars sidecars = sidecarsOf(path);
    auto receipt = place(path, sidecars.own, folder + u'/' + info.fileName(), {});
    if (!receipt)
        return receipt;
    receipt->left = sidecars.shared;
    if (sidecars.shared.isEmpty() || !receipt->sidecars.isEmpty())
        return receipt;
    // It tells of this picture too, which gets a copy, by the name that is its alone.
    const auto shared =
        readWholeFile(QFileInfo(sidecars.shared.first()).canonicalFilePath(), largestSidecarFile);
    const auto copied = shared ? writeNewFile(sidecarPath(receipt->file.to), shared->bytes)
                               : Result<QString>(shared.error());
    if (!copied) {
        (void)rename(receipt->file.to, path);
        return copied.error();
    }
    receipt->sidecars.append({sidecarPath(path), *copied});
    return receipt;
}

Result<MoveReceipt> bringBack(const MoveReceipt& receipt)
{
    const auto& [from, to] = receipt.file;
    if (!isFile(to))
        return Error{ErrorKind::PictureMissing, to, {}};
    if (from == to)
        return MoveReceipt{receipt.id, receipt.file, {}, {}};
    const QString folder = QFileInfo(from).path();
    if (!makePersonsFolder(folder))
        return Error{ErrorKind::FolderNotWritable, folder, {}};
    const QStringList paths = sidecarPaths(from);
    QList<Sidecar> sidecars;
    QStringList notes;
    if (isInTrash(to))
        notes.append(trashNote(to));
    for (const FileMove& sidecar : receipt.sidecars) {
        sidecars.append({sidecar.to, qMax<qsizetype>(0, paths.indexOf(sidecar.from))});
        if (isInTrash(sidecar.to))
            notes.append(trashNote(sidecar.to));
    }
    auto back = place(to, sidecars, from, receipt.left);
    if (!back)
        return back;
    for (const QString& note : std::as_const(notes))
        QFile::remove(note);
    back->id = receipt.id;
    return back;
}

} // namespace seedbook
