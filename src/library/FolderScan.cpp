// A pass over the folder, what keeps it going, and what this program writes into the folder itself
// guard one another against races, and are read together.
#include "library/FolderScan.h"

#include "core/ErrorWords.h"
#include "core/Words.h"
#include "library/FolderMark.h"
#include "library/ImageDecoder.h"
#include "metadata/PictureMetadata.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QThread>
#include <QtConcurrentMap>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logScan, "seedbook.library.scan")

// Enough that the transactions cost nothing, few enough that the gallery fills before one's eyes.
constexpr qsizetype batchSize = 200;
// A tenth of a second of the index's thread.
constexpr qsizetype removedAtOnce = 1000;
// More single paths than this are sooner found by a walk over all.
constexpr qsizetype mostPaths = 5000;
// A few milliseconds of the index's thread, on which others wait for pictures.
constexpr int knownAtOnce = 500;
// Files that change while they are read are looked at again after this long.
constexpr std::chrono::milliseconds patience{200};
constexpr qint64 progressEvery = 100; // milliseconds
constexpr int worthTelling = 100;     // files
// Where the system does not tell of changes, own ones are not kept for ever.
constexpr qsizetype mostOwn = 10'000;

QDateTime timeOf(const FileState& state)
{
    return QDateTime::fromMSecsSinceEpoch(state.modified / 1'000'000, Qt::UTC);
}

bool isBelow(const QString& path, const QStringList& folders)
{
    return std::any_of(folders.cbegin(), folders.cend(), [&path](const QString& folder) {
        return folder.isEmpty() || path == folder || path.startsWith(folder + u'/');
    });
}

} // namespace

// One way over the folder, or over some paths of it.
class FolderScan::Pass final
{
public:
    Pass(FolderScan& scan, bool all, QSet<QString> paths)
        : m_scan(scan)
        , m_all(all || paths.size() > mostPaths)
        , m_paths(std::move(paths))
    {
    }

    // Answers the paths that have to be looked at again.
    [[nodiscard]] Result<QStringList> run();

private:
    [[nodiscard]] Result<void> findScope();
    [[nodiscard]] Result<void> walk();
    [[nodiscard]] Result<void> knowUpTo(const QString& path);
    [[nodiscard]] Result<void> knowMore();
    void know(const QList<PictureIndex::KnownFile>& files);
    void compare(const FoundFile& file);
    [[nodiscard]] Result<void> mindAnEmptyFolder();
    [[nodiscard]] Result<void> findVanished();
    [[nodiscard]] Result<void> readAll();
    [[nodiscard]] Result<void> removeVanished();
    [[nodiscard]] Result<void> await();

    FolderScan& m_scan;
    bool m_all;
    QSet<QString> m_paths;
    Seen m_seen;
    bool m_foundNone = true;
    // What the index knows and the walk has not found so far. Of all files it is read in step with
    // the walk, both in the order of their paths, so that it stays small.
    QHash<QString, PictureIndex::KnownFile> m_known;
    std::optional<QString> m_knownUpTo;
    bool m_knowsAll = false;
    QList<FoundFile> m_toRead;
    QStringList m_again;
    std::shared_ptr<VanishedPaths> m_vanished = std::make_shared<VanishedPaths>();
    bool m_mindUnreadable = false;
    std::optional<QFuture<Result<QStringList>>> m_entering;
};

Result<QStringList> FolderScan::Pass::run()
{
    for (auto step : {&Pass::findScope, &Pass::walk, &Pass::mindAnEmptyFolder, &Pass::findVanished,
             &Pass::readAll, &Pass::await, &Pass::removeVanished}) {
        if (m_scan.m_stop)
            break;
        if (auto done = (this->*step)(); !done)
            return done.error();
    }
    if (m_entering)
        m_entering->waitForFinished();
    return m_again;
}

// A sidecar stands for its pictures: ours names the file, Adobe's all files of that name.
Result<void> FolderScan::Pass::findScope()
{
    if (m_paths.size() > mostPaths)
        return {};
    QSet<QString> scope;
    for (const QString& path : std::as_const(m_paths)) {
        if (!path.endsWith(".xmp"_L1, Qt::CaseInsensitive)) {
            scope.insert(path);
            continue;
        }
        const QString stem = path.chopped(4);
        if (isPictureName(stem.sliced(stem.lastIndexOf(u'/') + 1)))
            scope.insert(stem);
        const auto others = m_scan.m_index
                                .run([this, stem](Database& database) {
                                    return m_scan.m_contents.pathsBeginning(database, stem + u'.');
                                })
                                .result();
        if (!others)
            return others.error();
        for (const QString& other : *others)
            scope.insert(other);
    }
    m_paths = std::move(scope);
    return {};
}

