#include "library/ThumbnailLoader.h"

#include "library/ThumbnailCache.h"
#include "support/Samples.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace seedbook::thumbnailLoaderTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

QStringList filesBelow(const QString& folder)
{
    QStringList files;
    QDirIterator it(
        folder, QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    files.sort();
    return files;
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// By id, how often it was told.
QHash<QUuid, int> counted(const QSignalSpy& spy)
{
    QHash<QUuid, int> counts;
    for (const QVariantList& arguments : spy)
        ++counts[arguments.first().toUuid()];
    return counts;
}

} // namespace

class ThumbnailLoaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_cache = m_temporary->filePath(u"cache"_s);
    }

    void loadsTheFormats_data();
    void loadsTheFormats();
    void keepsTransparency();
    void fitsTheBox_data();
    void fitsTheBox();
    void reusesTheDiskCache();
    void makesAnewWhatChanged();
    void makesAnewWhatIsDamaged_data();
    void makesAnewWhatIsDamaged();
    void newListReplacesTheOld();
    void answersOnceWhatIsAskedForAgain();
    void lastEdgeWins();
    void preparedFromBytes();
    void failuresAreToldOnce();
    void deliversWithoutACache();
    void leavesNothingOnAFullDisk();
    void canBeEndedAtAnyTime();

private:
    PicturePtr picture(
        const QByteArray& bytes = test::samplePicture(ImageFormat::Png, {640, 360})) const
    {
        Picture picture;
        picture.id = QUuid::createUuid();
        picture.path = m_temporary->filePath(picture.id.toString(QUuid::WithoutBraces) + u".png"_s);
        put(picture.path, bytes);
        return std::make_shared<const Picture>(picture);
    }
    QImage loadOne(const PicturePtr& picture, int edge = 256) const
    {
        ThumbnailLoader loader(m_cache);
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        QSignalSpy failed(&loader, &ThumbnailLoader::failed);
        loader.setWanted({picture}, {edge, edge});
        (void)QTest::qWaitFor([&] { return loaded.size() + failed.size() > 0; }, 10'000);
        return loaded.isEmpty() ? QImage() : loaded.first().at(1).value<QImage>();
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_cache;
};

void ThumbnailLoaderTest::loadsTheFormats_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void ThumbnailLoaderTest::loadsTheFormats()
{
    QFETCH(const ImageFormat, format);
    const auto shown = picture(test::samplePicture(format, {640, 360}, 0xffcc2211));
    for (int round = 0; round < 2; ++round) { // made, then from the cache
        const QImage image = loadOne(shown);
        QCOMPARE(image.size(), QSize(256, 144));
        QCOMPARE(image.format(), QImage::Format_RGB32);
        const QColor colour = image.pixelColor(128, 72);
        QVERIFY2(colour.red() > 180 && colour.green() < 80 && colour.blue() < 80,
            qPrintable(colour.name()));
    }
    const QString id = shown->id.toString(QUuid::WithoutBraces);
    QCOMPARE(filesBelow(m_cache),
        QStringList{m_cache + u"/thumbnails/"_s + id.first(2) + u'/' + id + u"-256.jpg"_s});
}

void ThumbnailLoaderTest::keepsTransparency()
{
    QImage glass(400, 400, QImage::Format_ARGB32);
    glass.fill(0x40ff0000);
    const auto shown = picture({});
    QVERIFY(glass.save(shown->path, "png"));
    for (int round = 0; round < 2; ++round) {
        const QImage image = loadOne(shown);
        QCOMPARE(image.size(), QSize(256, 256));
        QCOMPARE(image.pixelColor(100, 100).alpha(), 0x40);
    }
    QCOMPARE(filesBelow(m_cache).size(), 1);
    QVERIFY(filesBelow(m_cache).first().endsWith(u"-256.png"_s));
}

void ThumbnailLoaderTest::fitsTheBox_data()
{
    QTest::addColumn<int>("edge");
    QTest::addColumn<QSize>("size");
    QTest::newRow("small") << 100 << QSize(100, 56);
    QTest::newRow("256") << 256 << QSize(256, 144);
    QTest::newRow("257") << 257 << QSize(257, 144);
    QTest::newRow("beyond") << 2000 << QSize(512, 288);
    QTest::newRow("nonsense") << -5 << QSize(256, 144);
}

void ThumbnailLoaderTest::fitsTheBox()
{
    QFETCH(const int, edge);
    QTEST(loadOne(picture(), edge).size(), "size");
}

void ThumbnailLoaderTest::reusesTheDiskCache()
{
    const auto shown = picture();
    const QImage made = loadOne(shown);
    QVERIFY(!made.isNull());
    // The picture's file is spoiled without a trace: only the cache can answer now.
    QFile file(shown->path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QDateTime before = file.fileTime(QFileDevice::FileModificationTime);
    QCOMPARE(file.write(QByteArray(64, 'x')), 64);
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(before, QFileDevice::FileModificationTime));
    file.close();
    QCOMPARE(loadOne(shown).size(), made.size());
    QVERIFY(loadOne(shown, 512).isNull());
}

void ThumbnailLoaderTest::makesAnewWhatChanged()
{
    const auto shown = picture();
    QCOMPARE(loadOne(shown).size(), QSize(256, 144));
    put(shown->path, test::samplePicture(ImageFormat::Png, {360, 640}));
    QCOMPARE(loadOne(shown).size(), QSize(144, 256));
    QCOMPARE(loadOne(shown).size(), QSize(144, 256));
    QVERIFY(QFile::remove(shown->path));
    QVERIFY(loadOne(shown).isNull());
}

void ThumbnailLoaderTest::makesAnewWhatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("no picture");
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("another picture") << test::samplePicture(ImageFormat::Jpeg, {20, 20});
    QTest::newRow("too large") << test::samplePicture(ImageFormat::Jpeg, {900, 20});
}

