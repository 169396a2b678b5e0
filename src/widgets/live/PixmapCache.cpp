#include "widgets/live/PixmapCache.h"

#include "core/ErrorText.h"
#include "library/ThumbnailLoader.h"

#include <algorithm>
#include <memory>

namespace seedbook {

namespace {

// Kilobytes, for some screens full: what was scrolled away comes back from the disk.
constexpr qsizetype thumbnailMemory = 12 * 1024;

} // namespace

PixmapCache::PixmapCache(ThumbnailLoader& loader, QObject* parent)
    : QObject(parent)
    , m_loader(loader)
    , m_pixmaps(thumbnailMemory)
{
    connect(
        &m_loader, &ThumbnailLoader::loaded, this, [this](const QUuid& id, const QImage& image) {
            if (m_wanted.contains(id))
                store(id, image);
        });
    connect(&m_loader, &ThumbnailLoader::failed, this, [this](const QUuid& id, const Error& error) {
        m_failures.insert(id, describe(error).what);
        Q_EMIT changed(id);
    });
}

void PixmapCache::setBox(QSize box, qreal devicePixelRatio)
{
    if (box != m_box)
        m_failures.clear(); // another size is another attempt
    m_box = box;
    m_devicePixelRatio = devicePixelRatio;
}

void PixmapCache::want(const QList<PicturePtr>& pictures)
{
    QList<PicturePtr> wanted;
    m_wanted.clear();
    qsizetype inView = 0;
    for (const PicturePtr& picture : pictures) {
        if (m_failures.contains(picture->id))
            continue;
        const Thumbnail* known = m_pixmaps.object(picture->id);
        inView += known ? qsizetype{known->pixmap.width()} * known->pixmap.height() / 256
                        : qsizetype{m_box.width()} * m_box.height() / 256;
        m_wanted.insert(picture->id);
        if (!known || known->box != m_box)
            wanted.append(picture);
    }
    // A screen of many large ones may need more than is kept otherwise.
    m_pixmaps.setMaxCost(std::max(thumbnailMemory, inView + inView / 4));
    m_loader.setWanted(wanted, m_box);
}

QPixmap PixmapCache::find(const QUuid& id) const
{
    const Thumbnail* known = m_pixmaps.object(id);
    return known ? known->pixmap : QPixmap();
}

void PixmapCache::rename(const QHash<QUuid, QUuid>& renamed)
{
    QHash<QUuid, Thumbnail*> pixmaps;
    QHash<QUuid, QString> failures;
    for (auto id = renamed.cbegin(); id != renamed.cend(); ++id) {
        if (Thumbnail* known = m_pixmaps.take(id.key()))
            pixmaps.insert(*id, known);
        if (const QString failure = m_failures.take(id.key()); !failure.isEmpty())
            failures.insert(*id, failure);
    }
    for (auto known = pixmaps.cbegin(); known != pixmaps.cend(); ++known) {
        const QSize size = (*known)->pixmap.size();
        m_pixmaps.insert(known.key(), *known, size.width() * size.height() / 256 + 1);
    }
    m_failures.insert(failures);
}

void PixmapCache::forget(const QUuid& id)
{
    m_pixmaps.remove(id);
    m_failures.remove(id);
    m_wanted.remove(id);
}

void PixmapCache::tryAgain(const QUuid& id, bool redrawn)
{
    m_failures.remove(id);
    if (Thumbnail* known = redrawn ? m_pixmaps.object(id) : nullptr)
        known->box = QSize();
}

void PixmapCache::store(const QUuid& id, const QImage& image)
{
    if (image.isNull())
        return;
    auto thumbnail = std::make_unique<Thumbnail>();
    thumbnail->pixmap = QPixmap::fromImage(image);
    thumbnail->pixmap.setDevicePixelRatio(m_devicePixelRatio);
    thumbnail->box = m_box;
    const qsizetype cost = image.sizeInBytes() / 1024 + 1;
    m_failures.remove(id);
    m_pixmaps.insert(id, thumbnail.release(), cost);
    Q_EMIT changed(id);
}

} // namespace seedbook

#include "moc_PixmapCache.cpp"
