#include "core/Words.h"
#include "metadata/ContainerSegments.h"

#include <array>

namespace seedbook::container {

namespace {

constexpr qint64 riffSize = 12;
constexpr qint64 headerSize = 8;

// VP8X's flags.
constexpr quint8 animationFlag = 0x02;
constexpr quint8 xmpFlag = 0x04;
constexpr quint8 exifFlag = 0x08;
constexpr quint8 alphaFlag = 0x10;
constexpr quint8 profileFlag = 0x20;

SegmentKind kindOf(const QByteArray& name)
{
    if (name == "VP8 " || name == "VP8L" || name == "ALPH" || name == "ANIM" || name == "ANMF")
        return SegmentKind::Coded;
    if (name == "VP8X")
        return SegmentKind::Header;
    if (name == "ICCP")
        return SegmentKind::Display;
    if (name == "EXIF")
        return SegmentKind::Exif;
    if (name == "XMP ")
        return SegmentKind::Xmp;
    if (name == "C2PA")
        return SegmentKind::ContentCredentials;
    return SegmentKind::Other;
}

// Size and transparency, from the chunk that tells them.
void readPictureHeader(Container& read, const QByteArray& name, const QByteArray& start)
{
    if (name == "VP8X" && start.size() >= 10) {
        read.size = {
            static_cast<int>(little24(start, 4)) + 1, static_cast<int>(little24(start, 7)) + 1};
        read.isAnimated = (quint8(start.at(0)) & animationFlag) != 0;
        read.hasAlpha = (quint8(start.at(0)) & alphaFlag) != 0;
    } else if (name == "VP8L" && start.size() >= 5 && start.at(0) == 0x2F) {
        const quint32 bits = little32(start, 1);
        if (read.size.isEmpty())
            read.size = {
                static_cast<int>(bits & 0x3FFF) + 1, static_cast<int>(bits >> 14 & 0x3FFF) + 1};
        read.hasAlpha = read.hasAlpha || (bits >> 28 & 1) != 0;
    } else if (name == "VP8 " && start.size() >= 10 && start.sliced(3, 3) == "\x9D\x01\x2A") {
        if (read.size.isEmpty())
            read.size = {little16(start, 6) & 0x3FFF, little16(start, 8) & 0x3FFF};
    } else if (name == "ALPH") {
        read.hasAlpha = true;
    }
}

void appendChunk(QByteArray& to, const QByteArray& name, const QByteArray& payload)
{
    to += name;
    appendLittle32(to, static_cast<quint32>(payload.size()));
    to += payload;
    if (payload.size() % 2 != 0)
        to += '\0';
}

} // namespace

Result<Container> readWebp(QIODevice& device)
{
    Container read{.format = ImageFormat::Webp};
    const QByteArray head = readAt(device, 0, riffSize);
    const qint64 told = headerSize + little32(head, 4);
    const qint64 end = std::min(device.size(), told + told % 2);
    read.segments.append({SegmentKind::Header, "RIFF", 0, riffSize, riffSize, 0});
    qint64 at = riffSize;
    bool coded = false;
    while (at + headerSize <= end && read.segments.size() < mostSegments) {
        const QByteArray start = readAt(device, at, headerSize + 10);
        const qint64 length = little32(start, 4);
        const qint64 whole = headerSize + length + length % 2;
        // The last byte of padding is left out by some.
        if (at + headerSize + length > end)
            break;
        Segment segment{kindOf(start.first(4)), start.first(4), at, std::min(whole, end - at),
            at + headerSize, length};
        readPictureHeader(read, segment.name, start.sliced(headerSize));
        coded = coded || segment.name == "VP8 " || segment.name == "VP8L" || segment.name == "ANMF";
        at += segment.size;
        read.segments.append(std::move(segment));
    }
    if (read.size.isEmpty())
        return noPicture(Words::tr("It is cut off in its header."));
    read.isTorn = !coded || at < end || device.size() < told;
    if (at < device.size())
        read.segments.append(
            {SegmentKind::Trailer, {}, at, device.size() - at, at, device.size() - at});
    return read;
}

QByteArray assembleWebp(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added)
{
    QByteArray body;
    body.reserve(bytes.size() + added.exif.size() + added.xmp.size() + 64);
    quint8 flags = 0;
    QByteArray extended;
    QByteArray trailer;
    for (const Segment& segment : container.segments) {
        if (segment.name == "VP8X") {
            extended = payloadOf(bytes, segment);
            continue;
        }
        if (segment.kind == SegmentKind::Header ||
            (segment.kind != SegmentKind::Coded && !keep(segment)))
            continue;
        if (segment.kind == SegmentKind::Trailer) {
            trailer = view(bytes, segment).toByteArray();
            continue;
        }
        if (segment.name == "ICCP")
            flags |= profileFlag;
        if (segment.kind == SegmentKind::Exif)
            flags |= exifFlag;
        if (segment.kind == SegmentKind::Xmp)
            flags |= xmpFlag;
        body += view(bytes, segment);
        if (body.size() % 2 != 0)
            body += '\0';
    }
    if (!added.exif.isEmpty()) {
        appendChunk(body, "EXIF", added.exif);
        flags |= exifFlag;
    }
    if (!added.xmp.isEmpty()) {
        appendChunk(body, "XMP ", added.xmp);
        flags |= xmpFlag;
    }
    if (container.hasAlpha)
        flags |= alphaFlag;
    if (container.isAnimated)
        flags |= animationFlag;

    QByteArray made("RIFF\0\0\0\0WEBP", riffSize);
    const quint8 needs = flags & ~alphaFlag; // VP8L tells of its transparency itself
    if (needs != 0 || !extended.isEmpty()) {
        if (extended.size() < 10) {
            extended = QByteArray(10, '\0');
            const quint32 width = static_cast<quint32>(container.size.width()) - 1;
            const quint32 height = static_cast<quint32>(container.size.height()) - 1;
            for (int i = 0; i < 3; ++i) {
                extended[4 + i] = static_cast<char>(width >> (8 * i));
                extended[7 + i] = static_cast<char>(height >> (8 * i));
            }
        }
        extended[0] = static_cast<char>(flags);
        appendChunk(made, "VP8X", extended);
    }
    made += body;
    qToLittleEndian(static_cast<quint32>(made.size() - headerSize), made.data() + 4);
    return made + trailer;
}

} // namespace seedbook::container
