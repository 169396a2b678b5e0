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

// Asks the desktop's file manager to show the file selected in its folder; without one, opens the
// folder with whatever opens folders. Does not wait. `context` bounds the waiting for the answer.
void revealInFileManager(const QString& path, QObject* context);

} // namespace seedbook
