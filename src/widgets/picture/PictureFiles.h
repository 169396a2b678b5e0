#pragma once

#include "core/Result.h"

#include <QFuture>
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

// With whatever opens folders on this desktop.
void openFolder(const QString& folder);
// Asks the desktop's file manager to show the files selected in their folders; without one, opens
// the first one's folder with whatever opens folders. Does not wait. `context` bounds the waiting
// for the answer.
void revealInFileManager(const QStringList& paths, QObject* context);

} // namespace seedbook
