#include "metadata/PictureMetadata.h"

#include "core/Words.h"
#include "metadata/Container.h"
#include "metadata/Record.h"
#include "metadata/TextReader.h"
#include "metadata/Xmp.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Files up to this are read whole, in one go.
constexpr qint64 smallFile = 256 << 10;
constexpr qint64 keySample = 8 << 10;

// Of the ids that are made from a foreign picture's codedKey.
constexpr QUuid foreignIds(
    0x6b1d3a0e, 0x5f0c, 0x4e52, 0x9a, 0x61, 0x2c, 0x0d, 0x7e, 0x55, 0x1f, 0x83);

// Length, head and tail of the coded picture, its chunks taken together.
QByteArray codedKeyOf(QIODevice& device, const Container& container)
{
    QList<const Segment*> coded;
    qint64 length = 0;
    for (const Segment& segment : container.segments) {
        if (segment.kind != SegmentKind::Coded || segment.payloadSize == 0)
            continue;
        coded.append(&segment);
        length += segment.payloadSize;
    }
    QCryptographicHash hash(QCryptographicHash::Sha1);
    qint64 room = keySample;
    for (auto it = coded.cbegin(); it != coded.cend() && room > 0; ++it) {
        hash.addData(payloadOf(device, **it, room));
        room -= std::min(room, (*it)->payloadSize);
    }
    room = keySample;
    for (auto it = coded.crbegin(); it != coded.crend() && room > 0; ++it) {
        Segment tail = **it;
        const qint64 size = std::min(room, tail.payloadSize);
        tail.payload += tail.payloadSize - size;
        tail.payloadSize = size;
        hash.addData(payloadOf(device, tail, size));
        room -= size;
    }
    return QByteArray::number(length, 16) + '-' + hash.result().toHex();
}

// When it was made, as well as the file tells.
QDateTime dateOf(const MetadataTexts& texts, const QDateTime& fileTime)
{
    const auto made = QDateTime::fromString(texts.xmp.createDate, Qt::ISODateWithMs);
    if (made.isValid())
        return made.toUTC();
    const auto taken = QDateTime::fromString(texts.exifDate, u"yyyy:MM:dd HH:mm:ss"_s);
    return (taken.isValid() ? taken : fileTime).toUTC();
}

// Takes over what a sidecar tells, unless it is the one of another picture that had this name.
void readSidecar(
    const QByteArray& sidecar, QIODevice& device, const Container& container, XmpTexts& within)
{
    const XmpTexts beside = readXmp(sidecar).value_or(XmpTexts{});
    const auto ours = pictureFromRecord(within.ownRecord);
    const auto theirs = pictureFromRecord(beside.ownRecord);
    const bool isRival = ours && theirs && ours->id != theirs->id;
    if (isRival && codedHashFromRecord(beside.ownRecord) != codedHash(device, container))
        return;
    if (theirs && (!ours || isRival))
        within.ownRecord = beside.ownRecord;
    // What is told beside the file is newer than what is told within it.
    if (!beside.createDate.isEmpty())
        within.createDate = beside.createDate;
    if (beside.rating)
        within.rating = beside.rating;
    if (!beside.tags.isEmpty())
        within.tags = beside.tags;
}

Result<PictureMetadata> readMetadata(QIODevice& device, const QByteArray& sidecar)
{
    const auto container = readContainer(device);
    if (!container)
        return container.error();
    PictureMetadata read;
    read.texts = readTexts(device, *container);
    if (!sidecar.isEmpty())
        readSidecar(sidecar, device, *container, read.texts.xmp);
    read.record = findRecord(read.texts);
    read.own = pictureFromRecord(read.texts.xmp.ownRecord).has_value();
    read.rating = read.texts.xmp.rating.value_or(0);
    read.tags = read.texts.xmp.tags;
    read.codedKey = codedKeyOf(device, *container);
    read.hasContentCredentials = container->has(SegmentKind::ContentCredentials);
    read.isAnimated = container->isAnimated;
    return read;
}

QByteArray smallFileContents(const QString& path)
{
    QFile file(path);
    // A pipe would not end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > largestXmp)
        return {};
    return file.read(largestXmp);
}

QByteArray sidecarOf(const QString& path)
{
    for (const QString& beside : sidecarPaths(path)) {
        QByteArray contents = smallFileContents(beside);
        if (!contents.isEmpty())
            return contents;
    }
    return {};
}

} // namespace

QString sidecarPath(const QString& picturePath)
{
    return picturePath + u".xmp"_s;
}

QStringList sidecarPaths(const QString& picturePath)
{
    const qsizetype name = picturePath.lastIndexOf(u'/') + 1;
    const qsizetype ending = picturePath.lastIndexOf(u'.');
    QStringList paths{sidecarPath(picturePath)};
    if (ending >= name)
        paths.append(picturePath.first(ending) + u".xmp"_s);
    return paths;
}

Result<PictureMetadata> readPictureMetadata(const QString& path)
{
    QFile file(path);
    if (!QFileInfo::exists(path))
        return Error{ErrorKind::PictureMissing, path, {}};
    if (!QFileInfo(path).isFile())
        return Error{ErrorKind::PictureUndecodable, path, Words::tr("It is not a file.")};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::FileUnreadable, path, file.errorString()};
    Result<PictureMetadata> read;
    if (file.size() <= smallFile) {
        QBuffer buffer;
        buffer.setData(file.readAll());
        buffer.open(QIODevice::ReadOnly);
        read = readMetadata(buffer, sidecarOf(path));
    } else {
        read = readMetadata(file, sidecarOf(path));
    }
    if (!read)
        return Error{read.error().kind, path, read.error().detail};
    return read;
}

Result<PictureMetadata> readPictureMetadata(const QByteArray& bytes, const QByteArray& sidecar)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return readMetadata(buffer, sidecar);
}

std::optional<bool> isPictureAsFiled(const QString& path)
{
    QFile file(path);
    const auto metadata = readPictureMetadata(path);
    const QByteArray filed =
        metadata ? codedHashFromRecord(metadata->texts.xmp.ownRecord) : QByteArray();
    if (filed.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto container = readContainer(file);
    return container && codedHash(file, *container) == filed;
}

Picture toPicture(
    const PictureMetadata& metadata, const QString& path, qint64 bytes, const QDateTime& fileTime)
{
    Picture picture;
    if (auto own = pictureFromRecord(metadata.texts.xmp.ownRecord)) {
        picture = *std::move(own);
    } else {
        picture.id = QUuid::createUuidV5(foreignIds, metadata.codedKey);
        picture.created = dateOf(metadata.texts, fileTime);
        if (metadata.record) {
            picture.parameters = metadata.record->values;
            picture.prompt = picture.parameters.value("prompt"_L1).toString();
            picture.modelId = metadata.record->model;
            picture.seed = Seed::fromNumber(
                picture.parameters.value("seed"_L1).toInteger(Seed::randomSentinel));
        }
    }
    if (metadata.record)
        picture.recordSource = metadata.record->source;
    picture.path = path;
    picture.bytes = bytes;
    picture.format = metadata.texts.format;
    picture.size = metadata.texts.size;
    picture.rating = metadata.rating;
    picture.tags = metadata.tags;
    return picture;
}

} // namespace seedbook
