#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace seedbook {

enum class ImageFormat { Png, Jpeg, Webp };

// Told by the first bytes alone: neither a header nor the request is believed.
[[nodiscard]] std::optional<ImageFormat> sniffImageFormat(QByteArrayView bytes);
// The file name's extension without the dot: png, jpg, webp.
[[nodiscard]] QString fileExtension(ImageFormat format);
// The contract's word, which is also Qt's name of the codec: png, jpeg, webp.
[[nodiscard]] QString formatName(ImageFormat format);
[[nodiscard]] std::optional<ImageFormat> imageFormatFromName(const QString& name);

// Whether a picture's bytes reach to its end: a PNG's IEND chunk, a JPEG's end marker, the length
// in a WebP's head. Says nothing of what is between.
[[nodiscard]] bool reachesItsEnd(QByteArrayView bytes, ImageFormat format);

// A picture by its bytes, exactly as the service coded them.
struct PictureBytes
{
    QByteArray bytes;
    ImageFormat format = ImageFormat::Png;

    friend bool operator==(const PictureBytes&, const PictureBytes&) = default;
};
// What these bytes are, if they are a picture that reaches its end.
[[nodiscard]] std::optional<PictureBytes> wholePicture(const QByteArray& bytes);

} // namespace seedbook
