#include "library/FolderWatcher.h"

#include "library/FolderWalk.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHash>
#include <QLoggingCategory>
#include <QSet>
#include <QThread>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <dirent.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logWatcher, "seedbook.library.watcher")

// From the first event to telling of it: a save or a move is several.
constexpr std::chrono::milliseconds gathering{200};
// How often a folder that is not there is looked for.
constexpr std::chrono::milliseconds waiting{1000};
constexpr qsizetype deepestWatched = 64;
constexpr std::uint32_t wanted = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE |
                                 IN_CREATE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
                                 IN_ONLYDIR | IN_EXCL_UNLINK;

QString joined(const QString& folder, const QString& name)
{
    return folder.isEmpty() ? name : QString(folder + u'/' + name);
}

bool isOurs(const QString& name)
{
    return isPictureName(name) || name.endsWith(".xmp"_L1, Qt::CaseInsensitive);
}

} // namespace

class FolderWatcher::Private final
{
public:
    Private(const QString& folder, Listener listener)
        : m_folder(folder)
        , m_listener(std::move(listener))
        , m_events(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_thread(QThread::create([this] { run(); }))
    {
        m_thread->setObjectName(u"FolderWatcher"_s);
        m_thread->start();
    }
    ~Private()
    {
        m_stop = true;
        wake();
        m_thread->wait();
        if (m_events >= 0)
            ::close(m_events);
        if (m_wake >= 0)
            ::close(m_wake);
    }
    Q_DISABLE_COPY_MOVE(Private)

    void wake() const
    {
        const std::uint64_t one = 1;
        (void)!::write(m_wake, &one, sizeof one);
    }

private:
    void run();
    [[nodiscard]] int patience() const;
    void tell();
    void readEvents();
    void take(const inotify_event& event);
    void applyFolder(std::uint32_t what, const QString& path);
    void takeFile(std::uint32_t what, const QString& path);
    void watchRoot();
    void checkRoot();
    void leaveRoot();
    void watchBelow(const QString& path);
    void leaveBelow(const QString& path);
    [[nodiscard]] QByteArray encoded(const QString& path) const
    {
        return QFile::encodeName(path.isEmpty() ? m_folder : QString(m_folder + u'/' + path));
    }

    QString m_folder;
    Listener m_listener;
    int m_events;
    int m_wake;
    std::atomic_bool m_stop = false;
    // The thread's.
    QHash<int, QString> m_paths; // below the folder, by watch
    QHash<QString, int> m_watches;
    bool m_hasRoot = false;
    dev_t m_device = 0;
    ino_t m_inode = 0;
    bool m_saidFull = false;
    QSet<QString> m_changed;
    bool m_lost = false;
    QDeadlineTimer m_telling = QDeadlineTimer(QDeadlineTimer::Forever);
    std::unique_ptr<QThread> m_thread;
};

void FolderWatcher::Private::run()
{
    if (m_events >= 0)
        watchRoot();
    m_lost = true;
    while (!m_stop) {
        if (m_lost || m_telling.hasExpired())
            tell();
        std::array<pollfd, 2> sources{pollfd{m_wake, POLLIN, 0}, pollfd{m_events, POLLIN, 0}};
        const int ready = ::poll(sources.data(), m_events >= 0 ? 2 : 1, patience());
        if (ready < 0 && errno != EINTR)
            return;
        std::uint64_t count = 0;
        if (::read(m_wake, &count, sizeof count) > 0)
            checkRoot();
        else if (ready == 0 && !m_hasRoot)
            checkRoot();
        if (m_events >= 0)
            readEvents();
    }
}

int FolderWatcher::Private::patience() const
{
    if (!m_telling.isForever())
        return static_cast<int>(qMax<qint64>(0, m_telling.remainingTime()));
    return m_events >= 0 && !m_hasRoot ? static_cast<int>(waiting.count()) : -1;
}

void FolderWatcher::Private::tell()
{
    m_telling = QDeadlineTimer(QDeadlineTimer::Forever);
    const bool lost = std::exchange(m_lost, false);
    const QSet<QString> changed = std::exchange(m_changed, {});
    if (lost)
        m_listener.lost();
    else if (!changed.isEmpty())
        m_listener.changed(changed.values());
}

void FolderWatcher::Private::readEvents()
{
    alignas(inotify_event) std::array<char, 65536> buffer;
    while (!m_stop) {
        const auto length = ::read(m_events, buffer.data(), buffer.size());
        if (length <= 0)
            break;
        for (ssize_t at = 0; at < length;) {
            const auto& event = *reinterpret_cast<const inotify_event*>(buffer.data() + at);
            take(event);
            at += static_cast<ssize_t>(sizeof event + event.len);
        }
        // A stream that does not end is told of all the same.
        if (m_telling.hasExpired())
            break;
    }
    if (!m_changed.isEmpty() && m_telling.isForever())
        m_telling = QDeadlineTimer(gathering);
}

void FolderWatcher::Private::take(const inotify_event& event)
{
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
        m_lost = true;
        watchBelow({}); // folders may have come that were not told of
        return;
    }
    const auto watch = m_paths.constFind(event.wd);
    if (watch == m_paths.cend())
        return;
    const QString& folder = *watch;
    const bool isOver = (event.mask & (IN_IGNORED | IN_UNMOUNT | IN_DELETE_SELF)) != 0;
    if (folder.isEmpty() && (isOver || (event.mask & IN_MOVE_SELF) != 0)) {
        leaveRoot();
        return;
    }
    if ((event.mask & IN_IGNORED) != 0) {
        if (m_watches.value(folder, -1) == event.wd)
            m_watches.remove(folder);
        m_paths.remove(event.wd);
        return;
    }
    if (event.len == 0)
        return; // the folder above tells of it too
    const QByteArray bytes(static_cast<const char*>(event.name));
    const QString name = QFile::decodeName(bytes);
    if (bytes.startsWith('.'))
        return;
    if ((event.mask & IN_ISDIR) != 0)
        applyFolder(event.mask, joined(folder, name));
    else if (isOurs(name))
        takeFile(event.mask, joined(folder, name));
}