Result<void> FolderScan::Pass::walk()
{
    Result<void> done;
    const auto found = [this, &done](const FoundFile& file) {
        if (done)
            done = knowUpTo(file.path);
        compare(file);
    };
    if (m_all) {
        m_seen = walkFolder(m_scan.m_folder, m_scan.m_stop, found);
    } else {
        const auto known = m_scan.m_index
                               .run([this, paths = m_paths.values()](Database& database) {
                                   return m_scan.m_contents.known(database, paths);
                               })
                               .result();
        if (!known)
            return known.error();
        know(*known);
        m_knowsAll = true;
        for (const QString& path : std::as_const(m_paths)) {
            const Seen seen = walkBelow(m_scan.m_folder, path, m_scan.m_stop, found);
            m_seen.unseen += seen.unseen;
            // Another folder than for the path before: what is missing may not have gone.
            if (m_seen.inode != 0 && (m_seen.device != seen.device || m_seen.inode != seen.inode)) {
                m_seen.unseen.append(QString());
                m_scan.lookAtAll();
            }
            m_seen.device = seen.device;
            m_seen.inode = seen.inode;
        }
    }
    while (done && !m_knowsAll && !m_scan.m_stop)
        done = knowMore();
    return done;
}

Result<void> FolderScan::Pass::knowUpTo(const QString& path)
{
    const QByteArray place = path.toUtf8();
    while (!m_knowsAll && !m_scan.m_stop && (!m_knownUpTo || m_knownUpTo->toUtf8() < place)) {
        if (auto done = knowMore(); !done)
            return done;
    }
    return {};
}

Result<void> FolderScan::Pass::knowMore()
{
    const auto known = m_scan.m_index
                           .run([this, path = m_knownUpTo](Database& database) {
                               return m_scan.m_contents.knownAfter(database, path, knownAtOnce);
                           })
                           .result();
    if (!known)
        return known.error();
    know(*known);
    const QString last = known->isEmpty() ? QString() : known->constLast().path;
    // A damaged cache may hold paths that are no text: then the rest is read anew.
    const bool goesOn = !m_knownUpTo || m_knownUpTo->toUtf8() < last.toUtf8();
    m_knowsAll = known->size() < knownAtOnce || !goesOn;
    m_knownUpTo = last;
    return {};
}

void FolderScan::Pass::know(const QList<PictureIndex::KnownFile>& files)
{
    for (const PictureIndex::KnownFile& file : files)
        m_known.insert(file.path, file);
}

void FolderScan::Pass::compare(const FoundFile& file)
{
    m_foundNone = false;
    const auto it = m_known.constFind(file.path);
    const bool same = it != m_known.cend() && it->state == file.state;
    // What is no file at all, or was one that could not be opened, may be another thing now. What
    // was told of is read in any case: not every file system keeps a time that cannot be put back.
    // But for what this program did itself.
    const bool told = m_paths.contains(file.path) && !m_scan.takeOwn(file);
    const bool settled = same && !it->mayBetter && !file.error && !told;
    if (it != m_known.cend()) {
        m_mindUnreadable = m_mindUnreadable || !it->isPicture;
        m_known.erase(it);
    }
    if (!settled)
        m_toRead.append(file);
}

// A disk that is not there leaves its empty place behind, or none at all. It may have been away
// for a part of this look alone: then it was another folder that was looked at.
Result<void> FolderScan::Pass::mindAnEmptyFolder()
{
    const bool isUnseen = isBelow({}, m_seen.unseen);
    if (m_scan.m_mark.isGone()) {
        // Says more than that it cannot be listed.
        m_toRead.removeIf([](const FoundFile& file) { return file.path.isEmpty(); });
        m_seen.unseen.append(QString());
        compare({{}, {}, Error{ErrorKind::LibraryGone, m_scan.m_folder, {}}});
        return {};
    }
    if (isUnseen)
        return {};
    const PictureIndex::FolderIdentity now{m_seen.device, m_seen.inode};
    const bool isEmpty = m_foundNone;
    const bool isPart = !m_all && now.inode != 0;
    if (!m_all && !isPart)
        return {};
    const auto doubtful =
        m_scan.m_index
            .run([this, now, isEmpty, isPart](Database& database) -> Result<bool> {
                PictureIndex& contents = m_scan.m_contents;
                const auto before = contents.identity(database);
                if (!before || *before == now)
                    return before ? Result<bool>(false) : before.error();
                if ((isEmpty || isPart) && *before != PictureIndex::FolderIdentity{})
                    return true;
                if (auto set = contents.setIdentity(database, now); !set)
                    return set.error();
                return false;
            })
            .result();
    if (!doubtful)
        return doubtful.error();
    if (*doubtful) {
        m_seen.unseen.append(QString());
        if (isPart) { // a look at all of it tells
            m_scan.lookAtAll();
            return {};
        }
        compare({{}, {},
            Error{ErrorKind::FileUnreadable, {},
                Words::tr("It is empty and another folder than before: perhaps its disk is not "
                          "there.")}});
    }
    return {};
}

