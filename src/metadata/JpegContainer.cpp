#include "core/Words.h"
#include "metadata/ContainerSegments.h"

#include <array>

namespace seedbook::container {

namespace {

constexpr quint8 soi = 0xD8;
constexpr quint8 eoi = 0xD9;
constexpr quint8 sos = 0xDA;
constexpr quint8 rst0 = 0xD0;
constexpr quint8 rst7 = 0xD7;
constexpr quint8 com = 0xFE;
constexpr quint8 app0 = 0xE0;
constexpr quint8 app1 = 0xE1;
constexpr quint8 app2 = 0xE2;
constexpr quint8 app11 = 0xEB;
constexpr quint8 app14 = 0xEE;
constexpr quint8 app15 = 0xEF;

// Beyond this a picture counts as torn: its data has to be read for its end to be found.
constexpr qint64 largestJpeg = 256 << 20;
constexpr qint64 plainJfif = 14; // without a thumbnail

constexpr QByteArrayView exifName("Exif\0\0", 6);
constexpr QByteArrayView xmpName("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr QByteArrayView profileName("ICC_PROFILE\0", 12);

bool isStartOfFrame(quint8 marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

SegmentKind kindOf(quint8 marker, const QByteArray& start)
{
    switch (marker) {
    case com:
        return SegmentKind::Comment;
    case app0: // the other kind of it is a thumbnail
        return start.startsWith("JFIF") ? SegmentKind::Display : SegmentKind::Other;
    case app1:
        if (start.startsWith(exifName))
            return SegmentKind::Exif;
        return start.startsWith(xmpName) ? SegmentKind::Xmp : SegmentKind::Other;
    case app2:
        return start.startsWith(profileName) ? SegmentKind::Display : SegmentKind::Other;
    case app11:
        return start.startsWith("JP") ? SegmentKind::ContentCredentials : SegmentKind::Other;
    case app14: // Adobe's: tells how the colours are coded
        return start.startsWith("Adobe") ? SegmentKind::Coded : SegmentKind::Other;
    default:
        return marker > app0 && marker <= app15 ? SegmentKind::Other : SegmentKind::Coded;
    }
}

// Where the coded data behind an SOS's header ends, at the next marker; −1 where it does not.
qint64 endOfScan(QIODevice& device, qint64 at)
{
    constexpr qint64 step = 1 << 16;
    bool afterFf = false;
    for (;;) {
        const QByteArray block = readAt(device, at, step);
        if (block.isEmpty() || at > largestJpeg)
            return -1;
        for (qsizetype i = 0; i < block.size(); ++i) {
            const auto byte = static_cast<quint8>(block.at(i));
            if (!afterFf) {
                // Most of it is not a marker: jump to the next one that may be.
                i = block.indexOf('\xFF', i);
                if (i < 0)
                    break;
                afterFf = true;
            } else if (byte == 0 || (byte >= rst0 && byte <= rst7)) {
                afterFf = false;
            } else if (byte != 0xFF) {
                return at + i - 1;
            }
        }
        at += block.size();
    }
}

QByteArray jpegSegment(quint8 marker, QByteArrayView name, const QByteArray& payload)
{
    QByteArray made;
    made += '\xFF';
    made += static_cast<char>(marker);
    appendBig16(made, static_cast<quint16>(2 + name.size() + payload.size()));
    made += name;
    made += payload;
    return made;
}

} // namespace

Result<Container> readJpeg(QIODevice& device)
{
    Container read{.format = ImageFormat::Jpeg};
    const qint64 end = device.size();
    read.segments.append({SegmentKind::Header, QByteArray(1, char(soi)).toHex(), 0, 2, 2, 0});
    qint64 at = 2;
    read.isTorn = true; // until its end is found
    while (at + 2 <= end && read.segments.size() < mostSegments) {
        // The longest name by which a segment is told is the one of XMP.
        const QByteArray head = readAt(device, at, 4 + xmpName.size());
        if (head.size() < 2 || head.at(0) != '\xFF')
            break;
        const auto marker = static_cast<quint8>(head.at(1));
        if (marker == 0xFF) { // a fill byte
            read.segments.append({SegmentKind::Coded, "ff", at, 1, at, 0});
            ++at;
            continue;
        }
        if (marker == eoi) {
            read.segments.append({SegmentKind::Coded, "d9", at, 2, at + 2, 0});
            read.isTorn = read.size.isEmpty();
            at += 2;
            break;
        }
        const qint64 length = big16(head, 2);
        // Those that a scan alone has, and SOI, tell no length.
        if (marker < 0xC0 || (marker >= rst0 && marker <= soi) || length < 2 ||
            at + 2 + length > end)
            break;
        const QByteArray name = QByteArray(1, char(marker)).toHex();
        Segment segment{kindOf(marker, head.sliced(4)), name, at, length + 2, at + 4, length - 2};
        if (marker == sos) {
            const qint64 over = endOfScan(device, at + segment.size);
            segment.size = (over < 0 ? end : over) - at;
            segment.payloadSize = segment.size - 4;
        }
        if (segment.kind == SegmentKind::Display && marker == app0 &&
            segment.payloadSize > plainJfif)
            segment.kind = SegmentKind::Other; // its thumbnail may show what the picture does not
        if (segment.kind == SegmentKind::Exif || segment.kind == SegmentKind::Xmp) {
            const auto before =
                segment.kind == SegmentKind::Exif ? exifName.size() : xmpName.size();
            segment.payload += before;
            segment.payloadSize -= before;
        }
        if (isStartOfFrame(marker) && read.size.isEmpty())
            read.size = {big16(head, 7), big16(head, 5)};
        at += segment.size;
        read.segments.append(std::move(segment));
    }
    if (read.size.isEmpty())
        return noPicture(Words::tr("It is cut off in its header."));
    if (at < end)
        read.segments.append({SegmentKind::Trailer, {}, at, end - at, at, end - at});
    return read;
}

QByteArray assembleJpeg(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added)
{
    QByteArray made;
    made.reserve(bytes.size() + added.exif.size() + added.xmp.size() + 64);
    bool inserted = false;
    for (const Segment& segment : container.segments) {
        // JFIF's segment wants to be the first.
        const bool early = segment.kind == SegmentKind::Header || segment.name == "e0";
        if (!early && !std::exchange(inserted, true)) {
            if (!added.exif.isEmpty())
                made += jpegSegment(app1, exifName, added.exif);
            if (!added.xmp.isEmpty())
                made += jpegSegment(app1, xmpName, added.xmp);
        }
        if (segment.kind == SegmentKind::Header || segment.kind == SegmentKind::Coded ||
            keep(segment))
            made += view(bytes, segment);
    }
    return made;
}

} // namespace seedbook::container
