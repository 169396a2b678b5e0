#pragma once

#include "core/ImageFormat.h"
#include "core/Result.h"

#include <QFuture>
#include <QImage>
#include <QString>

class QObject;

namespace seedbook {

enum class CopyEnd { Written, SameFile };

// The very bytes of `source` under the name `target`, which appears or is replaced only when all of
// them are on the disk. SameFile, with nothing done, where both names lead to one file. Blocks.
[[nodiscard]] Result<CopyEnd> copyPictureFile(const QString& source, const QString& target);
// The same on a worker.
[[nodiscard]] QFuture<Result<CopyEnd>> copyPictureFileLater(
    const QString& source, const QString& target);

// The picture of `source` without its metadata, in the same way.
[[nodiscard]] Result<CopyEnd> copyClean(const QString& source, const QString& target);
[[nodiscard]] QFuture<Result<CopyEnd>> copyCleanLater(const QString& source, const QString& target);

struct CleanCopy
{
    QString path; // a file of its own whose name tells nothing
    QImage image;
};
// The picture of `source` without its metadata, as a file below `folder` and as pixels. The one of
// the time before goes: it may have been pasted by name. Blocks.
[[nodiscard]] Result<CleanCopy> makeCleanCopy(
    const QString& source, ImageFormat format, const QString& folder);
[[nodiscard]] QFuture<Result<CleanCopy>> makeCleanCopyLater(
    const QString& source, ImageFormat format, const QString& folder);

// The very bytes of `source` as base64 text, or as a data URI with the media type that they have.
// FileUnreadable for what is larger than 64 MiB. Blocks.
[[nodiscard]] Result<QString> encodePicture(const QString& source, bool asDataUri);
[[nodiscard]] QFuture<Result<QString>> encodePictureLater(const QString& source, bool asDataUri);

// Asks the desktop's file manager to show the file selected in its folder; without one, opens the
// folder with whatever opens folders. Does not wait. `context` bounds the waiting for the answer.
void revealInFileManager(const QString& path, QObject* context);

} // namespace seedbook
