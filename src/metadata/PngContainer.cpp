#include "core/Words.h"
#include "metadata/ContainerSegments.h"

#include <array>
#include <zlib.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace container {

namespace {

constexpr qint64 signatureSize = 8;
constexpr qint64 chunkHeaderSize = 8; // length and type
constexpr qint64 frame = 12;          // header and CRC

// The keyword decides: XMP travels in an iTXt chunk.
constexpr QByteArrayView xmpKeyword("XML:com.adobe.xmp\0", 18);

SegmentKind kindOf(QIODevice& device, const Segment& segment)
{
    static constexpr std::array coded{
        "IHDR", "PLTE", "tRNS", "IDAT", "acTL", "fcTL", "fdAT", "IEND"};
    static constexpr std::array display{
        "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "mDCV", "cLLI"};
    const auto among = [&segment](const auto& names) {
        return std::ranges::any_of(
            names, [&segment](const char* name) { return segment.name == QByteArrayView(name); });
    };
    if (among(coded))
        return SegmentKind::Coded;
    if (among(display))
        return SegmentKind::Display;
    if (segment.name == "iTXt")
        return readAt(device, segment.payload, xmpKeyword.size()) == xmpKeyword ? SegmentKind::Xmp
                                                                                : SegmentKind::Text;
    if (segment.name == "tEXt" || segment.name == "zTXt")
        return SegmentKind::Text;
    if (segment.name == "eXIf")
        return SegmentKind::Exif;
    if (segment.name == "caBX")
        return SegmentKind::ContentCredentials;
    return SegmentKind::Other;
}

QByteArray chunk(const QByteArray& type, const QByteArray& payload)
{
    QByteArray made;
    made.reserve(payload.size() + frame);
    appendBig32(made, static_cast<quint32>(payload.size()));
    made += type;
    made += payload;
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(made.constData() + 4),
        static_cast<z_size_t>(made.size() - 4));
    appendBig32(made, static_cast<quint32>(crc));
    return made;
}

} // namespace

Result<Container> readPng(QIODevice& device)
{
    Container read{.format = ImageFormat::Png};
    const qint64 end = device.size();
    read.segments.append({SegmentKind::Header, {}, 0, signatureSize, 0, 0});
    qint64 at = signatureSize;
    bool ended = false;
    while (!ended && at + frame <= end && read.segments.size() < mostSegments) {
        const QByteArray head = readAt(device, at, chunkHeaderSize);
        const qint64 length = big32(head, 0);
        if (head.size() < chunkHeaderSize || at + frame + length > end)
            break;
        Segment segment{
            SegmentKind::Other, head.sliced(4), at, length + frame, at + chunkHeaderSize, length};
        segment.kind = kindOf(device, segment);
        if (read.segments.size() == 1) {
            const QByteArray header = payloadOf(device, segment, 13);
            if (segment.name != "IHDR" || header.size() != 13)
                break;
            const quint32 width = big32(header, 0);
            const quint32 height = big32(header, 4);
            if (width == 0 || height == 0 || width > INT_MAX || height > INT_MAX)
                break;
            read.size = {static_cast<int>(width), static_cast<int>(height)};
        }
        read.isAnimated = read.isAnimated || segment.name == "acTL";
        ended = segment.name == "IEND";
        at += segment.size;
        read.segments.append(std::move(segment));
    }
    if (read.size.isEmpty())
        return noPicture(Words::tr("It is cut off in its header."));
    read.isTorn = !ended;
    if (at < end)
        read.segments.append({SegmentKind::Trailer, {}, at, end - at, at, end - at});
    return read;
}

QByteArray assemblePng(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added)
{
    QByteArray made;
    made.reserve(bytes.size() + added.text.size() + added.xmp.size() + 64);
    for (const Segment& segment : container.segments) {
        if (segment.kind == SegmentKind::Header || segment.kind == SegmentKind::Coded ||
            keep(segment))
            made += view(bytes, segment);
        if (segment.name != "IHDR")
            continue;
        made += added.text;
        if (!added.xmp.isEmpty())
            made += chunk("iTXt", xmpKeyword.toByteArray() + QByteArray(4, '\0') + added.xmp);
    }
    return made;
}

} // namespace container

QByteArray pngTextChunk(const QByteArray& keyword, const QString& text)
{
    const bool ascii = std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
    if (ascii)
        return container::chunk("tEXt", keyword + '\0' + text.toLatin1());
    // Not compressed, no language, no translated keyword: not every reader knows those.
    return container::chunk("iTXt", keyword + QByteArray(5, '\0') + text.toUtf8());
}

} // namespace seedbook
