#include "library/ThumbnailCache.h"

#include "library/ImageDecoder.h"

#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr auto sourceKey = "SeedbookSource"_L1;
constexpr auto opaqueEnding = ".jpg"_L1;
constexpr auto transparentEnding = ".png"_L1;

QString stateOf(const Picture& picture)
{
    const QFileInfo file(picture.path);
    return u"%1-%2"_s.arg(file.lastModified().toMSecsSinceEpoch()).arg(file.size());
}

} // namespace

QImage ThumbnailCache::find(const Picture& picture, int edge, const StopAsked& stopAsked) const
{
    if (!QFileInfo(picture.path).isFile())
        return {}; // a picture that is gone is told to be gone
    const QString base = basePath(picture, edge);
    for (const auto ending : {opaqueEnding, transparentEnding}) {
        const auto image = decodePicture(base + ending, {}, stopAsked);
        if (image && qMax(image->width(), image->height()) <= edge &&
            image->text(QString(sourceKey)) == stateOf(picture))
            return *image;
    }
    return {};
}

Result<QImage> ThumbnailCache::make(const Picture& picture, int edge, const StopAsked& stopAsked)
{
    // Before decoding: a picture that changes meanwhile leaves a thumbnail that is out of date.
    const QString state = stateOf(picture);
    auto image = decodePicture(picture.path, {edge, edge}, stopAsked);
    if (image)
        image->setText(QString(sourceKey), state);
    return image;
}

void ThumbnailCache::keep(const Picture& picture, int edge, const QImage& thumbnail) const
{
    const bool transparent = thumbnail.hasAlphaChannel();
    const QString path = basePath(picture, edge) + (transparent ? transparentEnding : opaqueEnding);
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly))
        return;
    QImageWriter writer(&file, transparent ? "png" : "jpeg");
    writer.setQuality(90);
    // commit() would not tell that its own last flush failed, and put a torn file in place.
    if (writer.write(thumbnail) && file.flush())
        file.commit();
}

QString ThumbnailCache::basePath(const Picture& picture, int edge) const
{
    const QString id = picture.id.toString(QUuid::WithoutBraces);
    return u"%1/%2/%3-%4"_s.arg(m_folder, id.first(2), id, QString::number(edge));
}

} // namespace seedbook