void FolderWatcher::Private::applyFolder(std::uint32_t what, const QString& path)
{
    if ((what & (IN_MOVED_FROM | IN_DELETE)) != 0)
        leaveBelow(path);
    else
        watchBelow(path); // before it is looked at, so that nothing comes in between
    m_changed.insert(path);
}

void FolderWatcher::Private::takeFile(std::uint32_t what, const QString& path)
{
    if ((what & IN_CREATE) != 0) {
        // One that is opened for writing is told of when it is closed; others are never closed.
        struct stat info = {};
        if (::lstat(encoded(path).constData(), &info) != 0 ||
            (S_ISREG(info.st_mode) && info.st_nlink == 1))
            return;
    }
    m_changed.insert(path);
}

void FolderWatcher::Private::watchRoot()
{
    struct stat info = {};
    if (::stat(encoded({}).constData(), &info) != 0 || !S_ISDIR(info.st_mode))
        return;
    m_device = info.st_dev;
    m_inode = info.st_ino;
    watchBelow({});
    m_hasRoot = m_watches.contains(QString());
}

void FolderWatcher::Private::checkRoot()
{
    struct stat info = {};
    const bool isThere = ::stat(encoded({}).constData(), &info) == 0;
    if (m_hasRoot && isThere && info.st_dev == m_device && info.st_ino == m_inode)
        return;
    if (m_hasRoot)
        leaveRoot();
    if (isThere && m_events >= 0)
        watchRoot();
    m_lost = m_lost || m_hasRoot;
}

void FolderWatcher::Private::leaveRoot()
{
    leaveBelow({});
    m_hasRoot = false;
    m_lost = true;
}

void FolderWatcher::Private::watchBelow(const QString& path)
{
    QStringList folders{path};
    while (!folders.isEmpty()) {
        const QString folder = folders.takeLast();
        const QByteArray name = encoded(folder);
        const int watch = ::inotify_add_watch(m_events, name.constData(),
            wanted | (folder.isEmpty() ? 0U : std::uint32_t{IN_DONT_FOLLOW}));
        if (watch < 0) {
            if (errno == ENOSPC && !std::exchange(m_saidFull, true))
                qCWarning(logWatcher, "the system watches no more folders for this person");
            continue;
        }
        // A folder that was moved within keeps its watch.
        const QString before = m_paths.value(watch);
        if (before != folder && m_watches.value(before, -1) == watch)
            m_watches.remove(before);
        m_paths.insert(watch, folder);
        m_watches.insert(folder, watch);
        DIR* listed = folder.count(u'/') < deepestWatched ? ::opendir(name.constData()) : nullptr;
        if (!listed)
            continue;
        while (const dirent* entry = ::readdir(listed)) {
            const auto* below = static_cast<const char*>(entry->d_name);
            if (*below == '.' || (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN))
                continue; // what is no folder is refused above
            folders.append(joined(folder, QFile::decodeName(below)));
        }
        ::closedir(listed);
    }
}

void FolderWatcher::Private::leaveBelow(const QString& path)
{
    const QString start = path.isEmpty() ? path : QString(path + u'/');
    for (auto it = m_watches.begin(); it != m_watches.end();) {
        if (it.key() == path || it.key().startsWith(start)) {
            ::inotify_rm_watch(m_events, it.value());
            m_paths.remove(it.value());
            it = m_watches.erase(it);
        } else {
            ++it;
        }
    }
}

FolderWatcher::FolderWatcher(const QString& folder, Listener listener)
    : d(std::make_unique<Private>(folder, std::move(listener)))
{
}

FolderWatcher::~FolderWatcher() = default;

void FolderWatcher::check()
{
    d->wake();
}

} // namespace seedbook
