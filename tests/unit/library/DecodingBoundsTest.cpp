// Files that are small and claim or unpack to much: each is decoded, or refused, within bounds.
#include "library/ImageDecoder.h"
#include "support/BoundedChild.h"
#include "support/Samples.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

QByteArray big32(qsizetype value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(static_cast<quint32>(value), bytes.data());
    return bytes;
}

QByteArray big16(int value)
{
    return big32(value).last(2);
}

QByteArray chunk(const QByteArray& type, const QByteArray& data)
{
    quint32 crc = 0xffffffffU;
    for (const char byte : type + data) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return big32(data.size()) + type + data + big32(crc ^ 0xffffffffU);
}

QByteArray packed(const QByteArray& plain)
{
    return qCompress(plain, 9).sliced(4); // zlib's, without Qt's length
}

// Chunks behind a PNG's header.
QByteArray pngWith(const QByteArray& chunks, QSize size = {64, 36})
{
    return test::samplePicture(ImageFormat::Png, size).insert(33, chunks);
}

// Each a little below the 8 MB that libpng unpacks.
QByteArray packedTexts(int count)
{
    const QByteArray text = packed(QByteArray(7'900'000, 'a'));
    const QByteArray one = chunk("zTXt", "a" + QByteArray(2, '\0') + text) +
                           chunk("iTXt", "a" + QByteArray("\0\1\0\0\0", 5) + text);
    return one.repeated(count);
}

QByteArray segment(char marker, const QByteArray& data)
{
    return QByteArray("\xff") + marker + big16(int(data.size()) + 2) + data;
}

// A progressive JPEG of one component, each of whose scans tells nothing.
QByteArray jpegOfScans(QSize size, int scans)
{
    QByteArray jpeg("\xff\xd8");
    jpeg += segment('\xdb', QByteArray(1, '\0') + QByteArray(64, '\1'));
    jpeg += segment('\xc2', QByteArray("\x08") + big16(size.height()) + big16(size.width()) +
                                QByteArray("\x01\x01\x11\x00", 4));
    const QByteArray lengths = QByteArray("\x01") + QByteArray(15, '\0');
    jpeg += segment('\xc4', QByteArray(1, '\x00') + lengths + QByteArray(1, '\0'));
    jpeg += segment('\xc4', QByteArray(1, '\x10') + lengths + QByteArray(1, '\0'));
    jpeg += segment('\xda', QByteArray("\x01\x01\x00\x00\x00\x00", 6));
    jpeg += segment('\xda', QByteArray("\x01\x01\x00\x01\x3f\x00", 6)).repeated(scans - 1);
    return jpeg + "\xff\xd9";
}

bool hasSize(const QByteArray& bytes, QSize size)
{
    const auto read = readPictureSize(bytes);
    return read && *read == size;
}

void show(const char* what, const test::ChildRun& run)
{
    qInfo("%s: %s, %.1f MB above, %.2f s", what, run.ended ? "ended" : "killed",
        double(run.peak) / 1e6, run.seconds);
}

} // namespace

class DecodingBoundsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packedTextsAreNotUnpacked_data();
    void packedTextsAreNotUnpacked();
    void manyScansAreRefused();
};

void DecodingBoundsTest::packedTextsAreNotUnpacked_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("texts") << pngWith(packedTexts(40));
    QByteArray behind = test::samplePicture(ImageFormat::Png);
    QTest::newRow("texts behind the pixels") << behind.insert(behind.size() - 12, packedTexts(40));
    QTest::newRow("profiles") << pngWith(
        chunk("iCCP", "a" + QByteArray(2, '\0') + packed(QByteArray(200'000'000, 'a')))
            .repeated(20));
    QTest::newRow("palettes") << pngWith(
        chunk("sPLT", "a" + QByteArray("\0\x08", 2) + QByteArray(60'000, 'a')).repeated(50));
}

void DecodingBoundsTest::packedTextsAreNotUnpacked()
{
    QFETCH(const QByteArray, bytes);
    const auto size = test::inBoundedChild(
        [&bytes] {
            return hasSize(bytes, {64, 36});
        },
        60'000'000);
    show("size", size);
    const QImage plain = QImage::fromData(test::samplePicture(ImageFormat::Png));
    const auto run = test::inBoundedChild([&bytes, &plain] {
        const auto image = decodePicture(bytes);
        return image && image->convertToFormat(QImage::Format_RGB32) ==
                            plain.convertToFormat(QImage::Format_RGB32);
    });
    show("picture", run);
    QVERIFY(size.good);
    QVERIFY(run.good);
    QVERIFY(run.peak < 100'000'000);
}

void DecodingBoundsTest::manyScansAreRefused()
{
    const QByteArray bytes = jpegOfScans({10000, 10000}, 20000);
    const auto run = test::inBoundedChild([&bytes] {
        return hasSize(bytes, {10000, 10000}) && !decodePicture(bytes, {256, 256});
    });
    show("scans", run);
    QVERIFY(run.good);
}

QTEST_GUILESS_MAIN(DecodingBoundsTest)
#include "DecodingBoundsTest.moc"
