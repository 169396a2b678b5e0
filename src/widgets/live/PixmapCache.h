#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>

namespace seedbook {

class ThumbnailLoader;

// The thumbnails in memory, made to fit the gallery's boxes.
class PixmapCache final : public QObject
{
    Q_OBJECT

public:
    // `loader` must outlive it.
    PixmapCache(ThumbnailLoader& loader, QObject* parent);

    // Sets what they fit from now on, in device pixels.
    void setBox(QSize box, qreal devicePixelRatio);
    // Nearest first. Replaces what was wanted before. What is in memory for that box is not asked
    // for again.
    void want(const QList<PicturePtr>& pictures);
    // What is in memory, of whatever size; null if nothing is.
    [[nodiscard]] QPixmap find(const QUuid& id) const;
    // Why there is none; empty while there may be one.
    [[nodiscard]] QString failure(const QUuid& id) const { return m_failures.value(id); }

    // From the ids that they had to those that they have, all at once: one's may be another's.
    void rename(const QHash<QUuid, QUuid>& renamed);
    void forget(const QUuid& id);
    // The file may be better now. What is in memory is shown until a new one is there.
    void tryAgain(const QUuid& id, bool redrawn);

Q_SIGNALS:
    // Thumbnail or failure.
    void changed(const QUuid& id);

private:
    struct Thumbnail
    {
        QPixmap pixmap;
        QSize box; // what it was made for
    };
    void store(const QUuid& id, const QImage& image);

    ThumbnailLoader& m_loader;
    QHash<QUuid, QString> m_failures;
    mutable QCache<QUuid, Thumbnail> m_pixmaps; // cost in kilobytes
    QSet<QUuid> m_wanted;
    QSize m_box;
    qreal m_devicePixelRatio = 1;
};

} // namespace seedbook
