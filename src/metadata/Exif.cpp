#include "metadata/Exif.h"

#include <QStringDecoder>
#include <QStringEncoder>
#include <QtEndian>

#include <algorithm>
#include <exiv2/exiv2.hpp>

namespace seedbook {

namespace {

constexpr qsizetype largestEntry = 4 << 20;
constexpr int mostEntries = 512; // in one IFD

constexpr quint16 tagImageDescription = 0x010E;
constexpr quint16 tagMake = 0x010F;
constexpr quint16 tagModel = 0x0110;
constexpr quint16 tagOrientation = 0x0112;
constexpr quint16 tagSoftware = 0x0131;
constexpr quint16 tagExifIfd = 0x8769;
constexpr quint16 tagMakerNote = 0x927C;
constexpr quint16 tagUserComment = 0x9286;
constexpr quint16 tagDateTimeOriginal = 0x9003;
constexpr quint16 tagDateTimeDigitized = 0x9004;

constexpr QByteArrayView unicodeCode("UNICODE\0", 8);
constexpr QByteArrayView asciiCode("ASCII\0\0\0", 8);
constexpr QByteArrayView noCode("\0\0\0\0\0\0\0\0", 8);

class TiffReader final
{
public:
    explicit TiffReader(const QByteArray& bytes)
        : m_bytes(bytes)
        , m_big(bytes.startsWith(QByteArrayView("MM\0\x2A", 4)))
        , m_sound(m_big || bytes.startsWith(QByteArrayView("II\x2A\0", 4)))
    {
    }

    [[nodiscard]] ExifEntries read() const
    {
        ExifEntries entries;
        if (!m_sound)
            return entries;
        const quint32 exif = readIfd(number32(4), entries, true);
        if (exif != 0)
            (void)readIfd(exif, entries, false);
        return entries;
    }

private:
    [[nodiscard]] quint16 number16(qsizetype at) const
    {
        if (at < 0 || at + 2 > m_bytes.size())
            return 0;
        return m_big ? qFromBigEndian<quint16>(m_bytes.constData() + at)
                     : qFromLittleEndian<quint16>(m_bytes.constData() + at);
    }
    [[nodiscard]] quint32 number32(qsizetype at) const
    {
        if (at < 0 || at + 4 > m_bytes.size())
            return 0;
        return m_big ? qFromBigEndian<quint32>(m_bytes.constData() + at)
                     : qFromLittleEndian<quint32>(m_bytes.constData() + at);
    }

    // Answers where the ExifIFD lies, or 0.
    quint32 readIfd(quint32 at, ExifEntries& entries, bool first) const
    {
        quint32 exif = 0;
        const int count = std::min<int>(number16(at), mostEntries);
        for (int i = 0; i < count; ++i) {
            const qsizetype entry = qsizetype{at} + 2 + qsizetype{i} * 12;
            if (entry + 12 > m_bytes.size())
                break;
            switch (number16(entry)) {
            case tagImageDescription:
                entries.imageDescription = value(entry);
                break;
            case tagMake:
                entries.make = value(entry);
                break;
            case tagModel:
                entries.model = value(entry);
                break;
            case tagSoftware:
                entries.software = value(entry);
                break;
            case tagOrientation:
                if (const int told = number16(entry + 8); told >= 1 && told <= 8)
                    entries.orientation = told;
                break;
            case tagDateTimeDigitized:
                if (entries.dateTime.isEmpty())
                    entries.dateTime = value(entry);
                break;
            case tagDateTimeOriginal:
                entries.dateTime = value(entry);
                break;
            case tagExifIfd:
                exif = first ? number32(entry + 8) : 0;
                break;
            // The ExifIFD is read last, and is where these belong.
            case tagMakerNote:
                entries.makerNote = value(entry);
                break;
            case tagUserComment:
                entries.userComment = value(entry);
                break;
            default:
                break;
            }
        }
        return exif;
    }

    // Of the types whose elements are bytes.
    [[nodiscard]] QByteArray value(qsizetype entry) const
    {
        const quint16 type = number16(entry + 2);
        const qsizetype size = number32(entry + 4);
        if ((type != 1 && type != 2 && type != 7) || size > largestEntry)
            return {};
        const qsizetype at = size <= 4 ? entry + 8 : qsizetype{number32(entry + 8)};
        if (at + size > m_bytes.size())
            return {};
        return m_bytes.mid(at, size);
    }