void ThumbnailLoaderTest::makesAnewWhatIsDamaged()
{
    QFETCH(const QByteArray, bytes);
    const auto shown = picture();
    QVERIFY(!loadOne(shown).isNull());
    put(filesBelow(m_cache).first(), bytes);
    QCOMPARE(loadOne(shown).size(), QSize(256, 144));
    const auto state = ThumbnailCache(m_cache + u"/thumbnails"_s).find(*shown, 256);
    QCOMPARE(state.size(), QSize(256, 144)); // mended
}

void ThumbnailLoaderTest::newListReplacesTheOld()
{
    const QByteArray bytes = test::samplePicture(ImageFormat::Png, {1200, 900});
    QList<PicturePtr> scrolledAway;
    for (int i = 0; i < 60; ++i)
        scrolledAway.append(picture(bytes));
    QList<PicturePtr> visible;
    for (int i = 0; i < 5; ++i)
        visible.append(picture(bytes));

    ThumbnailLoader loader(m_cache);
    QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
    loader.setWanted(scrolledAway, {256, 256});
    loader.setWanted(visible, {256, 256});
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto counts = counted(loaded);
            return std::all_of(visible.begin(), visible.end(),
                [&](const PicturePtr& one) { return counts.value(one->id) == 1; });
        }(),
        20'000);
    // Beside what was wanted only what had been begun before.
    QVERIFY2(loaded.size() <= visible.size() + 4, qPrintable(QString::number(loaded.size())));
    // In the order of the list, as far as one worker after the other can tell.
    QVERIFY(loaded.last().first().toUuid() != visible.first()->id);
}

