#include "library/Library.h"

#include "library/FolderWatcher.h"
#include "library/ImageDecoder.h"

#include <QDir>
#include <QFileInfo>
#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Enough for the first screen.
constexpr int listedWhole = 100;

} // namespace

Library::Library(const QString& folder, const QString& cacheFolder, const QString& dataFolder)
    : m_index(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()), cacheFolder,
          [this](const LibraryChanges& changes) { post(changes); })
    , m_mark(m_index.folder(),
          (dataFolder.isEmpty() ? cacheFolder : dataFolder) + u"/libraries.json"_s)
    , m_intake(m_index, {[this](const LibraryChanges& changes) { post(changes); },
                            [this](const QList<UnreadableFile>& files) {
                                QMetaObject::invokeMethod(
                                    this, [this, files] { takeUnreadable(files); });
                            },
                            [this](const QStringList& paths) { m_scan.lookAt(paths); }})
    , m_scan(m_index, m_intake, m_mark,
          {[this](int done, int all) {
               QMetaObject::invokeMethod(this, [this, done, all] { Q_EMIT scanning(done, all); });
           },
              [this] { QMetaObject::invokeMethod(this, [this] { endScan(); }); }})
    , m_ratingTags(m_edits, m_index, m_intake, m_trashed, [this] { m_scan.scanAll(); })
    , m_follower(m_index, m_intake, m_trashed)
    , m_trash(m_edits, m_index, m_intake, m_follower, m_trashed)
    , m_moves(m_index.folder(), m_edits, m_follower)
    , m_backfill(m_edits, m_index, m_intake)
    , m_import(m_index, m_mark, m_intake)
    , m_storage(m_index, m_mark, m_intake)
    , m_made(m_index, m_scan)
{
    connect(&m_ratingTags, &RatingTagsWriter::changed, this, &Library::changed);
    connect(&m_ratingTags, &RatingTagsWriter::failed, this, &Library::ratingTagsFailed);
    connect(&m_trash, &PictureTrash::ratingTagsFailed, this, &Library::ratingTagsFailed);
    connect(&m_backfill, &RecordBackfill::backfilled, this, &Library::backfilled);
}

Library::~Library()
{
    m_watcher.reset();
    m_backfill.stop();
    m_import.stop();
    m_scan.stop();
    m_made.waitForDone();
    m_import.waitForDone();
    m_edits.waitForDone();
    m_storage.waitForDone();
}

void Library::watch()
{
    if (m_watcher)
        return;
    m_watcher = std::make_unique<FolderWatcher>(folder(),
        FolderWatcher::Listener{[this](const QStringList& paths) { m_scan.lookAt(paths); },
            [this] { m_scan.scanAll(); }});
}

void Library::rescan()
{
    if (m_watcher)
        m_watcher->check();
    m_scan.scanAll();
}

void Library::takeUnreadable(const QList<UnreadableFile>& files)
{
    const bool same = std::equal(files.cbegin(), files.cend(), m_unreadable.cbegin(),
        m_unreadable.cend(), [](const UnreadableFile& a, const UnreadableFile& b) {
            return a.path == b.path && a.error == b.error;
        });
    if (same)
        return;
    m_unreadable = files;
    Q_EMIT unreadableChanged();
}

void Library::endScan()
{
    m_ratingTags.folderKnown();
    Q_EMIT scanned();
}

void Library::post(const LibraryChanges& changes)
{
    QMetaObject::invokeMethod(
        this, [this, changes] { Q_EMIT changed(m_ratingTags.marked(changes)); },
        Qt::QueuedConnection);
}

void Library::setRating(const QList<PicturePtr>& pictures, int rating)
{
    m_ratingTags.write(pictures, {qBound(-1, rating, 5), {}, {}});
}

void Library::changeTags(
    const QList<PicturePtr>& pictures, const QStringList& added, const QStringList& removed)
{
    m_ratingTags.write(pictures, {std::nullopt, added, removed});
}

QFuture<Result<PictureListing>> Library::list()
{
    return m_index.run([this](Database& database, PictureIndex& index) -> Result<PictureListing> {
        if (auto entered = m_index.enterWaiting(database); !entered)
            return entered.error();
        return index.pictures().list(database, listedWhole);
    });
}

QFuture<Result<QBitArray>> Library::search(QStringList terms)
{
    return m_index.run([terms = std::move(terms)](Database& database, PictureIndex& index) {
        return index.pictures().search(database, terms);
    });
}

QFuture<Result<bool>> Library::isIndexNew()
{
    return m_index.run(
        [](Database& database, PictureIndex& index) { return index.entry().isNew(database); });
}

QFuture<Result<QStringList>> Library::tags()
{
    return m_index.run(
        [](Database& database, PictureIndex& index) { return index.pictures().tags(database); });
}

QFuture<Result<QList<PicturePtr>>> Library::rejected()
{
    auto promise = std::make_shared<QPromise<Result<QList<PicturePtr>>>>();
    promise->start();
    // Behind the ratings that are not in the files yet.
    m_edits.start([this, promise] {
        promise->addResult(m_index
                               .run([](Database& database, PictureIndex& index) {
                                   return index.pictures().rejected(database);
                               })
                               .result());
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QList<PicturePtr>>> Library::find(QList<QUuid> ids)
{
    return m_index.run([ids = std::move(ids)](
                           Database& database, PictureIndex& index) -> Result<QList<PicturePtr>> {
        giveWayToTheWindow(); // it scrolls on meanwhile
        QList<PicturePtr> found;
        found.reserve(ids.size());
        for (const QUuid& id : ids) {
            const auto picture = index.pictures().find(database, id);
            if (!picture)
                return picture.error();
            found.append(*picture);
        }
        return found;
    });
}

} // namespace seedbook

#include "moc_Library.cpp"
