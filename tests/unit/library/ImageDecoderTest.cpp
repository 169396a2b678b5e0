#include "library/ImageDecoder.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QBuffer>
#include <QFile>
#include <QGuiApplication>
#include <QImageWriter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <sys/resource.h>

namespace seedbook::imageDecoderTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

QByteArray chunk(const QByteArray& typeAndData)
{
    quint32 crc = 0xffffffffU;
    for (const char byte : typeAndData) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    QByteArray length(4, '\0');
    QByteArray sum(4, '\0');
    qToBigEndian(static_cast<quint32>(typeAndData.size() - 4), length.data());
    qToBigEndian(crc ^ 0xffffffffU, sum.data());
    return length + typeAndData + sum;
}

// A sound header and the beginning of pixels that never come.
QByteArray pngOfSize(quint32 width, quint32 height)
{
    QByteArray header("IHDR\0\0\0\0\0\0\0\0\x08\x06\0\0\0", 17);
    qToBigEndian(width, header.data() + 4);
    qToBigEndian(height, header.data() + 8);
    return QByteArray("\x89PNG\r\n\x1a\n") + chunk(header) +
           chunk(QByteArray("IDAT\x78\x9c\0\0\0\0", 10)) + chunk("IEND");
}

QByteArray encoded(const QImage& image, const QByteArray& format,
    QImageIOHandler::Transformations turned = QImageIOHandler::TransformationNone)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setTransformation(turned);
    if (!writer.write(image))
        qFatal("%s", qPrintable(writer.errorString()));
    return bytes;
}

} // namespace

class ImageDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFormats_data();
    void readsTheFormats();
    void believesTheBytesNotTheName();
    void scalesDownWell_data();
    void scalesDownWell();
    void keepsTransparency();
    void turnsPhotographs();
    void refuses_data();
    void refuses();
    void hugeHeadersAllocateNothing_data();
    void hugeHeadersAllocateNothing();
    void decodesBeyondQtsOwnLimit();
    void tornFiles_data();
    void tornFiles();
    void missingFile();
    void whatIsNoFile();
    void decodesLater();
    void warnsOfNothingHere();

private:
    QString put(const QString& name, const QByteArray& bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

void ImageDecoderTest::readsTheFormats_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void ImageDecoderTest::readsTheFormats()
{
    QFETCH(const ImageFormat, format);
    const QByteArray bytes = test::samplePicture(format, {320, 180});
    const QString path = put(u"picture"_s, bytes);
    QCOMPARE(*readPictureSize(bytes), QSize(320, 180));
    QCOMPARE(*readPictureSize(path), QSize(320, 180));
    const auto whole = decodePicture(path);
    QVERIFY(whole);
    QCOMPARE(whole->size(), QSize(320, 180));
    QCOMPARE(whole->format(), QImage::Format_RGB32);
    QCOMPARE(decodePicture(path, {100, 100})->size(), QSize(100, 56));
    QCOMPARE(decodePicture(path, {1000, 90})->size(), QSize(160, 90));
    QCOMPARE(decodePicture(path, {1000, 1000})->size(), QSize(320, 180)); // never up
    if (format == ImageFormat::Png)
        QVERIFY(*whole == QImage::fromData(bytes));
}

void ImageDecoderTest::believesTheBytesNotTheName()
{
    const QString path = put(u"picture.png"_s, test::samplePicture(ImageFormat::Jpeg, {32, 32}));
    QCOMPARE(*readPictureSize(path), QSize(32, 32));
    QCOMPARE(decodePicture(path)->size(), QSize(32, 32));
}

void ImageDecoderTest::scalesDownWell_data()
{
    readsTheFormats_data();
}

void ImageDecoderTest::scalesDownWell()
{
    // One-pixel stripes: whoever leaves pixels out sees black or white; whoever averages sees grey.
    QFETCH(const ImageFormat, format);
    QImage stripes(1024, 1024, QImage::Format_RGB32);
    for (int y = 0; y < stripes.height(); ++y) {
        for (int x = 0; x < stripes.width(); ++x)
            stripes.setPixel(x, y, x % 2 == 0 ? 0xff000000 : 0xffffffff);
    }
    const QString path = put(u"stripes"_s, encoded(stripes, formatName(format).toLatin1()));
    const auto small = decodePicture(path, {64, 64});
    QVERIFY(small);
    for (int x = 4; x < 60; ++x) {
        const int grey = qGray(small->pixel(x, 32));
        QVERIFY2(grey > 100 && grey < 156, qPrintable(QString::number(grey)));
    }
}

void ImageDecoderTest::keepsTransparency()
{
    QImage image(16, 16, QImage::Format_ARGB32);
    image.fill(0x40ff0000);
    const auto decoded = decodePicture(put(u"glass"_s, encoded(image, "png")));
    QVERIFY(decoded);
    QCOMPARE(decoded->format(), QImage::Format_ARGB32_Premultiplied);
    QCOMPARE(decoded->pixelColor(3, 3).alpha(), 0x40);
}

void ImageDecoderTest::turnsPhotographs()
{
    QImage image(200, 100, QImage::Format_RGB32);
    image.fill(Qt::blue);
    const QString path =
        put(u"turned"_s, encoded(image, "jpeg", QImageIOHandler::TransformationRotate90));
    QCOMPARE(*readPictureSize(path), QSize(100, 200));
    QCOMPARE(decodePicture(path)->size(), QSize(100, 200));
    QCOMPARE(decodePicture(path, {50, 50})->size(), QSize(25, 50));
}

void ImageDecoderTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("{\"error\": \"no picture\"}");
    QTest::newRow("signature alone") << QByteArray("\x89PNG\r\n\x1a\n");
    QTest::newRow("JPEG signature alone") << QByteArray("\xff\xd8\xff\xe0");
    QTest::newRow("WebP signature alone") << QByteArray("RIFF\x10\0\0\0WEBP", 12);
    QTest::newRow("PNG signature, JPEG inside")
        << QByteArray("\x89PNG\r\n\x1a\n") + test::samplePicture(ImageFormat::Jpeg);
    QTest::newRow("BMP") << encoded(QImage(8, 8, QImage::Format_RGB32), "bmp");
    QTest::newRow("XPM") << QByteArray(
        "/* XPM */ static char* a[]={\"1 1 1 1\",\"a c #000\",\"a\"};");
    QTest::newRow("no pixels") << pngOfSize(0, 0);
}

