#include "library/Library.h"

#include "core/ErrorWords.h"
#include "library/FolderWatcher.h"
#include "library/ImageDecoder.h"
#include "library/PictureFile.h"
#include "library/PictureFiling.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logLibrary, "seedbook.library")

// As many as the queue has calls at once, so that no picture waits for another's sync.
constexpr int filesAtOnce = 6;
// Enough for the first screen.
constexpr int listedWhole = 100;

} // namespace

Library::Library(const QString& folder, const QString& cacheFolder, const QString& dataFolder)
    : m_folder(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()))
    , m_contents(m_folder)
    , m_index(cacheFolder + u"/index.sqlite"_s, PictureIndex::migrations(),
          Database::Durability::Normal, DatabaseThread::Damage::StartAnew)
    , m_mark(m_folder, (dataFolder.isEmpty() ? cacheFolder : dataFolder) + u"/libraries.json"_s)
    , m_scan(m_folder, m_contents, m_index, m_mark,
          {[this](const LibraryChanges& changes) { post(changes); },
              [this](int done, int all) {
                  QMetaObject::invokeMethod(
                      this, [this, done, all] { Q_EMIT scanning(done, all); });
              },
              [this](const QList<UnreadableFile>& files) {
                  QMetaObject::invokeMethod(this, [this, files] { takeUnreadable(files); });
              },
              [this] { QMetaObject::invokeMethod(this, [this] { endScan(); }); }})
{
    m_files.setMaxThreadCount(filesAtOnce);
    m_edits.setMaxThreadCount(1);
    m_imports.setMaxThreadCount(1);
    m_lookups.setMaxThreadCount(1);
    m_probes.setMaxThreadCount(1);
}

Library::~Library()
{
    m_watcher.reset();
    m_ending = true; // what can be done at the next start
    m_scan.stop();
    m_lookups.waitForDone();
    m_probes.waitForDone();
    m_imports.waitForDone();
    m_edits.waitForDone();
    m_files.waitForDone(); // the last of them may still give work to the index
}

QFuture<Result<void>> Library::checkFolder()
{
    return QtConcurrent::run(&m_files, [this]() -> Result<void> {
        const auto here = m_mark.check();
        return here ? tryFolder(m_folder) : here;
    });
}

// On threads that wait for no picture: six may be on their way to a slow disk.
QFuture<Result<void>> Library::probe()
{
    return QtConcurrent::run(&m_probes, [this]() -> Result<void> {
        if (auto here = m_mark.check(); !here)
            return here;
        // The day's folder stays: a picture may be on its way into it.
        const QString day = m_folder + u'/' + QDate::currentDate().toString(Qt::ISODate);
        const auto tried = tryFolder(day);
        const auto here = stillHere({}, day);
        return here ? tried : here;
    });
}

Result<void> Library::stillHere(const QStringList& written, const QString& folder)
{
    if (!m_mark.isGone())
        return {};
    for (const QString& path : written)
        QFile::remove(path);
    QDir().rmdir(folder); // nothing, where anything is in it
    return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
}

QFuture<Result<PicturePtr>> Library::file(Filing filing)
{
    if (m_arrivalHook)
        m_arrivalHook(filing.draft.id, filing.bytes);
    auto promise = std::make_shared<QPromise<Result<PicturePtr>>>();
    promise->start();
    const auto end = [promise](Result<PicturePtr> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    m_files.start([this, end, filing = std::move(filing)] {
        giveWayToTheWindow(); // the bytes are safe already, beside the ledger
        auto picture = pictureOf(filing);
        if (!picture)
            return end(picture.error());
        if (const auto here = m_mark.check(); !here)
            return end(here.error());
        if (filing.maybeThere) {
            if (const PicturePtr known = findIndexed(picture->id))
                return end(known);
            if (auto found = findStored(m_folder, filing, *picture))
                return enter(*std::move(found), end);
        }
        auto stored = storePicture(m_folder, filing, *std::move(picture));
        if (!stored)
            return end(stored.error());
        if (const auto here = stillHere(
                {stored->path, sidecarPath(stored->path)}, QFileInfo(stored->path).absolutePath());
            !here)
            return end(here.error());
        enter(*std::move(stored), end);
    });
    return promise->future();
}

QFuture<Result<PicturePtr>> Library::findFiled(Filing filing)
{
    return QtConcurrent::run(&m_files, [this, filing = std::move(filing)]() -> Result<PicturePtr> {
        if (m_mark.isGone())
            return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
        if (const PicturePtr known = findIndexed(filing.draft.id))
            return known;
        const auto path = findStored(m_folder, filing);
        if (!path)
            return PicturePtr();
        auto entered = m_scan.enter(*path);
        if (entered && *entered)
            return entered;
        // It is filed, whether or not the index takes it.
        const auto read = m_scan.readAt(*path);
        return read && read->picture ? Result<PicturePtr>(read->picture) : entered;
    });
}

void Library::enter(Picture picture, const std::function<void(Result<PicturePtr>)>& end)
{
    const auto filed = std::make_shared<const Picture>(std::move(picture));
    const ReadFile file = m_scan.readOwn(filed);
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.append(file);
    }
    (void)m_index.run([this](Database& database) { return enterWaiting(database); })
        .then([end, filed](const Result<void>& entered) {
            if (!entered)
                qCWarning(logLibrary, "the index did not take a picture: %s",
                    qUtf8Printable(sentence(entered.error())));
            end(PicturePtr(filed));
        });
}

