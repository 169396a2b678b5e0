#include "practice/PracticeWatermark.h"

#include <QtEndian>

#include <array>

namespace seedbook::practice {

namespace {

// CRC-32 as PNG defines it.
quint32 crc32(QByteArrayView bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> made{};
        for (quint32 n = 0; n < made.size(); ++n) {
            quint32 c = n;
            for (int bit = 0; bit < 8; ++bit)
                c = (c & 1) ? 0xedb88320U ^ (c >> 1) : c >> 1;
            made[n] = c;
        }
        return made;
    }();
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes)
        crc = table[(crc ^ static_cast<quint8>(byte)) & 0xff] ^ (crc >> 8);
    return crc ^ 0xffffffffU;
}

template <typename Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

template <typename Number>
QByteArray littleEndian(Number number)
{
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray markedPng(const QByteArray& encoded, const QByteArray& packet)
{
    // The signature and IHDR, which is first and always 13 bytes long.
    constexpr qsizetype head = 8 + 4 + 4 + 13 + 4;
    // Keyword; not compressed, method 0; no language, no translated keyword.
    const QByteArray typed = QByteArrayLiteral("iTXtXML:com.adobe.xmp\0\0\0\0\0") + packet;
    return encoded.first(head) + bigEndian(static_cast<quint32>(typed.size() - 4)) + typed +
           bigEndian(crc32(typed)) + encoded.sliced(head);
}

QByteArray markedJpeg(const QByteArray& encoded, const QByteArray& packet)
{
    qsizetype head = 2;                                        // SOI
    if (encoded.sliced(head, 2) == QByteArrayView("\xff\xe0")) // JFIF wants its APP0 to be first
        head += 2 + qFromBigEndian<quint16>(encoded.constData() + head + 2);
    const QByteArray payload = QByteArrayLiteral("http://ns.adobe.com/xap/1.0/\0") + packet;
    return encoded.first(head) + "\xff\xe1" + bigEndian(static_cast<quint16>(payload.size() + 2)) +
           payload + encoded.sliced(head);
}

QByteArray riffChunk(QByteArrayView fourcc, const QByteArray& payload)
{
    QByteArray chunk =
        fourcc.toByteArray() + littleEndian(static_cast<quint32>(payload.size())) + payload;
    if (payload.size() % 2 != 0)
        chunk += '\0';
    return chunk;
}

QByteArray markedWebp(const QByteArray& encoded, const QByteArray& packet, QSize size)
{
    constexpr char xmpFlag = 0x04;
    QByteArray chunks = encoded.sliced(12); // behind RIFF, size, WEBP
    if (chunks.startsWith("VP8X")) {
        chunks[8] = static_cast<char>(chunks[8] | xmpFlag);
    } else {
        // Flags and three reserved bytes, then the canvas as 24-bit numbers, one less each.
        const QByteArray header = QByteArray(1, xmpFlag) + QByteArray(3, '\0') +
                                  littleEndian(static_cast<quint32>(size.width() - 1)).first(3) +
                                  littleEndian(static_cast<quint32>(size.height() - 1)).first(3);
        chunks.prepend(riffChunk("VP8X", header));
    }
    chunks += riffChunk("XMP ", packet);
    return "RIFF" + littleEndian(static_cast<quint32>(chunks.size() + 4)) + "WEBP" + chunks;
}

} // namespace

QByteArray practicePacket()
{
    return QByteArrayLiteral(
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "  <rdf:Description rdf:about=\"\"\n"
        "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
        "    xmp:CreatorTool=\"Seedbook practice service\"\n"
        "    Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/"
        "algorithmicMedia\"/>\n"
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        "<?xpacket end=\"w\"?>");
}

QByteArray withPracticeMark(const QByteArray& encoded, ImageFormat format, QSize size)
{
    const QByteArray packet = practicePacket();
    switch (format) {
    case ImageFormat::Png:
        return markedPng(encoded, packet);
    case ImageFormat::Jpeg:
        return markedJpeg(encoded, packet);
    case ImageFormat::Webp:
        return markedWebp(encoded, packet, size);
    }
    Q_UNREACHABLE();
}

} // namespace seedbook::practice
