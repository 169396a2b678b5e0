#pragma once

#include "core/Result.h"

#include <QFuture>
#include <QString>

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

} // namespace seedbook
