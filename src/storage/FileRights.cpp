#include "storage/FileRights.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QSaveFile>

#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace seedbook {

namespace {

constexpr mode_t closed = 077;

QMutex mutex;
std::optional<mode_t> persons; // none: files are not closed
int alive = 0;                 // PersonsFiles that are

void closeWithoutLinks(const QString& path, int levels)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat info = {};
    if (::lstat(name.constData(), &info) != 0 || info.st_uid != ::geteuid() ||
        !(S_ISDIR(info.st_mode) || S_ISREG(info.st_mode)))
        return;
    if (S_ISDIR(info.st_mode) && QFile::exists(path + u'/' + libraryMarkName))
        return;
    if ((info.st_mode & closed) != 0)
        (void)::chmod(name.constData(), info.st_mode & 0700);
    if (!S_ISDIR(info.st_mode) || levels <= 0)
        return;
    const QDir folder(path);
    for (const QString& entry : folder.entryList(
             QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Unsorted))
        closeWithoutLinks(folder.filePath(entry), levels - 1);
}

} // namespace

void closeFilesToOthers()
{
    const QMutexLocker locked(&mutex);
    const mode_t before = ::umask(closed);
    if (!persons)
        persons = before;
}

void closeToOthers(const QString& path, int levels)
{
    // The folder itself may have been moved to another disk, with a link in its place.
    if (const QString real = QFileInfo(path).canonicalFilePath(); !real.isEmpty())
        closeWithoutLinks(real, levels);
}

PersonsFiles::PersonsFiles()
{
    const QMutexLocker locked(&mutex);
    if (alive++ == 0 && persons)
        ::umask(*persons);
}

PersonsFiles::~PersonsFiles()
{
    const QMutexLocker locked(&mutex);
    if (--alive == 0 && persons)
        ::umask(closed);
}

bool openPersonsFile(QSaveFile& file)
{
    const PersonsFiles rights;
    return file.open(QIODevice::WriteOnly);
}

bool makePersonsFolder(const QString& path)
{
    const PersonsFiles rights;
    return QDir().mkpath(path);
}

} // namespace seedbook
