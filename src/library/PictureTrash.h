#pragma once

#include "core/Picture.h"
#include "core/Result.h"
#include "library/PictureMove.h"

#include <QFuture>
#include <QList>
#include <QObject>

namespace seedbook {

class EditQueue;
class FileIntake;
class LibraryIndex;
class MoveFollower;
class TrashedChanges;

// Pictures to the trash, and back from there and from wherever else they were moved to.
class PictureTrash final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it.
    PictureTrash(EditQueue& edits, LibraryIndex& index, FileIntake& intake, MoveFollower& follower,
        TrashedChanges& trashed);

    // See Library.
    [[nodiscard]] QFuture<QList<Result<MoveReceipt>>> trash(QList<PicturePtr> pictures);
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> restore(QList<MoveReceipt> receipts);

Q_SIGNALS:
    void ratingTagsFailed(const seedbook::PicturePtr& picture, const seedbook::Error& error);

private:
    // The picture that is back, with what the person gave it meanwhile.
    [[nodiscard]] Result<PicturePtr> writeHeldChanges(const QString& was, const QString& path);

    EditQueue& m_edits;
    LibraryIndex& m_index;
    FileIntake& m_intake;
    MoveFollower& m_follower;
    TrashedChanges& m_trashed; // of the edit queue's thread
};

} // namespace seedbook
