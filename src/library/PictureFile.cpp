#include "library/PictureFile.h"

#include "metadata/PictureMetadata.h"
#include "storage/FileRights.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

Error fileError(int code, const QString& folder, const QString& path)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorKind::DiskFull, folder, qt_error_string(code)};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorKind::FolderNotWritable, folder, qt_error_string(code)};
    default:
        return {ErrorKind::DiskError, path, qt_error_string(code)};
    }
}

namespace {

constexpr int mostNamesTried = 10000; // tried before giving up on one name
constexpr QByteArrayView temporaryStart = ".seedbook-";
constexpr QByteArrayView temporaryEnd = ".part";
constexpr qsizetype longestNumber = 13; // of 64 bits, to the base 36

class Descriptor final
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY(Descriptor)
    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int number() const { return m_number; }
    explicit operator bool() const { return m_number >= 0; }

private:
    int m_number;
};

// Whatever keeps a folder from being there, except a full disk, is an affair of that folder.
Error folderError(int code, const QString& folder)
{
    const Error error = fileError(code, folder, folder);
    return error.kind == ErrorKind::DiskError
               ? Error{ErrorKind::FolderNotWritable, folder, error.detail}
               : error;
}

// Some file systems cannot sync a folder and say EINVAL; there is nothing more to be done there.
bool syncFolder(int folder)
{
    return ::fsync(folder) == 0 || errno == EINVAL;
}

