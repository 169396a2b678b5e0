#include "bench/GalleryData.h"

#include "library/PictureFile.h"
#include "metadata/PictureMetadata.h"
#include "support/Samples.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QPainter>
#include <QRandomGenerator>
#include <QtConcurrentMap>

#include <algorithm>
#include <array>
#include <numeric>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

// A change of what is written below takes another number: what an earlier version made stays apart.
constexpr int version = 2;
constexpr int aDay = 100;     // pictures
constexpr int codedOnes = 64; // different pictures among the small ones
constexpr int fullSizeOnes = 100;

template <std::size_t Size>
QString pick(const std::array<const char*, Size>& words, int number)
{
    return QString::fromUtf8(words.at(static_cast<std::size_t>(number) % Size));
}

// A sky with noise: as hard to code as a painted picture.
QImage noisySky(QSize size, int seed, quint32 noise)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator generator(static_cast<quint32>(seed));
    for (int y = 0; y < size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const auto grain = static_cast<int>(generator.generate() & noise);
            // Green throughout, so that no grain of it passes for the marker.
            line[x] = qRgb(x * 90 / size.width() + grain, 90 + y * 120 / size.height() + grain,
                (seed * 13 + x / 8) % 128 + grain);
        }
    }
    QPainter painter(&image);
    painter.fillRect(size.width() / 4, size.height() / 4, size.width() / 2, size.height() / 2,
        QColor(markerColour));
    return image;
}

QByteArray coded(GalleryKind kind, int seed)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    if (kind == GalleryKind::FullSize)
        writer.setQuality(80); // the default takes half a second each
    if (!writer.write(kind == GalleryKind::Small ? noisySky({288, 162}, seed, 1)
                                                 : noisySky({1664, 928}, seed, 15)))
        qFatal("a picture cannot be coded: %s", qPrintable(writer.errorString()));
    return bytes;
}

Picture recordOf(int number)
{
    const Request request = test::sampleRequest(galleryPrompt(number), 1'000'000 + number);
    Picture picture;
    picture.id = QUuid::createUuidV5(QUuid(), "gallery " + QByteArray::number(number));
    picture.modelId = request.model().id();
    picture.parameters = request.parameters();
    picture.prompt = request.prompt();
    picture.seed = request.seed();
    // From nine in the morning, one every five minutes.
    picture.created = QDateTime(QDate(2021, 1, 1).addDays(number / aDay), QTime(9, 0), Qt::UTC)
                          .addSecs(300LL * (number % aDay));
    picture.sequence = number;
    picture.duration = std::chrono::milliseconds(20'000 + number * 7 % 15'000);
    picture.price = Money::fromMicros(121'000);
    picture.priceConfirmed = true;
    picture.endpoint = u"https://api.segmind.com"_s;
    picture.serviceRequestId = u"request-%1"_s.arg(number);
    // None is rejected: those are shown pale, and their marker would not be known.
    constexpr std::array ratings{0, 0, 0, 3, 0, 4, 0, 0, 5, 2, 1};
    picture.rating = ratings.at(static_cast<std::size_t>(number) % ratings.size());
    if (number % 3 == 0)
        picture.tags = {u"series %1"_s.arg(number / 500)};
    if (number % 7 == 0)
        picture.tags.append(u"海"_s);
    return picture;
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written: %s", qPrintable(path), qPrintable(file.errorString()));
}

void makePicture(const GalleryData& data, int number, const QByteArray& bytes)
{
    const Picture picture = recordOf(number);
    const EmbeddedPicture embedded = embedRecord(bytes, picture, u"Qwen-Image"_s);
    if (!embedded.sidecar.isEmpty())
        qFatal("a record does not go into its picture");
    const QString name = u"%1 %2.png"_s.arg(wordsForFileName(picture.prompt), picture.seed->text());
    const QString path = u"%1/%2/%3"_s.arg(
        data.library(), picture.created.toLocalTime().date().toString(Qt::ISODate), name);
    write(path, embedded.file);
    const QString flat = data.flat() + u'/' + name;
    if (::link(QFile::encodeName(path).constData(), QFile::encodeName(flat).constData()) != 0)
        qFatal("%s cannot be linked", qPrintable(flat));
}

void makeAll(const GalleryData& data)
{
    // Every day that a picture may have here, whatever the zone.
    for (int day = 0; day <= data.count / aDay + 1; ++day)
        QDir().mkpath(
            u"%1/%2"_s.arg(data.library(), QDate(2021, 1, 1).addDays(day).toString(Qt::ISODate)));
    QDir().mkpath(data.flat());
    const int different = data.kind == GalleryKind::Small ? codedOnes : fullSizeOnes;
    QList<int> seeds(std::min(data.count, different));
    std::iota(seeds.begin(), seeds.end(), 0);
    QtConcurrent::blockingMap(seeds, [&](int seed) {
        const QByteArray bytes = coded(data.kind, seed);
        for (int number = seed; number < data.count; number += different)
            makePicture(data, number, bytes);
    });
}

} // namespace

