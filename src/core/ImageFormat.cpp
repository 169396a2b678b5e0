#include "core/ImageFormat.h"

#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

bool pngReachesItsEnd(QByteArrayView bytes)
{
    constexpr int mostChunks = 1 << 18; // of 64 MiB in chunks without data there would be millions
    qsizetype at = 8;
    // A chunk is length, name, data, checksum.
    for (int chunks = 0; chunks < mostChunks && bytes.size() - at >= 12; ++chunks) {
        const qsizetype length = qFromBigEndian<quint32>(bytes.data() + at);
        if (length > bytes.size() - at - 12)
            return false;
        if (bytes.sliced(at + 4).startsWith("IEND"))
            return true;
        at += length + 12;
    }
    return false;
}

} // namespace

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

bool reachesItsEnd(QByteArrayView bytes, ImageFormat format)
{
    // Some encoders pad a JPEG after its end.
    constexpr qsizetype padding = 4096;
    switch (format) {
    case ImageFormat::Png:
        return pngReachesItsEnd(bytes);
    case ImageFormat::Jpeg:
        return bytes.last(std::min(bytes.size(), padding)).lastIndexOf("\xff\xd9") >= 0;
    case ImageFormat::Webp:
        return bytes.size() >= 12 &&
               qint64(qFromLittleEndian<quint32>(bytes.data() + 4)) + 8 <= bytes.size();
    }
    Q_UNREACHABLE();
}

std::optional<PictureBytes> wholePicture(const QByteArray& bytes)
{
    const auto format = sniffImageFormat(bytes);
    return format && reachesItsEnd(bytes, *format) ? std::optional(PictureBytes{bytes, *format})
                                                   : std::nullopt;
}

} // namespace seedbook
