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

} // namespace seedbook
