#include "library/FolderWalk.h"

#include "core/Words.h"
#include "library/PictureFile.h"
#include "metadata/PictureMetadata.h"

#include <QFile>
#include <QHash>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Deeper than any real one; a folder that holds itself ends here too.
constexpr qsizetype deepest = 64;

// In a folder, and what its path goes on with: where that stands among the others'.
struct Name
{
    QByteArray name;
    QByteArray place;
};

struct Closer
{
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, Closer>;

qint64 nanoseconds(const timespec& time)
{
    return qint64{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

qint64 modified(const struct stat& info)
{
    const qint64 time = nanoseconds(info.st_mtim);
    return time == 0 ? 1 : time; // 0 means that it is not known
}

// Of sidecars; none where there is none.
struct Times
{
    qint64 modified = 0;
    qint64 changed = 0;
};

// `sidecar` tells the times of one of the paths (or names) where a sidecar of `picture` may lie.
template <typename Sidecar>
FileState stateOf(const struct stat& info, const QString& picture, const Sidecar& sidecar)
{
    FileState state{info.st_size, modified(info), 0, nanoseconds(info.st_ctim)};
    for (const QString& path : sidecarPaths(picture)) {
        const Times times = sidecar(path);
        state.sidecar += times.modified;
        state.changed += times.changed;
    }
    return state;
}

bool isSidecarName(const QString& name)
{
    return name.endsWith(".xmp"_L1, Qt::CaseInsensitive);
}

Error cannotOpen(int code)
{
    return {ErrorKind::FileUnreadable, {}, qt_error_string(code)};
}

class Walk final
{
public:
    enum class Leftovers { Leave, Remove };
    Walk(const std::atomic_bool& stop, const FileFound& found,
        Leftovers leftovers = Leftovers::Leave)
        : m_stop(stop)
        , m_found(found)
        , m_leftovers(leftovers)
    {
    }

    // Takes the descriptor.
    void list(int descriptor, const QString& path, qsizetype depth);
    // Of an entry of the folder `parent`; sidecars are told by `sidecar`.
    template <typename Sidecar>
    void look(int parent, const QByteArray& name, const QString& path, qsizetype depth,
        const Sidecar& sidecar);
    void cannotList(const QString& path, const Error& error)
    {
        m_found({path, {}, error});
        seen.unseen.append(path);
    }

    Seen seen;

private:
    void passOver(int folder, const QByteArray& hidden) const;

    const std::atomic_bool& m_stop;
    const FileFound& m_found;
    Leftovers m_leftovers;
};

void Walk::passOver(int folder, const QByteArray& hidden) const
{
    struct stat info = {};
    if (m_leftovers == Leftovers::Remove && isLeftover(hidden) &&
        ::fstatat(folder, hidden.constData(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(info.st_mode) && info.st_mtim.tv_sec < std::time(nullptr) - temporaryFor)
        ::unlinkat(folder, hidden.constData(), 0);
}

void Walk::list(int descriptor, const QString& path, qsizetype depth)
{
    const Folder folder(descriptor < 0 ? nullptr : ::fdopendir(descriptor));
    if (!folder) {
        const int code = errno;
        if (descriptor >= 0)
            ::close(descriptor);
        cannotList(path, cannotOpen(code));
        return;
    }
    if (depth > deepest) {
        cannotList(path, {ErrorKind::FileUnreadable, {}, Words::tr("It is nested too deeply.")});
        return;
    }
    std::vector<Name> names;
    QHash<QString, Times> sidecars;
    errno = 0;
    while (const dirent* entry = ::readdir(folder.get())) {
        const QByteArray name(static_cast<const char*>(entry->d_name));
        struct stat info = {};
        if (name.startsWith('.') || m_stop) {
            if (!m_stop)
                passOver(::dirfd(folder.get()), name);
            errno = 0;
            continue;
        }
        const QString decoded = QFile::decodeName(name);
        if (isSidecarName(decoded)) {
            if (::fstatat(::dirfd(folder.get()), name.constData(), &info, 0) == 0 &&
                S_ISREG(info.st_mode))
                sidecars.insert(decoded, {modified(info), nanoseconds(info.st_ctim)});
        } else if (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN ||
                   isPictureName(decoded)) {
            names.push_back({name, entry->d_type == DT_DIR ? QByteArray(name + '/') : name});
        }
        errno = 0;
    }
    if (errno != 0)
        cannotList(path, cannotOpen(errno));
    std::sort(
        names.begin(), names.end(), [](const Name& a, const Name& b) { return a.place < b.place; });
    for (const auto& [name, place] : names) {
        if (m_stop)
            return;
        const QString below = QFile::decodeName(name);
        look(::dirfd(folder.get()), name, path.isEmpty() ? below : QString(path + u'/' + below),
            depth, [&sidecars](const QString& wanted) { return sidecars.value(wanted); });
    }
}

template <typename Sidecar>
void Walk::look(int parent, const QByteArray& name, const QString& path, qsizetype depth,
    const Sidecar& sidecar)
{
    struct stat info = {};
    if (::fstatat(parent, name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT && errno != ENOTDIR) // else gone meanwhile
            seen.unseen.append(path);
        return;
    }
    const QString decoded = QFile::decodeName(name);
    const bool isFolder = S_ISDIR(info.st_mode);
    if (!isFolder && !isPictureName(decoded))
        return;
    const auto refuse = [&](const QString& reason) {
        m_found({path, stateOf(info, {}, [](const QString&) { return Times{}; }),
            Error{ErrorKind::FileUnreadable, {}, reason}});
        if (isFolder)
            seen.unseen.append(path);
    };
    if (QFile::encodeName(decoded) != name) {
        refuse(Words::tr("Its name is not valid UTF-8."));
    } else if (isFolder) {
        list(::openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
            path, depth + 1);
    } else if (S_ISLNK(info.st_mode)) {
        refuse(Words::tr("It is a symbolic link."));
    } else if (!S_ISREG(info.st_mode)) {
        refuse(Words::tr("It is a device or a pipe, not a file."));
    } else {
        m_found({path, stateOf(info, decoded, sidecar), std::nullopt});
    }
}

int openRoot(const QString& folder)
{
    return ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Step by step: a folder on the way that has become a link meanwhile is not followed.
int openBelow(int root, const QString& path)
{
    int folder = ::fcntl(root, F_DUPFD_CLOEXEC, 0);
    const QStringList names = path.split(u'/', Qt::SkipEmptyParts);
    for (const QString& name : names) {
        if (folder < 0)
            break;
        errno = ENOENT; // of the hidden, which are passed over; the one above is among them
        const int next = name.startsWith(u'.')
                             ? -1
                             : ::openat(folder, QFile::encodeName(name).constData(),
                                   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        const int code = errno;
        ::close(folder);
        errno = code;
        folder = next;
    }
    return folder;
}

void identify(int folder, Seen& seen)
{
    struct stat info = {};
    if (folder >= 0 && ::fstat(folder, &info) == 0) {
        seen.device = info.st_dev;
        seen.inode = info.st_ino;
    }
}

Times sidecarTimes(const QString& path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISREG(info.st_mode)
               ? Times{modified(info), nanoseconds(info.st_ctim)}
               : Times{};
}

} // namespace

bool isPictureName(const QString& name)
{
    if (name.startsWith(u'.'))
        return false;
    for (const auto ending : {".png"_L1, ".jpg"_L1, ".jpeg"_L1, ".webp"_L1}) {
        if (name.size() > ending.size() && name.endsWith(ending, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

Seen walkFolder(const QString& folder, const std::atomic_bool& stop, const FileFound& found)
{
    Walk walk(stop, found, Walk::Leftovers::Remove);
    const int root = openRoot(folder);
    identify(root, walk.seen);
    walk.list(root, {}, 0);
    if (stop)
        walk.seen.unseen = QStringList{QString()};
    return walk.seen;
}

Seen walkBelow(const QString& folder, const QString& path, const std::atomic_bool& stop,
    const FileFound& found)
{
    Walk walk(stop, found);
    const int root = openRoot(folder);
    if (root < 0) {
        walk.cannotList({}, cannotOpen(errno));
        return walk.seen;
    }
    identify(root, walk.seen);
    const qsizetype slash = path.lastIndexOf(u'/');
    const QString above = slash < 0 ? QString() : path.first(slash);
    const int parent = openBelow(root, above);
    if (parent < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
        walk.cannotList(path, cannotOpen(errno));
    if (parent >= 0) {
        walk.look(parent, QFile::encodeName(path.sliced(slash + 1)), path, path.count(u'/'),
            [&](const QString& sidecar) {
                return sidecarTimes(
                    folder + u'/' + (above.isEmpty() ? sidecar : QString(above + u'/' + sidecar)));
            });
        ::close(parent);
    }
    ::close(root);
    if (stop)
        walk.seen.unseen = QStringList{QString()};
    return walk.seen;
}

std::optional<FileState> stateOfFile(const QString& path)
{
    struct stat info = {};
    if (::lstat(QFile::encodeName(path).constData(), &info) != 0 || !S_ISREG(info.st_mode))
        return std::nullopt;
    return stateOf(info, path, sidecarTimes);
}

} // namespace seedbook
