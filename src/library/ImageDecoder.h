#pragma once

#include "core/ImageFormat.h"
#include "core/Result.h"
#include "library/PictureSource.h"

#include <QByteArray>
#include <QFuture>
#include <QImage>
#include <QSize>

namespace seedbook {

// Bounds that hold before anything is decoded: a picture beyond them is refused.
inline constexpr int maxPictureSide = 16384;
inline constexpr qint64 maxPicturePixels = 100'000'000;

// The picture's size in pixels, from its header alone. PictureUndecodable if it has none, if its
// format is not one of ours (told by its bytes), or if it is beyond the bounds.
[[nodiscard]] Result<QSize> readPictureSize(const QByteArray& bytes);
[[nodiscard]] Result<QSize> readPictureSize(const QString& path);

// Decodes a file, scaled down smoothly to fit `bound` if that is not empty (never up). In a format
// that paints fast. PictureMissing or PictureUndecodable, its subject the path. Blocks: call from
// a worker. Memory and time are bounded, for all that decode at once together: what takes more is
// refused, and what is asked to stop ends soon, with Stopped.
[[nodiscard]] Result<QImage> decodePicture(
    const QString& path, QSize bound = {}, const StopAsked& stopAsked = {});
[[nodiscard]] Result<QImage> decodePicture(
    const QByteArray& bytes, QSize bound = {}, const StopAsked& stopAsked = {});
// The same on the decoding pool; cancelling the future stops it.
[[nodiscard]] QFuture<Result<QImage>> decodePictureLater(const QString& path, QSize bound = {});

// Lets the window's thread go before this one, for good: for threads of a pool that decode while a
// person works.
void giveWayToTheWindow();

// Whether this system's Qt reads the format at all.
[[nodiscard]] bool canDecode(ImageFormat format);

// A sentence for the start when this system's Qt cannot read one of the formats (WebP needs the
// package qt6-image-formats-plugins); empty when it can read all.
[[nodiscard]] QString missingFormatsWarning();

} // namespace seedbook