    const QByteArray& m_bytes;
    bool m_big;
    bool m_sound;
};

QString decodedStrictly(QStringDecoder::Encoding encoding, QByteArrayView bytes)
{
    QStringDecoder decoder(encoding); // drops a byte order mark
    QString text = decoder.decode(bytes);
    return decoder.hasError() ? QString() : text;
}

qsizetype printableAscii(const QString& text)
{
    return std::ranges::count_if(text, [](QChar c) {
        return (c.unicode() >= 0x20 && c.unicode() < 0x7F) || c == u'\n' || c == u'\r' ||
               c == u'\t';
    });
}

QString unicodeText(QByteArrayView bytes)
{
    if (bytes.startsWith(QByteArrayView("\xFE\xFF", 2)))
        return decodedStrictly(QStringDecoder::Utf16BE, bytes);
    if (bytes.startsWith(QByteArrayView("\xFF\xFE", 2)))
        return decodedStrictly(QStringDecoder::Utf16LE, bytes);
    QString best;
    qsizetype most = -1;
    const auto consider = [&](QStringDecoder::Encoding encoding) {
        const QString text = decodedStrictly(encoding, bytes);
        const qsizetype ascii = printableAscii(text);
        if (!text.isEmpty() && ascii > most) {
            best = text;
            most = ascii;
        }
    };
    // In the order of preference where they are equally likely.
    if (!bytes.contains('\0'))
        consider(QStringDecoder::Utf8);
    consider(QStringDecoder::Utf16BE);
    consider(QStringDecoder::Utf16LE);
    return best;
}

QString withoutEnd(const QString& text)
{
    qsizetype end = text.indexOf(QChar(u'\0'));
    return (end < 0 ? text : text.first(end)).trimmed();
}

void append16(QByteArray& to, quint16 value)
{
    char bytes[2];
    qToBigEndian(value, bytes);
    to.append(bytes, 2);
}

void append32(QByteArray& to, quint32 value)
{
    char bytes[4];
    qToBigEndian(value, bytes);
    to.append(bytes, 4);
}

void appendEntry(QByteArray& to, quint16 tag, quint16 type, quint32 count, quint32 value)
{
    append16(to, tag);
    append16(to, type);
    append32(to, count);
    append32(to, value);
}

QByteArray freshExif(const QByteArray& userComment)
{
    QByteArray made("MM\0\x2A\0\0\0\x08", 8);
    append16(made, 1);
    appendEntry(made, tagExifIfd, 4, 1, 26);
    append32(made, 0);
    append16(made, 1);
    appendEntry(made, tagUserComment, 7, static_cast<quint32>(userComment.size()), 44);
    append32(made, 0);
    return made + userComment;
}

} // namespace

ExifEntries readExif(const QByteArray& tiff)
{
    return TiffReader(tiff).read();
}

QString exifText(const QByteArray& entry)
{
    const QString text = decodedStrictly(QStringDecoder::Utf8, entry);
    return withoutEnd(text.isEmpty() ? QString::fromLatin1(entry) : text);
}

QString userCommentText(const QByteArray& userComment)
{
    const QByteArrayView all(userComment);
    if (all.startsWith(unicodeCode))
        return withoutEnd(unicodeText(all.sliced(unicodeCode.size())));
    const bool coded = all.startsWith(asciiCode) || all.startsWith(noCode);
    return exifText(coded ? userComment.sliced(asciiCode.size()) : userComment);
}

QByteArray userCommentOf(const QString& text)
{
    QStringEncoder encoder(QStringEncoder::Utf16BE);
    const bool guarded = !text.isEmpty() && text.at(0).unicode() >= 0x80;
    const QByteArray encoded = encoder.encode(guarded ? QString(u' ' + text) : text);
    return unicodeCode.toByteArray() + encoded;
}

std::optional<QByteArray> exifWithUserComment(const QByteArray& tiff, const QByteArray& userComment)
{
    if (tiff.isEmpty())
        return freshExif(userComment);
    try {
        const auto* bytes = reinterpret_cast<const Exiv2::byte*>(tiff.constData());
        Exiv2::ExifData data;
        Exiv2::ExifParser::decode(data, bytes, static_cast<uint32_t>(tiff.size()));
        Exiv2::DataValue value(Exiv2::undefined);
        value.read(reinterpret_cast<const Exiv2::byte*>(userComment.constData()),
            static_cast<long>(userComment.size()), Exiv2::bigEndian);
        data["Exif.Photo.UserComment"].setValue(&value);
        // It edits the old block in place where it can; without the old one all is written anew, in
        // the byte order asked for.
        Exiv2::Blob blob;
        (void)Exiv2::ExifParser::encode(blob, nullptr, 0, Exiv2::bigEndian, data);
        QByteArray made(
            reinterpret_cast<const char*>(blob.data()), static_cast<qsizetype>(blob.size()));
        // Above 64 KiB it is empty, without a word.
        if (readExif(made).userComment != userComment)
            return std::nullopt;
        return made;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

QByteArray exifWithOrientation(int orientation)
{
    QByteArray made("MM\0\x2A\0\0\0\x08", 8);
    append16(made, 1);
    appendEntry(made, tagOrientation, 3, 1, static_cast<quint32>(orientation) << 16);
    append32(made, 0);
    return made;
}

} // namespace seedbook