Result<void> FolderScan::Pass::findVanished()
{
    if (const bool isUnseen = isBelow({}, m_seen.unseen); m_all || isUnseen)
        m_scan.m_isUnseen = isUnseen && m_scan.m_mark.isKnown(); // else it may yet be made
    for (auto it = m_known.cbegin(); it != m_known.cend(); ++it) {
        if (!isBelow(it.key(), m_seen.unseen))
            m_vanished->insert(it.key());
        m_mindUnreadable = m_mindUnreadable || !it->isPicture;
    }
    m_known.clear();
    return {};
}

Result<void> FolderScan::Pass::readAll()
{
    const auto all = static_cast<int>(m_toRead.size());
    const bool telling = all >= worthTelling;
    QElapsedTimer sinceTold;
    sinceTold.start();
    for (qsizetype begin = 0; begin < all && !m_scan.m_stop; begin += batchSize) {
        const QList<FoundFile> some = m_toRead.mid(begin, batchSize);
        const auto files = QtConcurrent::blockingMapped<QList<ReadFile>>(
            &m_scan.m_readers, some, [this](const FoundFile& file) { return m_scan.read(file); });
        for (const ReadFile& file : files)
            m_mindUnreadable = m_mindUnreadable || !file.picture;
        // One batch is entered while the next is read.
        if (auto entered = await(); !entered)
            return entered;
        m_entering =
            m_scan.m_index.run([scan = &m_scan, files, vanished = m_vanished](Database& database) {
                return scan->take(database, files, *vanished);
            });
        const int done = static_cast<int>(qMin<qsizetype>(all, begin + batchSize));
        if (telling && (sinceTold.elapsed() >= progressEvery || done == all)) {
            sinceTold.restart();
            m_scan.m_listener.progress(done, all);
        }
    }
    return {};
}

Result<void> FolderScan::Pass::await()
{
    if (!m_entering)
        return {};
    const auto entered = std::exchange(m_entering, std::nullopt)->result();
    if (!entered)
        return entered.error();
    m_again += *entered;
    return {};
}

// A folder that was emptied leaves many: the index's thread has others to serve meanwhile. In the
// order of their paths they lie together in the index.
Result<void> FolderScan::Pass::removeVanished()
{
    QStringList vanished = m_vanished->values();
    std::sort(vanished.begin(), vanished.end(), std::greater<>()); // the newest days first
    for (qsizetype begin = 0; begin < vanished.size() && !m_scan.m_stop; begin += removedAtOnce) {
        const auto removed =
            m_scan.m_index
                .run([this, some = vanished.mid(begin, removedAtOnce)](
                         Database& database) -> Result<void> {
                    VanishedPaths gone;
                    for (const QString& path : some) {
                        // What came back meanwhile, and was entered by others, stays.
                        if (!path.isEmpty() && stateOfFile(m_scan.m_folder + u'/' + path))
                            m_again.append(path);
                        else
                            gone.insert(path);
                    }
                    return m_scan.remove(database, gone);
                })
                .result();
        if (!removed)
            return removed;
        m_scan.m_mayMissSome = true;
    }
    if (!m_mindUnreadable)
        return {};
    return m_scan.m_index
        .run([this](Database& database) -> Result<void> {
            m_scan.tellUnreadable(database);
            return {};
        })
        .result();
}

FolderScan::FolderScan(QString folder, PictureIndex& contents, DatabaseThread& index,
    FolderMark& mark, Listener listener)
    : m_folder(std::move(folder))
    , m_contents(contents)
    , m_index(index)
    , m_mark(mark)
    , m_listener(std::move(listener))
{
    m_readers.setMaxThreadCount(QThread::idealThreadCount());
    m_worker.setMaxThreadCount(1);
}