void ThumbnailLoaderTest::answersOnceWhatIsAskedForAgain()
{
    const auto one = picture(test::samplePicture(ImageFormat::Png, {1200, 900}));
    const auto other = picture();
    ThumbnailLoader loader(m_cache);
    QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
    for (int i = 0; i < 200; ++i)
        loader.setWanted({one, one, other, one}, {256, 256});
    QTRY_COMPARE_WITH_TIMEOUT(counted(loaded).size(), 2, 10'000);
    QCOMPARE(loaded.size(), 2);
    for (const QVariantList& arguments : loaded)
        QVERIFY(!arguments.at(1).value<QImage>().isNull());
    loader.setWanted({one}, {256, 256}); // asked for anew after the answer: answered anew
    QTRY_COMPARE(loaded.size(), 3);
}

void ThumbnailLoaderTest::lastEdgeWins()
{
    QList<PicturePtr> pictures;
    for (int i = 0; i < 6; ++i)
        pictures.append(picture(test::samplePicture(ImageFormat::Png, {1200, 900})));
    ThumbnailLoader loader(m_cache);
    QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
    loader.setWanted(pictures, {256, 256});
    loader.setWanted(pictures, {512, 512});
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), pictures.size(), 20'000);
    for (const QVariantList& arguments : loaded)
        QCOMPARE(arguments.at(1).value<QImage>().width(), 512);
}

// There is no file: what comes can only have come from the bytes.
void ThumbnailLoaderTest::preparedFromBytes()
{
    const auto arriving = picture();
    QFile file(arriving->path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(file.remove());
    ThumbnailLoader loader(m_cache);
    QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
    loader.prepare(QUuid::createUuid(), bytes.first(100)); // torn: nothing comes of it
    loader.prepare(arriving->id, bytes);
    const bool came = QTest::qWaitFor([&] {
        loader.setWanted({arriving}, {256, 256});
        return !loaded.isEmpty();
    });
    QVERIFY(came);
    QCOMPARE(loaded.first().first().toUuid(), arriving->id);
    QCOMPARE(loaded.first().last().value<QImage>().size(), QSize(256, 144));
}

void ThumbnailLoaderTest::failuresAreToldOnce()
{
    const auto missing = picture();
    QVERIFY(QFile::remove(missing->path));
    const auto torn = picture(test::samplePicture().first(60));
    const auto sound = picture();
    ThumbnailLoader loader(m_cache);
    QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
    QSignalSpy failed(&loader, &ThumbnailLoader::failed);
    for (int round = 1; round <= 2; ++round) {
        loader.setWanted({missing, torn, sound}, {256, 256});
        QTRY_COMPARE(loaded.size(), round);
        QTRY_COMPARE(failed.size(), 2 * round);
    }
    QHash<QUuid, ErrorKind> kinds;
    for (const QVariantList& arguments : failed)
        kinds.insert(arguments.first().toUuid(), arguments.at(1).value<Error>().kind);
    QCOMPARE(kinds.value(missing->id), ErrorKind::PictureMissing);
    QCOMPARE(kinds.value(torn->id), ErrorKind::PictureUndecodable);
}

void ThumbnailLoaderTest::deliversWithoutACache()
{
    put(m_cache, "a file where the cache folder should be");
    QCOMPARE(loadOne(picture()).size(), QSize(256, 144));
}

void ThumbnailLoaderTest::leavesNothingOnAFullDisk()
{
    QVERIFY(QDir().mkpath(m_cache));
    const test::SmallDisk disk(m_cache, "4k");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    const QString filler = m_cache + u"/filler"_s;
    put(filler, QByteArray(4096, 'f'));
    QCOMPARE(loadOne(picture()).size(), QSize(256, 144));
    QCOMPARE(filesBelow(m_cache), QStringList{filler});
}

void ThumbnailLoaderTest::canBeEndedAtAnyTime()
{
    QList<PicturePtr> pictures;
    for (int i = 0; i < 40; ++i)
        pictures.append(picture(test::samplePicture(ImageFormat::Png, {600, 500})));
    for (int round = 0; round < 5; ++round) {
        ThumbnailLoader loader(m_cache);
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        loader.setWanted(pictures, {256, 256});
        QTRY_VERIFY(loaded.size() >= round);
    }
}

SEEDBOOK_TEST(ThumbnailLoaderTest, QGuiApplication)

} // namespace seedbook::thumbnailLoaderTest

#include "ThumbnailLoaderTest.moc"
