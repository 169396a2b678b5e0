#include "library/PictureFiling.h"

#include "core/Words.h"
#include "library/ImageDecoder.h"
#include "library/PictureFile.h"
#include "metadata/PictureMetadata.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QDate dayOf(const Picture& picture)
{
    return picture.created.toLocalTime().date();
}

bool holds(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || file.size() != bytes.size())
        return false;
    std::array<char, 64 * 1024> piece{};
    for (qint64 at = 0; at < bytes.size();) {
        const qint64 got = file.read(piece.data(), piece.size());
        if (got <= 0 || QByteArrayView(piece.data(), got) != QByteArrayView(bytes).sliced(at, got))
            return false;
        at += got;
    }
    return true;
}

Error notReadBack(const QString& path)
{
    return {ErrorKind::DiskError, path, Words::tr("The saved file differs from what was written.")};
}

Result<void> writeSidecar(const QString& picturePath, const QByteArray& sidecar)
{
    const QString path = sidecarPath(picturePath);
    const auto written = writeNewFile(path, sidecar);
    if (!written)
        return written.error();
    return *written == path && holds(path, sidecar) ? Result<void>() : notReadBack(path);
}

// What its file's name has behind the words: the seed or, where there is none, the beginning of its
// id, so that a day's pictures of the same words need not be counted up.
QString suffixOf(const Request& request, const QUuid& id)
{
    return request.seed() ? request.seedText() : id.toString(QUuid::WithoutBraces).left(8);
}

// The files that may be this picture's, by their names.
QFileInfoList candidates(const QString& folder, const Request& request, const Picture& picture)
{
    const QDir day(
        QFileInfo(folder).absoluteFilePath() + u'/' + dayOf(picture).toString(Qt::ISODate));
    const QString start = wordsForFileName(request.prompt()) + u' ' + suffixOf(request, picture.id);
    QFileInfoList files = day.entryInfoList(QDir::Files | QDir::NoSymLinks);
    files.removeIf([&start](const QFileInfo& info) { return !info.fileName().startsWith(start); });
    return files;
}

bool isOf(const PictureMetadata& metadata, const QString& path, const QUuid& id)
{
    return metadata.own && toPicture(metadata, path, 0, QDateTime()).recordId == id;
}

} // namespace

Result<Picture> pictureOf(const SaveRequest& filing)
{
    const Request& request = filing.request;
    Picture picture = filing.draft;
    picture.recordId = picture.id;
    picture.recordSource = u"Seedbook"_s;
    picture.modelId = request.model().id();
    picture.parameters = request.parameters();
    picture.prompt = request.prompt();
    picture.seed = request.seed();
    picture.format = sniffImageFormat(filing.bytes).value_or(filing.format);
    if (!picture.created.isValid())
        picture.created = QDateTime::currentDateTimeUtc();
    const auto size = readPictureSize(filing.bytes);
    if (!size && canDecode(picture.format))
        return Error{ErrorKind::PictureUndecodable, {}, size.error().detail};
    picture.size = size ? *size : QSize();
    return picture;
}

Result<Picture> storePicture(const QString& folder, const SaveRequest& filing, Picture picture)
{
    const EmbeddedPicture embedded =
        embedRecord(filing.bytes, picture, filing.request.model().title());
    const auto path = writePictureFile(folder, dayOf(picture), picture.prompt,
        suffixOf(filing.request, picture.id), picture.format, embedded.file);
    if (!path)
        return path.error();
    if (!holds(*path, embedded.file)) {
        QFile::remove(*path);
        return notReadBack(*path);
    }
    if (!embedded.sidecar.isEmpty()) {
        if (auto written = writeSidecar(*path, embedded.sidecar); !written) {
            QFile::remove(*path);
            return written.error();
        }
    }
    picture.path = *path;
    picture.bytes = embedded.file.size();
    picture.hasSidecar = !embedded.sidecar.isEmpty();
    return picture;
}

std::optional<Picture> findStored(const QString& folder, const SaveRequest& filing, Picture picture)
{
    const QString ending = u'.' + fileExtension(picture.format);
    for (const QFileInfo& info : candidates(folder, filing.request, picture)) {
        const QString path = info.absoluteFilePath();
        if (!path.endsWith(ending))
            continue;
        const auto metadata = readPictureMetadata(path);
        if (!metadata)
            continue;
        if (!isOf(*metadata, path, picture.id)) {
            // Its file may have been written and its sidecar not.
            if (metadata->own || !holds(path, filing.bytes))
                continue;
            const EmbeddedPicture embedded =
                embedRecord(filing.bytes, picture, filing.request.model().title());
            if (embedded.sidecar.isEmpty() || !writeSidecar(path, embedded.sidecar))
                continue;
        }
        picture.path = path;
        picture.bytes = info.size();
        picture.hasSidecar = QFile::exists(sidecarPath(path));
        return picture;
    }
    return std::nullopt;
}

std::optional<QString> findStored(const QString& folder, const SaveRequest& filing)
{
    for (const QFileInfo& info : candidates(folder, filing.request, filing.draft)) {
        const QString path = info.absoluteFilePath();
        if (const auto metadata = readPictureMetadata(path);
            metadata && isOf(*metadata, path, filing.draft.id))
            return path;
    }
    return std::nullopt;
}

} // namespace seedbook
