#include "library/RatingTagsWriter.h"

#include "library/EditQueue.h"
#include "library/FileIntake.h"
#include "library/ImageDecoder.h"
#include "library/LibraryIndex.h"
#include "library/TrashedChanges.h"

#include <QFileInfo>

#include <utility>

namespace seedbook {

RatingTagsWriter::RatingTagsWriter(EditQueue& edits, LibraryIndex& index, FileIntake& intake,
    TrashedChanges& trashed, std::function<void()> scanAll)
    : m_edits(edits)
    , m_index(index)
    , m_intake(intake)
    , m_trashed(trashed)
    , m_scanAll(std::move(scanAll))
{
}

void RatingTagsWriter::write(const QList<PicturePtr>& pictures, const RatingTagsChange& marks)
{
    LibraryChanges changes;
    for (const PicturePtr& picture : pictures) {
        const quint64 number = ++m_lastNumber;
        m_pending[picture->id].append({number, marks});
        changes.updated.append({picture->id, marked(picture)});
        m_edits.start([this, picture, marks, number] { writeOne(picture, marks, number, false); });
    }
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

PicturePtr RatingTagsWriter::marked(const PicturePtr& picture) const
{
    const auto pending = m_pending.constFind(picture->id);
    if (pending == m_pending.cend())
        return picture;
    auto copy = std::make_shared<Picture>(*picture);
    for (const Pending& mark : *pending) {
        copy->rating = mark.marks.ratingOver(copy->rating);
        copy->tags = mark.marks.tagsOver(copy->tags);
    }
    return copy;
}

LibraryChanges RatingTagsWriter::marked(LibraryChanges changes)
{
    for (LibraryChanges::Update& update : changes.updated) {
        if (update.was != update.now->id && m_pending.contains(update.was))
            m_pending.insert(update.now->id, m_pending.take(update.was));
        update.now = marked(update.now);
    }
    for (PicturePtr& picture : changes.added)
        picture = marked(picture);
    return changes;
}

void RatingTagsWriter::folderKnown()
{
    for (const Late& late : std::exchange(m_late, {}))
        m_edits.start([this, late] { writeOne(late.picture, late.marks, late.number, true); });
}

void RatingTagsWriter::writeOne(
    const PicturePtr& picture, const RatingTagsChange& marks, quint64 number, bool isSecondTime)
{
    giveWayToTheWindow(); // it shows the mark already
    const auto indexed = [this, id = picture->id] {
        const auto found = m_index
                               .run([id](Database& database, PictureIndex& index) {
                                   return index.pictures().find(database, id);
                               })
                               .result();
        return found ? *found : PicturePtr();
    };
    QString path = picture->path;
    if (!QFileInfo::exists(path)) { // moved since it was shown
        if (m_trashed.hold(path, marks)) {
            QMetaObject::invokeMethod(
                this, [this, id = picture->id, number] { forget(id, number); },
                Qt::QueuedConnection);
            return;
        }
        if (const PicturePtr now = indexed())
            path = now->path;
    }
    auto written = writeRatingAndTags(path, marks);
    if (!written && written.error().kind == ErrorKind::PictureMissing && !isSecondTime) {
        // It may have been moved a moment ago, and a look at the folder tells where to.
        QMetaObject::invokeMethod(
            this,
            [this, late = Late{picture, marks, number}] {
                m_late.append(late);
                m_scanAll();
            },
            Qt::QueuedConnection);
        return;
    }
    // Entered in either case: what the file says now is what is shown.
    const auto entered = m_intake.enter(path);
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
            end(id, number, now, error ? &*error : nullptr);
        },
        Qt::QueuedConnection);
}

void RatingTagsWriter::forget(const QUuid& id, quint64 number)
{
    const auto pending = m_pending.find(id);
    if (pending == m_pending.end())
        return;
    pending->removeIf([number](const Pending& mark) { return mark.number == number; });
    if (pending->isEmpty())
        m_pending.erase(pending);
}

void RatingTagsWriter::end(
    const QUuid& id, quint64 number, const PicturePtr& picture, const Error* error)
{
    // It may go by another id by now.
    for (const QUuid& key : {id, picture->id})
        forget(key, number);
    Q_EMIT changed(marked(LibraryChanges{{}, {{picture->id, picture}}, {}}));
    if (error)
        Q_EMIT failed(picture, *error);
}

} // namespace seedbook

#include "moc_RatingTagsWriter.cpp"