void ImageDecoderTest::refuses()
{
    QFETCH(const QByteArray, bytes);
    const QString path = put(u"bad.png"_s, bytes);
    const auto size = readPictureSize(bytes);
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::PictureUndecodable);
    QVERIFY(!readPictureSize(path));
    const auto image = decodePicture(path, {256, 256});
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::PictureUndecodable);
    QCOMPARE(image.error().subject, path);
    QVERIFY(!image.error().detail.isEmpty());
}

void ImageDecoderTest::hugeHeadersAllocateNothing_data()
{
    QTest::addColumn<quint32>("width");
    QTest::addColumn<quint32>("height");
    QTest::newRow("60000 x 60000") << 60000U << 60000U;
    QTest::newRow("too many pixels") << 10001U << 10000U;
    QTest::newRow("too wide") << 16385U << 1U;
    QTest::newRow("too high") << 1U << 16385U;
    QTest::newRow("overflow") << 0x7fffffffU << 0x7fffffffU;
}

void ImageDecoderTest::hugeHeadersAllocateNothing()
{
    QFETCH(const quint32, width);
    QFETCH(const quint32, height);
    const QByteArray bytes = pngOfSize(width, height);
    const QString path = put(u"bomb.png"_s, bytes);
    struct rusage before = {};
    struct rusage after = {};
    ::getrusage(RUSAGE_SELF, &before);
    QVERIFY(!readPictureSize(bytes));
    const auto image = decodePicture(path);
    ::getrusage(RUSAGE_SELF, &after);
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::PictureUndecodable);
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 16 * 1024); // kilobytes
}

void ImageDecoderTest::decodesBeyondQtsOwnLimit()
{
    // 150 MB of pixels: more than Qt takes by default.
    QImage image(8192, 4600, QImage::Format_Grayscale8);
    image.fill(128);
    const QString path = put(u"large.png"_s, encoded(image, "png"));
    image = {};
    const auto decoded = decodePicture(path);
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error().detail));
    QCOMPARE(decoded->size(), QSize(8192, 4600));
    QCOMPARE(decoded->pixelColor(8191, 4599), QColor(128, 128, 128));
}

void ImageDecoderTest::tornFiles_data()
{
    readsTheFormats_data();
}

void ImageDecoderTest::tornFiles()
{
    QFETCH(const ImageFormat, format);
    const QByteArray bytes = test::samplePicture(format, {320, 180});
    for (qsizetype length = 12; length < bytes.size(); length += bytes.size() / 9 + 1) {
        const auto image = decodePicture(put(u"torn"_s, bytes.first(length)));
        // JPEG shows what came of it; the others are refused. Either way an answer, and no crash.
        if (image)
            QCOMPARE(format, ImageFormat::Jpeg);
        else
            QCOMPARE(image.error().kind, ErrorKind::PictureUndecodable);
    }
}

void ImageDecoderTest::missingFile()
{
    const QString path = m_folder.filePath(u"nowhere.png"_s);
    QCOMPARE(readPictureSize(path).error().kind, ErrorKind::PictureMissing);
    QCOMPARE(decodePicture(path).error().kind, ErrorKind::PictureMissing);
    QCOMPARE(decodePicture(path).error().subject, path);
}

void ImageDecoderTest::whatIsNoFile()
{
    QCOMPARE(decodePicture(m_folder.path()).error().kind, ErrorKind::PictureUndecodable);
    QCOMPARE(decodePicture(u"/dev/zero"_s).error().kind, ErrorKind::PictureUndecodable);
}

void ImageDecoderTest::decodesLater()
{
    const QString path = put(u"picture"_s, test::samplePicture(ImageFormat::Png, {320, 180}));
    QList<QFuture<Result<QImage>>> futures;
    for (int i = 0; i < 20; ++i)
        futures.append(decodePictureLater(path, {64, 64}));
    for (const auto& future : std::as_const(futures))
        QCOMPARE(test::await(future)->size(), QSize(64, 36));
    QCOMPARE(
        test::await(decodePictureLater(u"/nowhere"_s)).error().kind, ErrorKind::PictureMissing);
}

void ImageDecoderTest::warnsOfNothingHere()
{
    QCOMPARE(missingFormatsWarning(), QString());
}

SEEDBOOK_TEST(ImageDecoderTest, QGuiApplication)

} // namespace seedbook::imageDecoderTest

#include "ImageDecoderTest.moc"
