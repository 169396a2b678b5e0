#include "library/PictureTrash.h"

#include "library/EditQueue.h"
#include "library/FileIntake.h"
#include "library/LibraryIndex.h"
#include "library/MoveFollower.h"
#include "library/TrashedChanges.h"

namespace seedbook {

PictureTrash::PictureTrash(EditQueue& edits, LibraryIndex& index, FileIntake& intake,
    MoveFollower& follower, TrashedChanges& trashed)
    : m_edits(edits)
    , m_index(index)
    , m_intake(intake)
    , m_follower(follower)
    , m_trashed(trashed)
{
}

QFuture<QList<Result<MoveReceipt>>> PictureTrash::trash(QList<PicturePtr> pictures)
{
    const qsizetype count = pictures.size();
    return m_edits.inBatches<MoveReceipt>(
        count, [this, pictures = std::move(pictures)](
                   qsizetype begin, qsizetype end, QList<Result<MoveReceipt>>& results) {
            QStringList gone;
            for (qsizetype i = begin; i < end; ++i) {
                const QString path = m_follower.pathNow(pictures.at(i));
                auto receipt = trashPicture(path);
                if (receipt) {
                    receipt->id = pictures.at(i)->id;
                    m_trashed.trashed(path);
                }
                if (receipt || MoveFollower::isMissing(receipt.error(), path))
                    gone.append(path);
                results.append(std::move(receipt));
            }
            m_follower.follow({}, gone);
        });
}

QFuture<QList<Result<PicturePtr>>> PictureTrash::restore(QList<MoveReceipt> receipts)
{
    const qsizetype count = receipts.size();
    return m_edits.inBatches<PicturePtr>(
        count, [this, receipts = std::move(receipts)](
                   qsizetype begin, qsizetype end, QList<Result<PicturePtr>>& results) {
            QList<Result<MoveReceipt>> moved;
            QStringList there;
            QStringList gone;
            for (qsizetype i = begin; i < end; ++i) {
                auto back = bringBack(receipts.at(i));
                if (back) {
                    there.append(back->file.to);
                    gone.append(back->file.from);
                }
                moved.append(std::move(back));
            }
            m_follower.follow(there, gone);
            for (qsizetype i = begin; i < end; ++i) {
                const auto& back = moved.at(i - begin);
                results.append(back ? writeHeldChanges(receipts.at(i).file.from, back->file.to)
                                    : back.error());
            }
        });
}

// What the person gave it while it was in the trash is written now.
Result<PicturePtr> PictureTrash::writeHeldChanges(const QString& was, const QString& path)
{
    const QList<RatingTagsChange> marks = m_trashed.take(was);
    Result<void> written;
    for (const RatingTagsChange& some : marks) {
        if (written)
            written = writeRatingAndTags(path, some);
    }
    auto now = [&]() -> Result<PicturePtr> {
        if (!marks.isEmpty())
            return m_intake.enter(path);
        return m_index
            .run([this, path](Database& database, PictureIndex& index) {
                return index.pictures().findPath(database, *m_index.relativePath(path));
            })
            .result();
    }();
    if (now && !*now)
        now = Error{ErrorKind::PictureMissing, path, {}};
    if (now && !written)
        QMetaObject::invokeMethod(
            this,
            [this, picture = *now, error = written.error()] {
                Q_EMIT ratingTagsFailed(picture, error);
            },
            Qt::QueuedConnection);
    return now;
}

} // namespace seedbook

#include "moc_PictureTrash.cpp"
