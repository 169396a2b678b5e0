#pragma once

#include "core/Result.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

namespace seedbook {

struct FileMove
{
    QString from;
    QString to;
};

// What was moved for one picture: enough to bring it back. All paths are absolute.
struct MoveReceipt
{
    QUuid id; // as it was known when it was moved
    FileMove file;
    QList<FileMove> sidecars;
    // Sidecars of it that lie where they were: they tell of another picture too.
    QStringList left;
};

// All of these take a picture's sidecars along, or do nothing: no picture is without its rating
// because half of it was moved. None ever puts a file in the place of another. They block.

// Into the desktop's trash. PictureMissing, FolderNotWritable, NoTrash.
[[nodiscard]] Result<MoveReceipt> trashPicture(const QString& path);
// Into a folder on the same disk that is there. A name that is taken, or that a sidecar waits for,
// gets " (2)", " (3)" … PictureMissing, FolderNotWritable, DiskError.
[[nodiscard]] Result<MoveReceipt> movePicture(const QString& path, const QString& folder);
// To where it was, its folder made again if need be; the name is counted up as above. Answers what
// was done. The desktop's note of a file in the trash goes too. PictureMissing where it no longer
// is where it was moved to, else as above.
[[nodiscard]] Result<MoveReceipt> bringBack(const MoveReceipt& receipt);

// Qt may say that a file is in the trash when it had none: if `went` is no trash, the file comes
// back to `from` and the answer is NoTrash. Else it is the absolute path there.
[[nodiscard]] Result<QString> confirmTrashed(const QString& from, const QString& went);

// `path` itself for 1, else with " (number)" before its ending.
[[nodiscard]] QString numberedPath(const QString& path, int number);

} // namespace seedbook
