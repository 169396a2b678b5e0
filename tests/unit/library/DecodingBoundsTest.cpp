// Files that are small and claim or unpack to much: each is decoded, or refused, within bounds.
#include "library/ImageDecoder.h"
#include "library/Library.h"
#include "library/ThumbnailLoader.h"
#include "support/BoundedChild.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QtEndian>

#include <atomic>
#include <ctime>
#include <thread>
#include <vector>
#include <zlib.h>

namespace seedbook::decodingBoundsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

QByteArray big32(qsizetype value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(static_cast<quint32>(value), bytes.data());
    return bytes;
}

QByteArray little32(qsizetype value)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(static_cast<quint32>(value), bytes.data());
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

// Of zeroes, made without holding them: blocks that stand for themselves follow each other.
QByteArray packedZeroes(qint64 count)
{
    constexpr qint64 block = 1 << 20;
    const auto deflated = [](qint64 size, int flush) {
        z_stream stream = {};
        deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
        QByteArray in(size, '\0');
        QByteArray out(size / 100 + 100, Qt::Uninitialized);
        stream.next_in = reinterpret_cast<Bytef*>(in.data());
        stream.avail_in = static_cast<uInt>(in.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        deflate(&stream, flush);
        out.truncate(static_cast<qsizetype>(stream.total_out));
        deflateEnd(&stream);
        return out;
    };
    const quint32 sum = static_cast<quint32>(count % 65521) << 16 | 1U; // Adler's
    return QByteArray("\x78\xda") + deflated(block, Z_FULL_FLUSH).repeated(count / block) +
           deflated(count % block, Z_FINISH) + big32(sum);
}

// All black, or clear.
QByteArray pngOf(QSize size, int depth, int colourType, bool interlaced = false)
{
    const int channels = colourType == 6 ? 4 : (colourType == 2 ? 3 : 1);
    const auto line = [&](qint64 pixels) { return (pixels * depth * channels + 7) / 8 + 1; };
    qint64 count = line(size.width()) * size.height();
    if (interlaced) {
        count = 0;
        const int passes[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
            {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
        for (const auto& [x, y, dx, dy] : passes)
            count += line((size.width() - x + dx - 1) / dx) * ((size.height() - y + dy - 1) / dy);
    }
    const char told[] = {char(depth), char(colourType), 0, 0, char(interlaced ? 1 : 0)};
    const QByteArray how(told, sizeof told);
    const QByteArray data =
        count > 1'000'000'000 ? QByteArray() : packedZeroes(count); // it is not read so far
    return QByteArray("\x89PNG\r\n\x1a\n") +
           chunk("IHDR", big32(size.width()) + big32(size.height()) + how) + chunk("IDAT", data) +
           chunk("IEND", {});
}

double processorTime()
{
    timespec now = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
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
    void aLargeProfile();
    void manyDamagedTexts();
    void manyScansAreRefused();
    void fewScansAreShown();
    void whatTakesTooMuchIsRefused_data();
    void whatTakesTooMuchIsRefused();
    void theLargestTakeWhatIsPromised_data();
    void theLargestTakeWhatIsPromised();
    void severalWaitForEachOther();
    void canBeGivenUp_data();
    void canBeGivenUp();
    void theLoaderDoesNotWaitForWhatRuns();
    void whatIsPaidIsFiledThoughItIsNotShown_data();
    void whatIsPaidIsFiledThoughItIsNotShown();
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

// Its 80,000 tags would be compared with each other.
void DecodingBoundsTest::aLargeProfile()
{
    QByteArray profile =
        big32(2 << 20) + QByteArray(32, '\0') + "acsp" + QByteArray(88, '\0') + big32(80'000);
    for (int i = 0; i < 80'000; ++i)
        profile += big32(i) + big32(1 << 20) + big32(4);
    profile.resize(2 << 20, '\0');
    const auto part = [](const QByteArray& name, const QByteArray& data) {
        return name + little32(data.size()) + data + QByteArray(data.size() % 2, '\0');
    };
    const QByteArray plain = test::samplePicture(ImageFormat::Webp, {64, 36});
    const QByteArray extended = part("VP8X", QByteArray("\x20\0\0\0\x3f\0\0\x23\0\0", 10)) +
                                part("ICCP", profile) + plain.sliced(12);
    const QByteArray bytes = "RIFF" + little32(extended.size() + 4) + "WEBP" + extended;
    const auto run = test::inBoundedChild([&bytes] {
        return hasSize(bytes, {64, 36}) && !decodePicture(bytes, {64, 64});
    });
    show("profile", run);
    QVERIFY(run.good);
}

// libpng warns of each, and the log holds so much and no more.
void DecodingBoundsTest::manyDamagedTexts()
{
    QByteArray text = chunk("tEXt", "a" + QByteArray(1, '\0') + "b");
    text.back() = static_cast<char>(text.back() ^ 1);
    static int warnings = 0;
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext&, const QString&) { ++warnings; });
    const auto image = decodePicture(pngWith(text.repeated(10'000)));
    qInstallMessageHandler(before);
    QVERIFY(image);
    QVERIFY2(warnings <= 20, qPrintable(QString::number(warnings)));
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

// What an encoder makes that goes over a picture ten times.
void DecodingBoundsTest::fewScansAreShown()
{
    for (const int scans : {2, 100}) {
        const auto image = decodePicture(jpegOfScans({200, 100}, scans));
        QVERIFY2(image, qPrintable(image ? QString() : image.error().detail));
        QCOMPARE(image->size(), QSize(200, 100));
        QCOMPARE(image->pixelColor(100, 50), QColor(128, 128, 128));
    }
    QVERIFY(!decodePicture(jpegOfScans({200, 100}, 101)));
}

void DecodingBoundsTest::whatTakesTooMuchIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("16 bits a channel") << pngOf({10000, 10000}, 16, 6);
    QTest::newRow("progressive") << jpegOfScans({14000, 14000}, 2);
    QTest::newRow("more pixels than any") << pngOf({40'000, 4000}, 1, 0);
}

void DecodingBoundsTest::whatTakesTooMuchIsRefused()
{
    QFETCH(const QByteArray, bytes);
    const auto run = test::inBoundedChild(
        [&bytes] {
            const auto image = decodePicture(bytes, {256, 256});
            return !image && image.error().kind == ErrorKind::PictureUndecodable &&
                   !image.error().detail.isEmpty();
        },
        60'000'000);
    QVERIFY(run.good);
    QVERIFY(run.peak < 20'000'000);
}

void DecodingBoundsTest::theLargestTakeWhatIsPromised_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PNG of 16 bits a channel") << pngOf({5700, 5700}, 16, 6);
    QTest::newRow("PNG of one bit") << pngOf({8800, 8800}, 1, 0);
    QTest::newRow("PNG with a palette, interlaced") << pngOf({6000, 6000}, 8, 0, true);
    QTest::newRow("progressive JPEG") << jpegOfScans({8000, 8000}, 3);
}

void DecodingBoundsTest::theLargestTakeWhatIsPromised()
{
    QFETCH(const QByteArray, bytes);
    const auto run = test::inBoundedChild(
        [&bytes] {
            return decodePicture(bytes, {256, 256}).has_value();
        },
        600'000'000);
    show(QTest::currentDataTag(), run);
    QVERIFY(run.good);
#if !defined(__SANITIZE_ADDRESS__)
    QVERIFY(run.peak < 420'000'000); // and what the readers keep for themselves
#endif
}

void DecodingBoundsTest::severalWaitForEachOther()
{
    const QByteArray large = pngOf({8000, 8000}, 8, 2);
    const QByteArray small = test::samplePicture(ImageFormat::Png);
    const auto run = test::inBoundedChild(
        [&large, &small] {
            std::vector<std::jthread> threads;
            std::atomic_int good = 0;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&good, &large] { good += decodePicture(large) ? 1 : 0; });
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&good, &small] { good += decodePicture(small) ? 1 : 0; });
            threads.clear();
            return good == 8;
        },
        2'000'000'000);
    show("four of 64 million pixels", run);
    QVERIFY(run.good);
#if !defined(__SANITIZE_ADDRESS__)
    QVERIFY(run.peak < 420'000'000);
#endif
}

void DecodingBoundsTest::canBeGivenUp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PNG") << pngOf({8000, 8000}, 8, 2);
    QTest::newRow("JPEG") << jpegOfScans({8000, 4000}, 100);
}

void DecodingBoundsTest::canBeGivenUp()
{
    QFETCH(const QByteArray, bytes);
    const auto run = test::inBoundedChild([&bytes] {
        for (const int after : {0, 1, 3, 5}) {
            int asked = 0;
            const auto image =
                decodePicture(bytes, {}, [&asked, after] { return asked++ >= after; });
            if (image || image.error().kind != ErrorKind::Stopped)
                return false;
        }
        return decodePicture(bytes, {}, [] { return false; }).has_value();
    });
    QVERIFY(run.good);
}

// What runs is asked to stop before its threads are waited for. Counted in time of the processor,
// against what all of it takes.
void DecodingBoundsTest::theLoaderDoesNotWaitForWhatRuns()
{
    const QByteArray bytes = jpegOfScans({10000, 5000}, 100);
    const auto whole = test::inBoundedChild([&bytes] {
        return decodePicture(bytes, {256, 256}).has_value();
    });
    show("a hundred scans", whole);
    QVERIFY(whole.good);
    const QTemporaryDir folder;
    const auto part = test::inBoundedChild([&bytes, &folder, &whole] {
        auto loader = std::make_unique<ThumbnailLoader>(folder.path());
        const double before = processorTime();
        loader->prepare(QUuid::createUuid(), bytes);
        while (processorTime() - before < whole.seconds / 20)
            QThread::msleep(1);
        loader.reset();
        return processorTime() - before < whole.seconds / 2;
    });
    show("given up", part);
    QVERIFY(part.good);
}

void DecodingBoundsTest::whatIsPaidIsFiledThoughItIsNotShown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("too many scans") << jpegOfScans({1664, 928}, 5000) << ImageFormat::Jpeg;
    QTest::newRow("packed texts") << pngWith(packedTexts(40), {1664, 928}) << ImageFormat::Png;
}

void DecodingBoundsTest::whatIsPaidIsFiledThoughItIsNotShown()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ImageFormat, format);
    const QTemporaryDir folder;
    const auto run = test::inBoundedChild([&] {
        Library library(folder.filePath(u"Pictures"_s), folder.filePath(u"cache"_s));
        SaveRequest filing{test::sampleRequest(u"a lighthouse"_s), bytes, format, {}};
        filing.draft.id = QUuid::createUuid();
        filing.draft.created = QDateTime::currentDateTimeUtc();
        filing.draft.sequence = 1;
        const auto filed = library.file(filing).result();
        return filed && (*filed)->size == QSize(1664, 928) &&
               QFileInfo((*filed)->path).size() > bytes.size();
    });
    show(QTest::currentDataTag(), run);
    QVERIFY(run.good);
}

SEEDBOOK_TEST(DecodingBoundsTest, QCoreApplication)

} // namespace seedbook::decodingBoundsTest

#include "DecodingBoundsTest.moc"
