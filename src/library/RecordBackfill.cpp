#include "library/RecordBackfill.h"

#include "core/ErrorText.h"
#include "library/EditQueue.h"
#include "library/FileChange.h"
#include "library/FileIntake.h"
#include "library/LibraryIndex.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logRecords, "seedbook.library.records")

// Behind the marks, for which a person waits.
constexpr int laterThanEdits = -1;
// Whoever is told of them writes that down durably, which is not done for each alone.
constexpr qsizetype backfilledAtOnce = 100;

} // namespace

RecordBackfill::RecordBackfill(EditQueue& edits, LibraryIndex& index, FileIntake& intake)
    : m_folder(index.folder())
    , m_edits(edits)
    , m_index(index)
    , m_intake(intake)
{
}

void RecordBackfill::write(QList<Picture> known, const ModelCatalog& models)
{
    if (known.isEmpty())
        return; // nor is the index read for them
    m_edits.start(
        [this, known = std::move(known), models] {
            const auto written = m_index
                                     .run([](Database& database, PictureIndex& index) {
                                         return index.pictures().recordIds(database);
                                     })
                                     .result();
            if (!written)
                return;
            const auto settled = std::make_shared<QList<QUuid>>(); // of this one thread
            for (const Picture& picture : known) {
                if (m_stop)
                    return;
                if (written->contains(picture.id)) {
                    settled->append(picture.id);
                    continue;
                }
                const ModelPtr model = models.find(picture.modelId);
                m_edits.start(
                    [this, picture, settled, title = model ? model->title() : picture.modelId] {
                        if (!m_stop && writeOne(picture, title))
                            settled->append(picture.id);
                        if (settled->size() >= backfilledAtOnce)
                            tell(std::exchange(*settled, {}));
                    },
                    laterThanEdits);
            }
            m_edits.start([this, settled] { tell(*settled); }, laterThanEdits);
        },
        laterThanEdits);
}

void RecordBackfill::tell(const QList<QUuid>& ids)
{
    if (ids.isEmpty())
        return;
    QMetaObject::invokeMethod(
        this, [this, ids] { Q_EMIT backfilled(ids); }, Qt::QueuedConnection);
}

bool RecordBackfill::writeOne(const Picture& known, const QString& modelTitle)
{
    bool isSettled = false;
    const QFileInfo given(known.path);
    const QString here = m_folder + u'/' + given.dir().dirName() + u'/' + given.fileName();
    for (const QString& path : {known.path, here}) {
        const auto relative = m_index.relativePath(path);
        const QFileInfo file(path);
        // Its day's folder is there, so this is the disk that it was on.
        isSettled = isSettled || (relative && file.dir().exists());
        if (!relative || !file.isFile() || file.isSymLink() ||
            (known.bytes > 0 && file.size() != known.bytes))
            continue;
        const auto row = m_index
                             .run([relative](Database& database, PictureIndex& index) {
                                 return index.pictures().findPath(database, *relative);
                             })
                             .result();
        if (row && *row && !(*row)->recordId.isNull())
            continue; // another one lies there now
        auto written = writeRecord(path, known, modelTitle);
        if (written) {
            const auto entered = m_intake.enter(path);
            written = entered ? Result<void>() : entered.error();
        }
        if (!written)
            qCWarning(logRecords, "the record could not be written into a picture: %s",
                qUtf8Printable(sentence(written.error())));
        return written.has_value();
    }
    return isSettled;
}

} // namespace seedbook

#include "moc_RecordBackfill.cpp"
