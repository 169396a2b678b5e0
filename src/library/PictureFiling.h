#pragma once

#include "core/Picture.h"
#include "core/PictureStore.h"
#include "core/Result.h"

#include <QString>

#include <optional>

namespace seedbook {

// The picture that a filing makes, but for its file. PictureUndecodable: the bytes are no picture,
// or one too large to open; a format that this Qt cannot read at all has an empty size.
[[nodiscard]] Result<Picture> pictureOf(const SaveRequest& filing);

// Writes the picture into its day's folder below `folder`, its record in the file or, where the
// file must stay as it came, in a sidecar, both durable, and reads back what it wrote. Answers the
// picture with its path, size in bytes and sidecar. On an error nothing is left behind. Blocks.
[[nodiscard]] Result<Picture> storePicture(
    const QString& folder, const SaveRequest& filing, Picture picture);

// The same picture where an attempt that was cut off has left it: its file is told by the id in its
// record, or by its bytes where the sidecar is missing, which is then written. Blocks.
[[nodiscard]] std::optional<Picture> findStored(
    const QString& folder, const SaveRequest& filing, Picture picture);

// The path of its file, where the bytes are not known: told by the id in its record alone. Blocks.
[[nodiscard]] std::optional<QString> findStored(const QString& folder, const SaveRequest& filing);

} // namespace seedbook