FolderScan::~FolderScan()
{
    stop();
    m_worker.waitForDone();
}

void FolderScan::stop()
{
    QMutexLocker lock(&m_mutex);
    m_stop = true;
    m_stopped.wakeAll();
    const QList<Wish> wishes = std::exchange(m_wishes, {}) + std::exchange(m_settled, {});
    lock.unlock();
    grant(wishes, Error{ErrorKind::Stopped, {}, {}});
}

QFuture<Result<void>> FolderScan::lookNow()
{
    const auto wish = std::make_shared<QPromise<Result<void>>>();
    wish->start();
    QMutexLocker lock(&m_mutex);
    if (m_stop) {
        lock.unlock();
        grant({wish}, Error{ErrorKind::Stopped, {}, {}});
        return wish->future();
    }
    m_wishes.append(wish);
    m_all = true;
    start();
    return wish->future();
}

QFuture<Result<void>> FolderScan::settled()
{
    QMutexLocker lock(&m_mutex);
    if (!m_looked) {
        lock.unlock();
        return lookNow();
    }
    const auto wish = std::make_shared<QPromise<Result<void>>>();
    wish->start();
    if (m_working && !m_stop) {
        m_settled.append(wish);
        return wish->future();
    }
    lock.unlock();
    grant({wish}, {});
    return wish->future();
}

void FolderScan::grant(const QList<Wish>& wishes, const Result<void>& result)
{
    for (const Wish& wish : wishes) {
        wish->addResult(result);
        wish->finish();
    }
}

void FolderScan::lookAtAll()
{
    const QMutexLocker lock(&m_mutex);
    m_all = true;
    start();
}

void FolderScan::lookAt(const QStringList& paths)
{
    const QMutexLocker lock(&m_mutex);
    for (const QString& path : paths)
        m_paths.insert(path);
    start();
}

void FolderScan::start()
{
    if (m_working || m_stop)
        return;
    m_working = true;
    m_worker.start([this] { work(); });
}

void FolderScan::work()
{
    giveWayToTheWindow();
    bool lookedAtAll = false;
    QMutexLocker lock(&m_mutex);
    while (!m_stop && (m_all || !m_paths.isEmpty())) {
        const bool all = std::exchange(m_all, false);
        lookedAtAll = lookedAtAll || all;
        const QList<Wish> wishes = all ? std::exchange(m_wishes, {}) : QList<Wish>();
        // All that was told of when they were wished for is in this pass: a folder in which
        // something happens all the time keeps nobody waiting.
        const QList<Wish> settled = std::exchange(m_settled, {});
        Pass pass(*this, all, std::exchange(m_paths, {}));
        if (all)
            m_mayMissSome = false;
        lock.unlock();
        const auto again = pass.run();
        if (m_stop)
            grant(wishes + settled, Error{ErrorKind::Stopped, {}, {}});
        else
            grant(wishes + settled, again ? Result<void>() : again.error());
        if (!again)
            qCWarning(logScan, "the index could not be brought up to date: %s",
                qUtf8Printable(sentence(again.error())));
        if (!again || !again->isEmpty())
            m_mayMissSome = true;
        lock.relock();
        if (!again) // what it was to look at is not known to agree
            m_looked = false;
        m_looked = m_looked || (all && again);
        if (!again || again->isEmpty())
            continue;
        QDeadlineTimer deadline(patience);
        while (!m_stop && m_stopped.wait(&m_mutex, deadline)) {
        }
        for (const QString& path : *again)
            m_paths.insert(path);
    }
#ifdef __GLIBC__
    // A look at a large folder leaves much memory that was used for a moment.
    if (lookedAtAll)
        ::malloc_trim(0);
#endif
    m_working = false;
    const bool told = !m_stop;
    const QList<Wish> settled = std::exchange(m_settled, {});
    lock.unlock();
    grant(settled, {});
    if (told)
        m_listener.finished();
}

ReadFile FolderScan::read(const FoundFile& file) const
{
    giveWayToTheWindow();
    if (file.error)
        return {file.path, file.state, nullptr, {}, file.error};
    const QString path = m_folder + u'/' + file.path;
    const auto metadata = readPictureMetadata(path);
    if (!metadata)
        return {file.path, file.state, nullptr, {}, metadata.error()};
    Picture picture = toPicture(*metadata, path, file.state.bytes, timeOf(file.state));
    picture.hasSidecar = file.state.sidecar != 0;
    return {file.path, file.state, std::make_shared<const Picture>(std::move(picture)),
        metadata->codedKey, std::nullopt};
}

