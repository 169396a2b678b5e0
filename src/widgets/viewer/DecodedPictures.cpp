#include "widgets/viewer/DecodedPictures.h"

#include "core/Async.h"
#include "library/ImageDecoder.h"

#include <algorithm>

namespace seedbook {

namespace {

// Kilobytes: a picture, its neighbours and some more.
constexpr qsizetype decodedMemory = 192 * 1024;
constexpr qint64 mostPixelsAhead = 12'000'000;
// Beside a larger one that is shown, nothing more would fit for long.
constexpr qint64 mostPixelsBeside = 20'000'000;
// Each takes a core, and those shown next the more so.
constexpr qsizetype atOnce = 2;

qint64 pixelsOf(const Picture& picture)
{
    return qint64{picture.size.width()} * picture.size.height();
}

} // namespace

DecodedPictures::DecodedPictures(QObject* parent)
    : QObject(parent)
    , m_kept(decodedMemory)
{
}

DecodedPictures::~DecodedPictures()
{
    m_wanted.clear();
    stopUnwanted();
}

bool DecodedPictures::isSame(const Picture& a, const Picture& b)
{
    return a.id == b.id && a.path == b.path && a.size == b.size &&
           (a.bytes == b.bytes || a.rating != b.rating || a.tags != b.tags);
}

const QImage* DecodedPictures::find(const Picture& picture) const
{
    const Kept* kept = m_kept.object(picture.id);
    return kept && kept->picture->path == picture.path ? &kept->image : nullptr;
}

void DecodedPictures::want(const QObject* who, const QList<PicturePtr>& pictures)
{
    const QList<PicturePtr> before = m_wanted.value(who);
    const bool another =
        !pictures.isEmpty() && (before.isEmpty() || before.constFirst() != pictures.constFirst());
    if (another)
        m_failed.remove(pictures.constFirst()->id);
    m_wanted.insert(who, pictures);
    stopUnwanted();
    next();
}

void DecodedPictures::release(const QObject* who)
{
    m_wanted.remove(who);
    stopUnwanted();
    next(); // in the place of those that were stopped
    if (!m_wanted.isEmpty())
        return;
    m_kept.clear();
    m_failed.clear();
}

void DecodedPictures::drop(const QUuid& id)
{
    m_kept.remove(id);
    m_failed.remove(id);
    const auto stale = m_decoding.constFind(id);
    if (stale == m_decoding.cend())
        return;
    QFuture<Result<QImage>> future = stale->future;
    m_decoding.erase(stale);
    future.cancel();
}

bool DecodedPictures::isOpen(const PicturePtr& picture, bool ahead) const
{
    return (!ahead || pixelsOf(*picture) <= mostPixelsAhead) && !find(*picture) &&
           !m_decoding.contains(picture->id) && m_failed.value(picture->id) != picture;
}

void DecodedPictures::stopUnwanted()
{
    // The same file, that is: who rates a picture still wants it.
    const auto isWanted = [this](const Picture& picture) {
        return std::ranges::any_of(m_wanted, [&picture](const QList<PicturePtr>& some) {
            return std::ranges::any_of(some, [&picture](const PicturePtr& one) {
                return one->id == picture.id && one->path == picture.path;
            });
        });
    };
    m_decoding.removeIf([&isWanted](auto it) {
        const bool goesOn = isWanted(*it->picture);
        if (!goesOn)
            it->future.cancel(); // nobody hears of it
        return !goesOn;
    });
}

// What is shown comes before what may be shown next, whoever wants it.
void DecodedPictures::next()
{
    qsizetype longest = 0;
    bool isAnyLarge = false;
    for (const QList<PicturePtr>& wanted : std::as_const(m_wanted)) {
        longest = std::max(longest, wanted.size());
        isAnyLarge =
            isAnyLarge || (!wanted.isEmpty() && pixelsOf(*wanted.constFirst()) > mostPixelsBeside);
    }
    for (qsizetype place = 0; place < longest; ++place) {
        for (const QList<PicturePtr>& wanted : std::as_const(m_wanted)) {
            if (m_decoding.size() >= atOnce)
                return;
            if (place >= wanted.size() || (place > 0 && isAnyLarge))
                continue;
            if (isOpen(wanted.at(place), place > 0))
                decode(wanted.at(place));
        }
    }
}

void DecodedPictures::decode(const PicturePtr& picture)
{
    const auto future = decodePictureLater(picture->path);
    const quint64 number = ++m_lastNumber;
    m_decoding.insert(picture->id, {picture, future, number});
    whenDone(future, this, [this, picture, number](const Result<QImage>& image) {
        const auto mine = m_decoding.constFind(picture->id);
        if (mine == m_decoding.cend() || mine->number != number)
            return; // stopped when it had just ended
        m_decoding.erase(mine);
        if (!image) {
            m_failed.insert(picture->id, picture);
            Q_EMIT failed(picture, image.error());
        } else if (!m_wanted.isEmpty()) {
            // One that takes more than all of the memory is kept alone, or it would be begun again
            // and again.
            const qsizetype cost = image->sizeInBytes() / 1024 + 1;
            m_kept.insert(picture->id, new Kept{picture, *image}, std::min(cost, decodedMemory));
            Q_EMIT decoded(picture, *image);
        }
        next();
    });
}

} // namespace seedbook

#include "moc_DecodedPictures.cpp"
