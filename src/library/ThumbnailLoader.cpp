#include "library/ThumbnailLoader.h"

#include "library/ThumbnailCache.h"

#include <QMutex>
#include <QQueue>
#include <QSet>
#include <QThread>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace seedbook {

class ThumbnailLoader::Private final
{
public:
    explicit Private(const QString& cacheFolder)
        : cache(cacheFolder + u"/thumbnails"_s)
    {
    }

    struct Wish
    {
        PicturePtr picture;
        int edge = 0;
        [[nodiscard]] std::pair<QUuid, int> key() const { return {picture->id, edge}; }
    };

    // On a worker: one wish after the other until none is left.
    void work(ThumbnailLoader* loader);
    std::optional<Wish> next();

    const ThumbnailCache cache;
    int edge = 0; // the GUI thread's

    QMutex mutex; // guards what follows
    QQueue<Wish> wanted;
    QSet<std::pair<QUuid, int>> underWay; // until answered in the GUI thread
    int workers = 0;

    QThreadPool pool;
};

ThumbnailLoader::ThumbnailLoader(const QString& cacheFolder, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(cacheFolder))
{
    d->pool.setMaxThreadCount(qBound(1, QThread::idealThreadCount() - 1, 4));
}

ThumbnailLoader::~ThumbnailLoader()
{
    {
        const QMutexLocker lock(&d->mutex);
        d->wanted.clear();
    }
    d->pool.waitForDone();
}

void ThumbnailLoader::setWanted(const QList<PicturePtr>& pictures, int edge)
{
    d->edge = edge <= 256 ? 256 : 512;
    const QMutexLocker lock(&d->mutex);
    d->wanted.clear();
    QSet<std::pair<QUuid, int>> seen = d->underWay;
    for (const PicturePtr& picture : pictures) {
        const Private::Wish wish{picture, d->edge};
        if (seen.contains(wish.key()))
            continue;
        seen.insert(wish.key());
        d->wanted.enqueue(wish);
    }
    for (; d->workers < qMin<qsizetype>(d->pool.maxThreadCount(), d->wanted.size()); ++d->workers)
        d->pool.start([this] { d->work(this); });
}

std::optional<ThumbnailLoader::Private::Wish> ThumbnailLoader::Private::next()
{
    const QMutexLocker lock(&mutex);
    if (wanted.isEmpty()) {
        --workers;
        return std::nullopt;
    }
    Wish wish = wanted.dequeue();
    underWay.insert(wish.key());
    return wish;
}

void ThumbnailLoader::Private::work(ThumbnailLoader* loader)
{
    while (const auto wish = next()) {
        Result<QImage> image = cache.find(*wish->picture, wish->edge);
        const bool fresh = image->isNull();
        if (fresh)
            image = ThumbnailCache::make(*wish->picture, wish->edge);
        QMetaObject::invokeMethod(
            loader,
            [this, loader, wish = *wish, image] {
                {
                    const QMutexLocker lock(&mutex);
                    underWay.remove(wish.key());
                }
                if (wish.edge != edge)
                    return; // the view has gone on to another size
                if (image)
                    Q_EMIT loader->loaded(wish.picture->id, *image);
                else
                    Q_EMIT loader->failed(wish.picture->id, image.error());
            },
            Qt::QueuedConnection);
        // Shown first: writing may take longer than making.
        if (fresh && image)
            cache.keep(*wish->picture, wish->edge, *image);
    }
}

} // namespace seedbook