Result<QStringList> FolderScan::take(
    Database& database, const QList<ReadFile>& files, VanishedPaths& vanished)
{
    QList<ReadFile> sound;
    QStringList again;
    sound.reserve(files.size());
    for (const ReadFile& file : files) {
        const auto now = stateOfFile(m_folder + u'/' + file.path);
        // A pipe, a link or a folder has none.
        const bool isOdd = !now && file.error &&
                           (file.error->kind == ErrorKind::FileUnreadable ||
                               file.error->kind == ErrorKind::LibraryGone);
        if (isOdd || now == file.state)
            sound.append(file);
        else
            again.append(file.path);
    }
    const auto changes = m_contents.take(database, sound, vanished);
    if (!changes)
        return changes.error();
    if (!changes->isEmpty())
        m_listener.changed(*changes);
    return again;
}

void FolderScan::remember(const QList<ReadFile>& files, const QStringList& butFor)
{
    const QMutexLocker lock(&m_mutex);
    if (m_own.size() > mostOwn)
        m_own.clear();
    for (const ReadFile& file : files) {
        if (file.picture && !butFor.contains(file.path))
            m_own.insert(file.path, file.state);
    }
}

bool FolderScan::takeOwn(const FoundFile& file)
{
    const QMutexLocker lock(&m_mutex);
    const auto own = m_own.constFind(file.path);
    const bool same = own != m_own.cend() && *own == file.state;
    if (own != m_own.cend())
        m_own.erase(own);
    return same;
}

ReadFile FolderScan::readOwn(const PicturePtr& written)
{
    const QString path = m_contents.relativePath(written->path).value_or(QString());
    ReadFile file{path, {written->bytes, 0, 0, 0}, written, {}, {}};
    const auto state = stateOfFile(written->path);
    const ReadFile now = state ? read({path, *state, std::nullopt}) : ReadFile{};
    if (now.picture && now.picture->id == written->id) {
        file.state = now.state;
        file.codedKey = now.codedKey;
        remember({file}, {});
    }
    return file;
}

Result<ReadFile> FolderScan::readAt(const QString& path) const
{
    const auto relative = m_contents.relativePath(path);
    const auto state = stateOfFile(path);
    if (!relative || !state)
        return Error{ErrorKind::PictureMissing, path, {}};
    return read({*relative, *state, std::nullopt});
}

Result<PicturePtr> FolderScan::enter(const QString& path)
{
    const auto read = readAt(path);
    if (!read)
        return read.error();
    return m_index
        .run([this, file = *read](Database& database) -> Result<PicturePtr> {
            VanishedPaths none;
            const auto again = take(database, {file}, none);
            if (!again)
                return again.error();
            remember({file}, *again);
            if (!again->isEmpty())
                lookAt(*again);
            if (!file.picture) {
                tellUnreadable(database);
                return *file.error;
            }
            return m_contents.findPath(database, file.path);
        })
        .result();
}

Result<void> FolderScan::follow(const QStringList& there, const QStringList& gone)
{
    QList<FoundFile> found;
    for (const QString& path : there) {
        const auto relative = m_contents.relativePath(path);
        const auto state = stateOfFile(path);
        if (relative && state)
            found.append({*relative, *state, std::nullopt});
    }
    const auto files = QtConcurrent::blockingMapped<QList<ReadFile>>(
        &m_readers, found, [this](const FoundFile& file) { return read(file); });
    return m_index
        .run([this, files, gone](Database& database) -> Result<void> {
            VanishedPaths vanished;
            for (const QString& path : gone) {
                if (!stateOfFile(m_folder + u'/' + path))
                    vanished.insert(path);
            }
            const auto again = take(database, files, vanished);
            if (!again)
                return again.error();
            remember(files, *again);
            if (!again->isEmpty())
                lookAt(*again);
            if (std::any_of(files.cbegin(), files.cend(),
                    [](const ReadFile& file) { return !file.picture; }))
                tellUnreadable(database);
            return remove(database, vanished);
        })
        .result();
}

Result<void> FolderScan::remove(Database& database, const VanishedPaths& paths)
{
    if (paths.isEmpty())
        return {};
    const auto changes = m_contents.remove(database, paths);
    if (!changes)
        return changes.error();
    if (!changes->isEmpty())
        m_listener.changed(*changes);
    return {};
}

void FolderScan::tellUnreadable(Database& database)
{
    const auto files = m_contents.unreadable(database);
    if (files)
        m_listener.unreadable(*files);
}

} // namespace seedbook
