// The part of Library that follows the folder: watching, marks, the ledger's records.
#include "core/ErrorWords.h"
#include "library/FolderWatcher.h"
#include "library/ImageDecoder.h"
#include "library/Library.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logFolder, "seedbook.library.folder")

// Behind the marks, for which a person waits.
constexpr int laterThanMarks = -1;
// Whoever is told of them writes that down durably, which is not done for each alone.
constexpr qsizetype backfilledAtOnce = 100;

} // namespace

void Library::watch()
{
    if (m_watcher)
        return;
    m_watcher = std::make_unique<FolderWatcher>(m_folder,
        FolderWatcher::Listener{[this](const QStringList& paths) { m_scan.lookAt(paths); },
            [this] { m_scan.lookAtAll(); }});
}

void Library::lookAgain()
{
    if (m_watcher)
        m_watcher->check();
    m_scan.lookAtAll();
}

QList<UnreadableFile> Library::unreadable() const
{
    return m_unreadable;
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

void Library::post(const LibraryChanges& changes)
{
    QMetaObject::invokeMethod(
        this, [this, changes] { publish(changes); }, Qt::QueuedConnection);
}

// What a person has given and the file does not have yet stays in sight.
void Library::publish(LibraryChanges changes)
{
    for (LibraryChanges::Update& update : changes.updated) {
        if (update.was != update.now->id && m_pending.contains(update.was))
            m_pending.insert(update.now->id, m_pending.take(update.was));
        update.now = marked(update.now);
    }
    for (PicturePtr& picture : changes.added)
        picture = marked(picture);
    Q_EMIT changed(changes);
}

PicturePtr Library::marked(const PicturePtr& picture) const
{
    const auto pending = m_pending.constFind(picture->id);
    if (pending == m_pending.cend())
        return picture;
    auto copy = std::make_shared<Picture>(*picture);
    for (const PendingMark& mark : *pending) {
        copy->rating = mark.marks.ratingOver(copy->rating);
        copy->tags = mark.marks.tagsOver(copy->tags);
    }
    return copy;
}

void Library::setRating(const QList<PicturePtr>& pictures, int rating)
{
    mark(pictures, {qBound(-1, rating, 5), {}, {}});
}

void Library::changeTags(
    const QList<PicturePtr>& pictures, const QStringList& added, const QStringList& removed)
{
    mark(pictures, {std::nullopt, added, removed});
}

void Library::mark(const QList<PicturePtr>& pictures, const Marks& marks)
{
    LibraryChanges changes;
    for (const PicturePtr& picture : pictures) {
        const quint64 number = ++m_lastMark;
        m_pending[picture->id].append({number, marks});
        changes.updated.append({picture->id, marked(picture)});
        m_edits.start([this, picture, marks, number] { writeMark(picture, marks, number, false); });
    }
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

void Library::endScan()
{
    for (const LateMark& late : std::exchange(m_late, {}))
        m_edits.start([this, late] { writeMark(late.picture, late.marks, late.number, true); });
    Q_EMIT scanned();
}

void Library::writeMark(
    const PicturePtr& picture, const Marks& marks, quint64 number, bool isSecondTime)
{
    giveWayToTheWindow(); // it shows the mark already
    const auto indexed = [this, id = picture->id] {
        const auto found =
            m_index.run([this, id](Database& database) { return m_contents.find(database, id); })
                .result();
        return found ? *found : PicturePtr();
    };
    QString path = picture->path;
    if (!QFileInfo::exists(path)) { // moved since it was shown
        if (holdMarks(path, marks)) {
            QMetaObject::invokeMethod(
                this, [this, id = picture->id, number] { forgetMark(id, number); },
                Qt::QueuedConnection);
            return;
        }
        if (const PicturePtr now = indexed())
            path = now->path;
    }
    auto written = writeMarks(path, marks);
    if (!written && written.error().kind == ErrorKind::PictureMissing && !isSecondTime) {
        // It may have been moved a moment ago, and a look at the folder tells where to.
        QMetaObject::invokeMethod(
            this,
            [this, late = LateMark{picture, marks, number}] {
                m_late.append(late);
                m_scan.lookAtAll();
            },
            Qt::QueuedConnection);
        return;
    }
    // Entered in either case: what the file says now is what is shown.
    const auto entered = m_scan.enter(path);
    PicturePtr now = entered ? *entered : nullptr;
    if (!now)
        now = indexed();
    if (!now)
        now = picture;
    if (written && !entered)
        written = entered.error();
    const std::optional<Error> error = written ? std::nullopt : std::optional(written.error());
    QMetaObject::invokeMethod(
        this,
        [this, id = picture->id, number, now, error] {
            endMark(id, number, now, error ? &*error : nullptr);
        },
        Qt::QueuedConnection);
}

void Library::forgetMark(const QUuid& id, quint64 number)
{
    const auto pending = m_pending.find(id);
    if (pending == m_pending.end())
        return;
    pending->removeIf([number](const PendingMark& mark) { return mark.number == number; });
    if (pending->isEmpty())
        m_pending.erase(pending);
}

void Library::endMark(
    const QUuid& id, quint64 number, const PicturePtr& picture, const Error* error)
{
    // It may go by another id by now.
    for (const QUuid& key : {id, picture->id})
        forgetMark(key, number);
    publish({{}, {{picture->id, picture}}, {}});
    if (error)
        Q_EMIT marksFailed(picture, *error);
}

QFuture<Result<QStringList>> Library::tags()
{
    return m_index.run([this](Database& database) { return m_contents.tags(database); });
}

void Library::backfill(QList<Picture> known, const ModelCatalog& models)
{
    if (known.isEmpty())
        return; // nor is the index read for them
    m_edits.start(
        [this, known = std::move(known), models] {
            const auto written =
                m_index.run([this](Database& database) { return m_contents.recordIds(database); })
                    .result();
            if (!written)
                return;
            const auto settled = std::make_shared<QList<QUuid>>(); // of this one thread
            for (const Picture& picture : known) {
                if (m_ending)
                    return;
                if (written->contains(picture.id)) {
                    settled->append(picture.id);
                    continue;
                }
                const ModelPtr model = models.find(picture.modelId);
                m_edits.start(
                    [this, picture, settled, title = model ? model->title() : picture.modelId] {
                        if (!m_ending && writeMissingRecord(picture, title))
                            settled->append(picture.id);
                        if (settled->size() >= backfilledAtOnce)
                            tellBackfilled(std::exchange(*settled, {}));
                    },
                    laterThanMarks);
            }
            m_edits.start([this, settled] { tellBackfilled(*settled); }, laterThanMarks);
        },
        laterThanMarks);
}

void Library::tellBackfilled(const QList<QUuid>& ids)
{
    if (ids.isEmpty())
        return;
    QMetaObject::invokeMethod(
        this, [this, ids] { Q_EMIT backfilled(ids); }, Qt::QueuedConnection);
}

bool Library::writeMissingRecord(const Picture& known, const QString& modelTitle)
{
    bool isSettled = false;
    const QFileInfo given(known.path);
    const QString here = m_folder + u'/' + given.dir().dirName() + u'/' + given.fileName();
    for (const QString& path : {known.path, here}) {
        const auto relative = m_contents.relativePath(path);
        const QFileInfo file(path);
        // Its day's folder is there, so this is the disk that it was on.
        isSettled = isSettled || (relative && file.dir().exists());
        if (!relative || !file.isFile() || file.isSymLink() ||
            (known.bytes > 0 && file.size() != known.bytes))
            continue;
        const auto row = m_index
                             .run([this, relative](Database& database) {
                                 return m_contents.findPath(database, *relative);
                             })
                             .result();
        if (row && *row && !(*row)->recordId.isNull())
            continue; // another one lies there now
        auto written = writeRecord(path, known, modelTitle);
        if (written) {
            const auto entered = m_scan.enter(path);
            written = entered ? Result<void>() : entered.error();
        }
        if (!written)
            qCWarning(logFolder, "the record could not be written into a picture: %s",
                qUtf8Printable(sentence(written.error())));
        return written.has_value();
    }
    return isSettled;
}

} // namespace seedbook
