#include "library/ScanPass.h"

#include "core/Words.h"
#include "library/FileIntake.h"
#include "library/FolderMark.h"
#include "library/LibraryIndex.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Enough that the transactions cost nothing, few enough that the gallery fills before one's eyes.
constexpr qsizetype batchSize = 200;
// A tenth of a second of the index's thread.
constexpr qsizetype removedAtOnce = 1000;
// More single paths than this are sooner found by a walk over all.
constexpr qsizetype mostPaths = 5000;
// A few milliseconds of the index's thread, on which others wait for pictures.
constexpr int knownAtOnce = 500;
constexpr qint64 progressEvery = 100; // milliseconds
constexpr int worthTelling = 100;     // files

bool isBelow(const QString& path, const QStringList& folders)
{
    return std::any_of(folders.cbegin(), folders.cend(), [&path](const QString& folder) {
        return folder.isEmpty() || path == folder || path.startsWith(folder + u'/');
    });
}

} // namespace

ScanPass::ScanPass(LibraryIndex& index, FileIntake& intake, FolderMark& mark, FolderSight& sight,
    const std::atomic_bool& stop, const Listener& listener)
    : m_index(index)
    , m_intake(intake)
    , m_mark(mark)
    , m_sight(sight)
    , m_stop(stop)
    , m_listener(listener)
    , m_folder(index.folder())
{
}

Result<QStringList> ScanPass::run(bool all, QSet<QString> paths)
{
    m_all = all || paths.size() > mostPaths;
    m_paths = std::move(paths);
    for (auto step : {&ScanPass::findScope, &ScanPass::walk, &ScanPass::mindAnEmptyFolder,
             &ScanPass::findVanished, &ScanPass::readAll, &ScanPass::await,
             &ScanPass::removeVanished}) {
        if (m_stop)
            break;
        if (auto done = (this->*step)(); !done)
            return done.error();
    }
    if (m_entering)
        m_entering->waitForFinished();
    return m_again;
}

