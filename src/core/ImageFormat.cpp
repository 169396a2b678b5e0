#include "core/ImageFormat.h"

using namespace Qt::StringLiterals;

namespace seedbook {

std::optional<ImageFormat> sniffImageFormat(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return ImageFormat::Png;
    if (bytes.startsWith("\xff\xd8\xff"))
        return ImageFormat::Jpeg;
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP"))
        return ImageFormat::Webp;
    return std::nullopt;
}

QString fileExtension(ImageFormat format)
{
    return format == ImageFormat::Jpeg ? u"jpg"_s : formatName(format);
}

QString formatName(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Png:
        return u"png"_s;
    case ImageFormat::Jpeg:
        return u"jpeg"_s;
    case ImageFormat::Webp:
        return u"webp"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ImageFormat> imageFormatFromName(const QString& name)
{
    for (const ImageFormat format : {ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Webp}) {
        if (name == formatName(format))
            return format;
    }
    return std::nullopt;
}

} // namespace seedbook