QString galleryPrompt(int number)
{
    static constexpr std::array subjects{"lighthouse", "mountain cabin", "harbour", "dragon",
        "greenhouse", "railway station", "heron", "market", "windmill", "observatory", "fox"};
    static constexpr std::array weathers{"at dusk", "in fog", "under the first snow", "after rain",
        "in summer heat", "before a storm", "by moonlight"};
    static constexpr std::array manners{"watercolour on rough paper", "oil painting, thick impasto",
        "35mm photograph, shallow focus", "ink drawing with a single red accent",
        "isometric miniature, soft studio light"};
    static constexpr std::array details{"seagulls over the water, paint peeling from the boards",
        "a child with a yellow umbrella, seen from behind",
        "long shadows, drifting mist, warm glow",
        "intricate patterns, copper roofs, hanging lanterns",
        "reflections in puddles, a bicycle against the wall",
        "wild grass in the foreground, clouds piled high"};
    static constexpr std::array chinese{
        "海边的灯塔，黄昏", "山中小屋，初雪", "雨后的街道", "月光下的港口"};
    QString prompt = u"a %1 %2, %3, %4, number %5 of the series"_s.arg(pick(subjects, number),
        pick(weathers, number / 3), pick(details, number / 5), pick(manners, number / 11),
        QString::number(number));
    if (number % 10 == 4)
        prompt += u", "_s + pick(chinese, number / 10);
    // Few have these.
    if (number % 1000 == 500)
        prompt += u", with a quokka"_s;
    if (number % 1000 == 250)
        prompt += u"，一条鲸鱼"_s;
    return prompt;
}

int promptsWith(const QString& text, int count)
{
    int with = 0;
    for (int number = 0; number < count; ++number)
        with += galleryPrompt(number).contains(text, Qt::CaseInsensitive) ? 1 : 0;
    return with;
}

GalleryData galleryData(const QString& base, int count, GalleryKind kind)
{
    GalleryData data{count, kind,
        u"%1/%2-%3-v%4"_s.arg(base, kind == GalleryKind::Small ? u"small"_s : u"full-size"_s)
            .arg(count)
            .arg(version)};
    if (QDir(data.root).exists())
        return data;
    // What an earlier version made takes gigabytes.
    const QDir folder(base);
    const QString all = u"%1-v*"_s.arg(QFileInfo(data.root).fileName().section(u"-v"_s, 0, 0));
    for (const QString& earlier : folder.entryList({all}, QDir::Dirs))
        QDir(folder.filePath(earlier)).removeRecursively();
    GalleryData unfinished = data;
    unfinished.root += u".part"_s;
    QDir(unfinished.root).removeRecursively();
    makeAll(unfinished);
    if (!QDir().rename(unfinished.root, data.root))
        qFatal("%s cannot be made", qPrintable(data.root));
    return data;
}

} // namespace seedbook::bench
