#pragma once

#include "core/Picture.h"
#include "core/Result.h"
#include "library/PictureMove.h"

#include <QFuture>
#include <QList>

namespace seedbook {

class EditQueue;
class MoveFollower;

// Moves pictures between the library's folders.
class PictureMoves final
{
public:
    // All must outlive it.
    PictureMoves(QString folder, EditQueue& edits, MoveFollower& follower);

    // See Library::moveTo().
    [[nodiscard]] QFuture<QList<Result<MoveReceipt>>> moveTo(
        QList<PicturePtr> pictures, const QString& folder);

private:
    // The folder's path, made if need be; InvalidValue with the reason where it is not the
    // library's.
    [[nodiscard]] Result<QString> folderBelow(const QString& folder) const;

    QString m_folder;
    EditQueue& m_edits;
    MoveFollower& m_follower;
};

} // namespace seedbook