PicturePtr Library::findIndexed(const QUuid& id)
{
    const auto known = m_index
                           .run([this, id](Database& database) -> Result<PicturePtr> {
                               return m_contents.find(database, id);
                           })
                           .result(); // the index has a thread of its own
    return known && *known && QFileInfo((*known)->path).isFile() ? *known : nullptr;
}

QFuture<Result<QList<PicturePtr>>> Library::findMade(
    QList<QByteArray> identities, const QString& endpoint, bool practice)
{
    return QtConcurrent::run(&m_lookups,
        [this, identities = std::move(identities), endpoint,
            practice]() -> Result<QList<PicturePtr>> {
            if (identities.isEmpty())
                return QList<PicturePtr>();
            if (const auto looked = m_scan.settled().result(); !looked)
                return looked.error();
            bool anyGone = false;
            auto found = findMadeNow(identities, endpoint, practice, false, anyGone);
            // Perhaps moved a moment ago, once more maybe while it was looked for.
            constexpr int mostLooks = 3;
            for (int looks = 0; looks < mostLooks && found; ++looks) {
                const bool misses =
                    found->contains(nullptr) && (m_scan.mayMissSome() || m_scan.isUnseen());
                if (!misses && (!anyGone || looks > 0))
                    break;
                if (const auto looked = m_scan.lookNow().result(); !looked)
                    return looked.error();
                found = findMadeNow(identities, endpoint, practice, true, anyGone);
            }
            // Nobody can say that it is not in a library that was not seen.
            if (found && found->contains(nullptr) && m_scan.isUnseen())
                return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
            return found;
        });
}

Result<QList<PicturePtr>> Library::findMadeNow(const QList<QByteArray>& identities,
    const QString& endpoint, bool practice, bool looked, bool& anyGone)
{
    const auto known = m_index
                           .run([this, identities, endpoint, practice](
                                    Database& database) -> Result<QList<QList<PicturePtr>>> {
                               if (auto entered = enterWaiting(database); !entered)
                                   return entered.error();
                               QList<QList<PicturePtr>> all;
                               for (const QByteArray& identity : identities) {
                                   auto some =
                                       m_contents.made(database, identity, endpoint, practice);
                                   if (!some)
                                       return some.error();
                                   all.append(*std::move(some));
                               }
                               return all;
                           })
                           .result();
    if (!known)
        return known.error();
    QList<PicturePtr> found;
    for (const QList<PicturePtr>& alike : *known) {
        const auto there = std::find_if(alike.cbegin(), alike.cend(),
            [](const PicturePtr& picture) { return QFileInfo(picture->path).isFile(); });
        const bool isGone = there == alike.cend() && !alike.isEmpty();
        found.append(there != alike.cend() ? *there : isGone && looked ? alike.first() : nullptr);
        anyGone = anyGone || isGone;
    }
    return found;
}

QFuture<Result<PictureListing>> Library::list()
{
    return m_index.run([this](Database& database) -> Result<PictureListing> {
        if (auto entered = enterWaiting(database); !entered)
            return entered.error();
        return m_contents.list(database, listedWhole);
    });
}

QFuture<Result<QBitArray>> Library::search(QStringList terms)
{
    return m_index.run([this, terms = std::move(terms)](
                           Database& database) { return m_contents.search(database, terms); });
}

QFuture<Result<bool>> Library::isIndexNew()
{
    return m_index.run([this](Database& database) { return m_contents.isNew(database); });
}

Result<void> Library::enterWaiting(Database& database)
{
    QList<ReadFile> waiting;
    {
        const QMutexLocker lock(&m_mutex);
        waiting.swap(m_waiting);
    }
    if (waiting.isEmpty())
        return {};
    const auto entered = m_contents.add(database, waiting);
    if (!entered) {
        const QMutexLocker lock(&m_mutex);
        m_waiting = waiting + m_waiting;
        return entered.error();
    }
    // Who filed them tells of them; others may have become copies by that.
    if (!entered->updated.isEmpty())
        post({{}, entered->updated, {}});
    return {};
}

} // namespace seedbook

#include "moc_Library.cpp"
