#include "metadata/TextReader.h"

#include "metadata/Exif.h"
#include "metadata/Xmp.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <zlib.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype largestText = 4 << 20;      // bytes of one text as it lies in the file
constexpr qsizetype largestInflated = 16 << 20; // bytes of all texts of one file
constexpr qsizetype mostTexts = 256;
constexpr qsizetype longestKeyword = 79; // by the standard
constexpr qint64 largestBlock = 4 << 20; // EXIF

// At most `room` bytes; nothing where there are more, or the data is damaged. The work is paid for
// out of `room` in either case.
QByteArray inflated(QByteArrayView data, qsizetype& room)
{
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return {};
    // zlib does not write to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    QByteArray text;
    std::array<char, 1 << 15> block{};
    int state = Z_OK;
    while (state == Z_OK && text.size() <= room) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = block.size();
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(block.data(), static_cast<qsizetype>(block.size() - stream.avail_out));
    }
    inflateEnd(&stream);
    const bool whole = state == Z_STREAM_END && text.size() <= room;
    room = std::max<qsizetype>(0, room - text.size());
    return whole ? text : QByteArray();
}

// The standard says Latin-1; many write UTF-8.
QString looseText(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(bytes);
    return decoder.hasError() ? QString::fromLatin1(bytes) : text;
}

// Up to the next NUL, which is taken away too; false where there is none.
bool takeWord(QByteArrayView& rest, QByteArrayView& word)
{
    const qsizetype end = rest.indexOf('\0');
    if (end < 0)
        return false;
    word = rest.first(end);
    rest = rest.sliced(end + 1);
    return true;
}

std::optional<PngText> pngText(const QByteArray& type, const QByteArray& payload, qsizetype& room)
{
    QByteArrayView rest(payload);
    QByteArrayView keyword;
    if (!takeWord(rest, keyword) || keyword.isEmpty() || keyword.size() > longestKeyword)
        return std::nullopt;
    bool compressed = type == "zTXt";
    if (type == "iTXt") {
        if (rest.size() < 2)
            return std::nullopt;
        compressed = rest.at(0) != 0;
        rest = rest.sliced(2);
        QByteArrayView language;
        QByteArrayView translated;
        if (!takeWord(rest, language) || !takeWord(rest, translated))
            return std::nullopt;
    } else if (compressed) {
        if (rest.isEmpty())
            return std::nullopt;
        rest = rest.sliced(1);
    }
    QByteArray plain;
    if (compressed) {
        plain = inflated(rest, room);
        rest = plain;
    } else if (rest.size() > room) {
        return std::nullopt;
    } else {
        room -= rest.size();
    }
    // Texts are C strings to most who read them.
    return PngText{QString::fromLatin1(keyword), looseText(rest).remove(QChar(u'\0'))};
}

} // namespace

QByteArray xmpPacket(QIODevice& device, const Container& container)
{
    for (const Segment& segment : container.segments) {
        if (segment.kind != SegmentKind::Xmp || segment.payloadSize > largestXmp)
            continue;
        const QByteArray payload = payloadOf(device, segment, largestXmp);
        if (container.format != ImageFormat::Png)
            return payload;
        qsizetype room = largestXmp;
        const auto text = pngText(segment.name, payload, room);
        return text ? text->text.toUtf8() : QByteArray();
    }
    return {};
}

QByteArray exifBlock(QIODevice& device, const Container& container)
{
    for (const Segment& segment : container.segments) {
        if (segment.kind != SegmentKind::Exif)
            continue;
        QByteArray block = payloadOf(device, segment, largestBlock);
        // Some put JPEG's name before it in WebP too.
        if (block.startsWith("Exif") && block.size() >= 6)
            block.remove(0, 6);
        return block;
    }
    return {};
}

MetadataTexts readTexts(QIODevice& device, const Container& container)
{
    MetadataTexts texts{.format = container.format, .size = container.size};
    qsizetype room = largestInflated;
    for (const Segment& segment : container.segments) {
        if (segment.kind == SegmentKind::Comment && texts.jpegComment.isNull())
            texts.jpegComment = exifText(payloadOf(device, segment, largestText));
        if (segment.kind != SegmentKind::Text || segment.payloadSize > largestText ||
            texts.png.size() >= mostTexts)
            continue;
        if (auto text = pngText(segment.name, payloadOf(device, segment, largestText), room))
            texts.png.append(*std::move(text));
    }
    const ExifEntries exif = readExif(exifBlock(device, container));
    texts.userComment = userCommentText(exif.userComment);
    texts.makerNote = exifText(exif.makerNote);
    texts.imageDescription = exifText(exif.imageDescription);
    texts.make = exifText(exif.make);
    texts.model = exifText(exif.model);
    texts.software = exifText(exif.software);
    texts.exifDate = exifText(exif.dateTime);
    const QByteArray packet = xmpPacket(device, container);
    if (!packet.isEmpty())
        texts.xmp = readXmp(packet).value_or(XmpTexts{});
    return texts;
}

} // namespace seedbook