// A sidecar stands for its pictures: ours names the file, Adobe's all files of that name.
Result<void> ScanPass::findScope()
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
        const auto others = m_index
                                .run([this, stem](Database& database, PictureIndex& index) {
                                    return index.files().pathsBeginning(database, stem + u'.');
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

Result<void> ScanPass::walk()
{
    Result<void> done;
    const auto found = [this, &done](const FoundFile& file) {
        if (done)
            done = knowUpTo(file.path);
        compare(file);
    };
    if (m_all) {
        m_seen = walkFolder(m_folder, m_stop, found);
    } else {
        const auto known =
            m_index
                .run([this, paths = m_paths.values()](Database& database, PictureIndex& index) {
                    return index.files().known(database, paths);
                })
                .result();
        if (!known)
            return known.error();
        know(*known);
        m_knowsAll = true;
        for (const QString& path : std::as_const(m_paths)) {
            const Seen seen = walkBelow(m_folder, path, m_stop, found);
            m_seen.unseen += seen.unseen;
            // Another folder than for the path before: what is missing may not have gone.
            if (m_seen.inode != 0 && (m_seen.device != seen.device || m_seen.inode != seen.inode)) {
                m_seen.unseen.append(QString());
                m_listener.scanAll();
            }
            m_seen.device = seen.device;
            m_seen.inode = seen.inode;
        }
    }
    while (done && !m_knowsAll && !m_stop)
        done = knowMore();
    return done;
}

Result<void> ScanPass::knowUpTo(const QString& path)
{
    const QByteArray place = path.toUtf8();
    while (!m_knowsAll && !m_stop && (!m_knownUpTo || m_knownUpTo->toUtf8() < place)) {
        if (auto done = knowMore(); !done)
            return done;
    }
    return {};
}

Result<void> ScanPass::knowMore()
{
    const auto known =
        m_index
            .run([this, path = m_knownUpTo](Database& database, PictureIndex& index) {
                return index.files().knownAfter(database, path, knownAtOnce);
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

void ScanPass::know(const QList<KnownFiles::KnownFile>& files)
{
    for (const KnownFiles::KnownFile& file : files)
        m_known.insert(file.path, file);
}

void ScanPass::compare(const FoundFile& file)
{
    m_foundNone = false;
    const auto it = m_known.constFind(file.path);
    const bool same = it != m_known.cend() && it->state == file.state;
    // What is no file at all, or was one that could not be opened, may be another thing now. What
    // was told of is read in any case: not every file system keeps a time that cannot be put back.
    // But for what this program did itself.
    const bool told = m_paths.contains(file.path) && !m_intake.own().take(file);
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
Result<void> ScanPass::mindAnEmptyFolder()
{
    const bool isUnseen = isBelow({}, m_seen.unseen);
    if (m_mark.isGone()) {
        // Says more than that it cannot be listed.
        m_toRead.removeIf([](const FoundFile& file) { return file.path.isEmpty(); });
        m_seen.unseen.append(QString());
        compare({{}, {}, Error{ErrorKind::LibraryGone, m_folder, {}}});
        return {};
    }
    if (isUnseen)
        return {};
    const LibraryEntry::FolderIdentity now{m_seen.device, m_seen.inode};
    const bool isEmpty = m_foundNone;
    const bool isPart = !m_all && now.inode != 0;
    if (!m_all && !isPart)
        return {};
    const auto doubtful =
        m_index
            .run([this, now, isEmpty, isPart](
                     Database& database, PictureIndex& index) -> Result<bool> {
                LibraryEntry& entry = index.entry();
                const auto before = entry.identity(database);
                if (!before || *before == now)
                    return before ? Result<bool>(false) : before.error();
                if ((isEmpty || isPart) && *before != LibraryEntry::FolderIdentity{})
                    return true;
                if (auto set = entry.setIdentity(database, now); !set)
                    return set.error();
                return false;
            })
            .result();
    if (!doubtful)
        return doubtful.error();
    if (*doubtful) {
        m_seen.unseen.append(QString());
        if (isPart) { // a look at all of it tells
            m_listener.scanAll();
            return {};
        }
        compare({{}, {},
            Error{ErrorKind::FileUnreadable, {},
                Words::tr(
                    "The folder is empty and not the one used before. Its disk may be missing.")}});
    }
    return {};
}

Result<void> ScanPass::findVanished()
{
    if (const bool isUnseen = isBelow({}, m_seen.unseen); m_all || isUnseen)
        m_sight.isUnseen = isUnseen && m_mark.isKnown(); // else it may yet be made
    for (auto it = m_known.cbegin(); it != m_known.cend(); ++it) {
        if (!isBelow(it.key(), m_seen.unseen))
            m_vanished->insert(it.key());
        m_mindUnreadable = m_mindUnreadable || !it->isPicture;
    }
    m_known.clear();
    return {};
}

Result<void> ScanPass::readAll()
{
    const auto all = static_cast<int>(m_toRead.size());
    const bool telling = all >= worthTelling;
    QElapsedTimer sinceTold;
    sinceTold.start();
    for (qsizetype begin = 0; begin < all && !m_stop; begin += batchSize) {
        const QList<FoundFile> some = m_toRead.mid(begin, batchSize);
        const QList<ReadFile> files = m_intake.readAll(some);
        for (const ReadFile& file : files)
            m_mindUnreadable = m_mindUnreadable || !file.picture;
        // One batch is entered while the next is read.
        if (auto entered = await(); !entered)
            return entered;
        m_entering = m_index.run(
            [intake = &m_intake, files, vanished = m_vanished](Database& database,
                PictureIndex& index) { return intake->take(database, index, files, *vanished); });
        const int done = static_cast<int>(qMin<qsizetype>(all, begin + batchSize));
        if (telling && (sinceTold.elapsed() >= progressEvery || done == all)) {
            sinceTold.restart();
            m_listener.progress(done, all);
        }
    }
    return {};
}

Result<void> ScanPass::await()
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
Result<void> ScanPass::removeVanished()
{
    QStringList vanished = m_vanished->values();
    std::sort(vanished.begin(), vanished.end(), std::greater<>()); // the newest days first
    for (qsizetype begin = 0; begin < vanished.size() && !m_stop; begin += removedAtOnce) {
        const auto removed = m_index
                                 .run([this, some = vanished.mid(begin, removedAtOnce)](
                                          Database& database, PictureIndex& index) -> Result<void> {
                                     VanishedPaths gone;
                                     for (const QString& path : some) {
                                         // What came back meanwhile, and was entered by others,
                                         // stays.
                                         if (!path.isEmpty() && stateOfFile(m_folder + u'/' + path))
                                             m_again.append(path);
                                         else
                                             gone.insert(path);
                                     }
                                     return m_intake.remove(database, index, gone);
                                 })
                                 .result();
        if (!removed)
            return removed;
        m_sight.mayMissSome = true;
    }
    if (!m_mindUnreadable)
        return {};
    return m_index
        .run([this](Database& database, PictureIndex& index) -> Result<void> {
            m_intake.reportUnreadable(database, index);
            return {};
        })
        .result();
}

} // namespace seedbook
