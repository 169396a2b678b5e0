#include "library/ThumbnailLoader.h"

#include "library/ImageDecoder.h"
#include "library/ThumbnailCache.h"

#include <QMutex>
#include <QQueue>
#include <QSet>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// More calls than are ever out at once.
constexpr qsizetype preparedKept = 16;

int edgeFor(QSize box)
{
    return std::max(box.width(), box.height()) <= 256 ? 256 : 512;
}

// In the form that costs least to be shown.
QImage madeToFit(const QImage& image, QSize box)
{
    const bool larger = image.width() > box.width() || image.height() > box.height();
    const QImage fitted = larger && !box.isEmpty()
                              ? image.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                              : image;
    return fitted.convertToFormat(
        fitted.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
}

} // namespace

class ThumbnailLoader::Private final
{
public:
    explicit Private(const QString& cacheFolder)
        : cache(cacheFolder + u"/thumbnails"_s)
    {
    }

    using Key = std::pair<QUuid, std::pair<int, int>>;
    struct Wish
    {
        PicturePtr picture;
        QSize box;
        [[nodiscard]] int edge() const { return edgeFor(box); }
        [[nodiscard]] Key key() const { return {picture->id, {box.width(), box.height()}}; }
    };

    // What prepare() made for this wish; null where there is nothing.
    QImage takePrepared(const Wish& wish);
    // On a worker: one wish after the other until none is left.
    void work(ThumbnailLoader* loader);
    std::optional<Wish> next();

    const ThumbnailCache cache;
    QSize box; // the GUI thread's

    QMutex mutex; // guards what follows
    QQueue<Wish> wanted;
    QSet<Key> underWay; // until answered in the GUI thread
    int workers = 0;
    QQueue<std::pair<std::pair<QUuid, int>, QImage>> prepared; // the newest last

    std::atomic_bool over = false;
    const StopAsked isOver = [this] { return over.load(); };
    QThreadPool pool; // its threads use the rest
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
    d->over = true;
    d->pool.clear();
    d->pool.waitForDone();
}

void ThumbnailLoader::setWanted(const QList<PicturePtr>& pictures, QSize box)
{
    d->box = box;
    const QMutexLocker lock(&d->mutex);
    d->wanted.clear();
    QSet<Private::Key> seen = d->underWay;
    for (const PicturePtr& picture : pictures) {
        const Private::Wish wish{picture, d->box};
        if (seen.contains(wish.key()))
            continue;
        seen.insert(wish.key());
        d->wanted.enqueue(wish);
    }
    for (; d->workers < qMin<qsizetype>(d->pool.maxThreadCount(), d->wanted.size()); ++d->workers)
        d->pool.start([this] { d->work(this); });
}

void ThumbnailLoader::prepare(const QUuid& id, const QByteArray& bytes)
{
    const int edge = edgeFor(d->box);
    d->pool.start(
        [this, id, edge, bytes] {
            giveWayToTheWindow();
            const auto image = decodePicture(bytes, {edge, edge}, d->isOver);
            if (!image)
                return; // the file will be looked at when it is wanted
            const QMutexLocker lock(&d->mutex);
            d->prepared.enqueue({{id, edge}, *image});
            if (d->prepared.size() > preparedKept)
                d->prepared.dequeue();
        },
        1); // before those that are only looked at
}

QImage ThumbnailLoader::Private::takePrepared(const Wish& wish)
{
    const QMutexLocker lock(&mutex);
    for (qsizetype i = 0; i < prepared.size(); ++i) {
        if (prepared.at(i).first == std::pair(wish.picture->id, wish.edge()))
            return prepared.takeAt(i).second;
    }
    return {};
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
    giveWayToTheWindow();
    while (const auto wish = next()) {
        Result<QImage> image = takePrepared(*wish);
        bool fresh = !image->isNull();
        if (!fresh) {
            image = cache.find(*wish->picture, wish->edge(), isOver);
            fresh = image->isNull();
            if (fresh)
                image = ThumbnailCache::make(*wish->picture, wish->edge(), isOver);
        }
        const Result<QImage> shown = image ? Result<QImage>(madeToFit(*image, wish->box)) : image;
        QMetaObject::invokeMethod(
            loader,
            [this, loader, wish = *wish, shown] {
                {
                    const QMutexLocker lock(&mutex);
                    underWay.remove(wish.key());
                }
                if (wish.box != box)
                    return; // the view has gone on to another size
                if (shown)
                    Q_EMIT loader->loaded(wish.picture->id, *shown);
                else
                    Q_EMIT loader->failed(wish.picture->id, shown.error());
            },
            Qt::QueuedConnection);
        // Shown first: writing may take longer than making.
        if (fresh && image)
            cache.keep(*wish->picture, wish->edge(), *image);
    }
}

} // namespace seedbook

#include "moc_ThumbnailLoader.cpp"