Descriptor openFolder(const QString& path)
{
    return Descriptor(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

// As the person's other programs make one.
int makeFolderAt(int parent, const QByteArray& name)
{
    const PersonsFiles rights;
    return ::mkdirat(parent, name.constData(), 0777);
}

Descriptor makeFileAt(int folder, const QByteArray& name, mode_t mode = 0644)
{
    const PersonsFiles rights;
    return Descriptor(::openat(
        folder, name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
}

// Opens a folder, made with its parents if need be, their names as durable as what comes into them.
Result<Descriptor> makeFolder(const QString& path)
{
    Descriptor folder = openFolder(path);
    if (folder)
        return folder;
    if (errno != ENOENT)
        return folderError(errno, path);
    const QFileInfo info(path);
    if (info.isRoot())
        return folderError(ENOENT, path);
    auto parent = makeFolder(info.absolutePath());
    if (!parent)
        return parent.error();
    const QByteArray name = QFile::encodeName(info.fileName());
    if (makeFolderAt(parent->number(), name) != 0 && errno != EEXIST)
        return folderError(errno, path);
    if (!syncFolder(parent->number()))
        return folderError(errno, path);
    Descriptor made = openFolder(path);
    if (!made)
        return folderError(errno, path);
    return made;
}

// The folder of a day. A link there could lead out of the library, so it is not followed.
Result<Descriptor> makeDayFolder(const Descriptor& library, const QString& path)
{
    const QByteArray name = QFile::encodeName(QFileInfo(path).fileName());
    const bool made = makeFolderAt(library.number(), name) == 0;
    if (!made && errno != EEXIST)
        return folderError(errno, path);
    Descriptor folder(::openat(
        library.number(), name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder || (made && !syncFolder(library.number())))
        return folderError(errno, path);
    return folder;
}

// The temporary names in use, for who looks for what was left. The time of such a file is no sign:
// it may be that of the picture whose place was just taken.
class TemporaryNames final
{
public:
    explicit TemporaryNames(QByteArray name)
        : m_name(std::move(name))
    {
        const QMutexLocker lock(&s_mutex);
        s_names.insert(m_name);
    }
    ~TemporaryNames()
    {
        const QMutexLocker lock(&s_mutex);
        s_names.remove(m_name);
    }
    Q_DISABLE_COPY_MOVE(TemporaryNames)

    [[nodiscard]] static bool contains(const QByteArray& name)
    {
        const QMutexLocker lock(&s_mutex);
        return s_names.contains(name);
    }

private:
    static inline QMutex s_mutex;
    static inline QSet<QByteArray> s_names;
    QByteArray m_name;
};

// A file that is gone again unless it was given a name.
class TemporaryFile final
{
public:
    explicit TemporaryFile(const Descriptor& folder, mode_t mode = 0644)
        : m_folder(folder.number())
        , m_name(temporaryStart.toByteArray() +
                 QByteArray::number(QRandomGenerator::system()->generate64(), 36) +
                 temporaryEnd.toByteArray())
        , m_held(m_name)
        , m_file(makeFileAt(m_folder, m_name, mode))
    {
    }
    ~TemporaryFile()
    {
        if (m_file && !m_renamed)
            ::unlinkat(m_folder, m_name.constData(), 0);
    }
    Q_DISABLE_COPY_MOVE(TemporaryFile)

    [[nodiscard]] int descriptor() const { return m_file.number(); }
    [[nodiscard]] const QByteArray& name() const { return m_name; }
    // What lies under the temporary name is not ours to take away, now or later.
    void leave()
    {
        const QByteArray kept = m_name.chopped(temporaryEnd.size()) + ".kept";
        ::renameat2(m_folder, m_name.constData(), m_folder, kept.constData(), RENAME_NOREPLACE);
        m_renamed = true;
    }

    // These answer whether it went well, and leave errno otherwise.
    explicit operator bool() const { return bool(m_file); }
    bool write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const auto written =
                ::write(m_file.number(), bytes.data(), static_cast<size_t>(bytes.size()));
            if (written < 0 && errno != EINTR)
                return false;
            if (written > 0)
                bytes = bytes.sliced(written);
        }
        return ::fsync(m_file.number()) == 0;
    }
    // EEXIST where the name is taken.
    bool rename(const QByteArray& name)
    {
        if (::renameat2(
                m_folder, m_name.constData(), m_folder, name.constData(), RENAME_NOREPLACE) == 0) {
            m_renamed = true;
            return true;
        }
        if (errno != EINVAL && errno != ENOSYS)
            return false;
        // A file system or kernel without it. A link never overwrites either; the temporary name
        // is taken away at the end.
        if (::linkat(m_folder, m_name.constData(), m_folder, name.constData(), 0) == 0)
            return true;
        if (errno == EEXIST)
            return false;
        // Without links too: take the name with an empty file of our own, then replace that.
        const Descriptor own(makeFileAt(m_folder, name));
        if (!own)
            return false;
        m_renamed = ::renameat(m_folder, m_name.constData(), m_folder, name.constData()) == 0;
        if (!m_renamed) {
            const int code = errno;
            ::unlinkat(m_folder, name.constData(), 0);
            errno = code;
        }
        return m_renamed;
    }

    // Takes the place of a file, which then has the temporary name.
    bool exchange(const QByteArray& name)
    {
        return ::renameat2(
                   m_folder, m_name.constData(), m_folder, name.constData(), RENAME_EXCHANGE) == 0;
    }
    bool replace(const QByteArray& name)
    {
        m_renamed = ::renameat(m_folder, m_name.constData(), m_folder, name.constData()) == 0;
        return m_renamed;
    }

private:
    int m_folder;
    QByteArray m_name;
    TemporaryNames m_held; // until the file is gone or named
    Descriptor m_file;
    bool m_renamed = false;
};

FileIdentity identityOf(const struct stat& info)
{
    return {info.st_dev, info.st_ino, info.st_size,
        qint64{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
}

std::optional<FileIdentity> identityAt(const Descriptor& folder, const QByteArray& name)
{
    struct stat info = {};
    if (::fstatat(folder.number(), name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode))
        return std::nullopt;
    return identityOf(info);
}

// What others attached to the file, such as a desktop's own tags. What cannot be had is no harm.
void copyAttributes(int from, int to)
{
    constexpr ssize_t most = 65536;
    QByteArray names(most, Qt::Uninitialized);
    const ssize_t length = ::flistxattr(from, names.data(), most);
    if (length <= 0)
        return;
    QByteArray value(most, Qt::Uninitialized);
    for (const QByteArray& name : names.first(length).split('\0')) {
        if (!name.startsWith("user."))
            continue;
        const ssize_t size = ::fgetxattr(from, name.constData(), value.data(), most);
        if (size >= 0)
            ::fsetxattr(to, name.constData(), value.constData(), static_cast<size_t>(size), 0);
    }
}

// Whose it is, and who may read it.
void copyAppearance(const Descriptor& folder, const QByteArray& name, int to)
{
    const Descriptor from(::openat(
        folder.number(), name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat info = {};
    if (!from || ::fstat(from.number(), &info) != 0)
        return;
    (void)!::fchown(to, info.st_uid, info.st_gid);
    ::fchmod(to, info.st_mode & 07777);
    copyAttributes(from.number(), to);
}

// Exchanged and looked at afterwards, so that a change in the last moment is not lost.
Result<bool> takePlace(const Descriptor& folder, TemporaryFile& file, const QByteArray& name,
    const FileIdentity& was, const QString& path)
{
    const auto ours = identityAt(folder, file.name());
    if (!file.exchange(name)) {
        if (errno == ENOENT)
            return false;
        if (errno != EINVAL && errno != ENOSYS)
            return fileError(errno, QFileInfo(path).path(), path);
        if (!file.replace(name)) // a file system without it
            return fileError(errno, QFileInfo(path).path(), path);
        return true;
    }
    if (identityAt(folder, file.name()) == was)
        return true;
    if (!file.exchange(name) || identityAt(folder, file.name()) != ours)
        file.leave(); // two changes in that moment: none of them is thrown away
    return false;
}

// Under the first name, counted up, that `mayTake` lets pass and no file has.
Result<QString> writeInto(const Descriptor& folder, const QString& folderPath,
    const QString& baseName, const QString& extension, const QByteArray& bytes,
    bool (*mayTake)(const QString& path))
{
    const auto pathOf = [&](int number) {
        const QString counted = number == 1 ? baseName : QString(baseName + u" (%1)"_s.arg(number));
        return QString(folderPath + u'/' + counted + extension);
    };
    TemporaryFile file(folder);
    if (!file || !file.write(bytes))
        return fileError(errno, folderPath, pathOf(1));
    for (int number = 1; number <= mostNamesTried; ++number) {
        const QString path = pathOf(number);
        if (!mayTake(path))
            continue;
        const QByteArray name = QFile::encodeName(path.sliced(folderPath.size() + 1));
        if (file.rename(name)) {
            if (syncFolder(folder.number()))
                return path;
            const int code = errno;
            ::unlinkat(folder.number(), name.constData(), 0);
            return fileError(code, folderPath, path);
        }
        if (errno != EEXIST)
            return fileError(errno, folderPath, path);
    }
    return fileError(EEXIST, folderPath, pathOf(1));
}

} // namespace

Result<QString> writePictureFile(const QString& folder, const QDate& day, const QString& prompt,
    const QString& mark, ImageFormat format, const QByteArray& bytes)
{
    const QString library = QFileInfo(folder).absoluteFilePath();
    auto libraryFolder = makeFolder(library);
    if (!libraryFolder)
        return libraryFolder.error();
    const QString dayPath = library + u'/' + day.toString(Qt::ISODate);
    auto dayFolder = makeDayFolder(*libraryFolder, dayPath);
    if (!dayFolder)
        return dayFolder.error();
    return writeInto(*dayFolder, dayPath, wordsForFileName(prompt) + u' ' + mark,
        u'.' + fileExtension(format), bytes, [](const QString& path) { return !hasSidecar(path); });
}

bool hasSidecar(const QString& picturePath)
{
    const QStringList paths = sidecarPaths(picturePath);
    return std::any_of(
        paths.cbegin(), paths.cend(), [](const QString& path) { return QFile::exists(path); });
}

Result<QString> writeNewFile(const QString& path, const QByteArray& bytes)
{
    const QFileInfo info(path);
    auto folder = makeFolder(info.absolutePath());
    if (!folder)
        return folder.error();
    const QString extension = info.suffix().isEmpty() ? QString() : QString(u'.' + info.suffix());
    return writeInto(*folder, info.absolutePath(), info.fileName().chopped(extension.size()),
        extension, bytes, [](const QString&) { return true; });
}

Result<WholeFile> readWholeFile(const QString& path, qint64 most)
{
    const Descriptor file(::open(
        QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file && (errno == ENOENT || errno == ENOTDIR))
        return Error{ErrorKind::PictureMissing, path, {}};
    struct stat info = {};
    if (!file || ::fstat(file.number(), &info) != 0)
        return Error{ErrorKind::FileUnreadable, path, qt_error_string(errno)};
    if (!S_ISREG(info.st_mode) || info.st_size > most)
        return Error{ErrorKind::FileUnreadable, path,
            qt_error_string(S_ISREG(info.st_mode) ? EFBIG : EINVAL)};
    WholeFile whole{QByteArray(info.st_size, Qt::Uninitialized), identityOf(info)};
    qsizetype done = 0;
    while (done < whole.bytes.size()) {
        const auto got = ::read(file.number(), whole.bytes.data() + done,
            static_cast<size_t>(whole.bytes.size() - done));
        if (got < 0 && errno != EINTR)
            return Error{ErrorKind::FileUnreadable, path, qt_error_string(errno)};
        if (got == 0)
            break; // it became shorter; its identity then is another too
        done += qMax<ssize_t>(0, got);
    }
    whole.bytes.truncate(done);
    return whole;
}

Result<bool> replaceFile(
    const QString& path, const std::optional<FileIdentity>& was, const QByteArray& bytes)
{
    const QFileInfo info(path);
    const QString folderPath = info.path();
    const QByteArray name = QFile::encodeName(info.fileName());
    const Descriptor folder = openFolder(folderPath);
    if (!folder)
        return fileError(errno, folderPath, path);
    // A name could be replaced although its file may not be written to; that would not be fair.
    if (was && ::faccessat(folder.number(), name.constData(), W_OK, 0) != 0)
        return errno == ENOENT ? Result<bool>(false) : fileError(errno, path, path);
    // Nobody opens it before it has the rights of the one that it replaces.
    TemporaryFile file(folder, was ? 0600 : 0644);
    if (!file)
        return fileError(errno, folderPath, path);
    if (was)
        copyAppearance(folder, name, file.descriptor());
    if (!file.write(bytes))
        return fileError(errno, folderPath, path);
    if (!was) {
        if (!file.rename(name))
            return errno == EEXIST ? Result<bool>(false) : fileError(errno, folderPath, path);
    } else {
        if (identityAt(folder, name) != was)
            return false;
        if (auto taken = takePlace(folder, file, name, *was, path); !taken || !*taken)
            return taken;
    }
    if (!syncFolder(folder.number()))
        return fileError(errno, folderPath, path);
    return true;
}

bool isLeftover(const QByteArray& name)
{
    if (!name.startsWith(temporaryStart) || !name.endsWith(temporaryEnd))
        return false;
    const qsizetype length = name.size() - temporaryStart.size() - temporaryEnd.size();
    if (length < 1 || length > longestNumber)
        return false;
    const QByteArrayView number = QByteArrayView(name).sliced(temporaryStart.size(), length);
    const bool isOurs = std::all_of(number.begin(), number.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
    });
    return isOurs && !TemporaryNames::contains(name);
}

Result<void> tryFolder(const QString& folder)
{
    auto opened = makeFolder(QFileInfo(folder).absoluteFilePath());
    if (!opened)
        return opened.error();
    TemporaryFile file(*opened);
    if (!file || !file.write("seedbook"))
        return fileError(errno, folder, folder);
    return {};
}

} // namespace seedbook
