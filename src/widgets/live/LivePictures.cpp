#include "widgets/live/LivePictures.h"

#include "library/ThumbnailLoader.h"
#include "widgets/live/PixmapCache.h"
#include "widgets/live/QueueWatch.h"

#include <algorithm>

namespace seedbook {

namespace {

PictureEntry tileOf(const Job& job)
{
    PictureEntry tile;
    tile.id = job.pictureId;
    tile.created = job.created.toMSecsSinceEpoch();
    tile.sequence = job.id;
    tile.seed = job.request.seed() ? job.request.seed()->number() : -1;
    tile.set(PictureEntry::Tile, true);
    tile.set(PictureEntry::Practice, job.practice);
    tile.set(PictureEntry::Unclaimed, job.unclaimed);
    return tile;
}

} // namespace

LivePictures::LivePictures(ThumbnailLoader& thumbnails, QObject* parent)
    : QObject(parent)
    , m_cache(new PictureCache(this))
    , m_thumbnails(new PixmapCache(thumbnails, this))
{
    connect(m_thumbnails, &PixmapCache::changed, this, &LivePictures::thumbnailChanged);
    connect(m_cache, &PictureCache::loaded, this, [this](const QList<QUuid>& ids) {
        Q_EMIT loaded(ids);
        askForThumbnails();
    });
}

LivePictures::~LivePictures() = default;

void LivePictures::setWatch(QueueWatch* watch)
{
    m_watch = watch;
    connect(watch, &QueueWatch::conditionChanged, this, &LivePictures::conditionChanged);
    connect(watch, &QueueWatch::ticked, this, &LivePictures::ticked);
}

QueueCondition LivePictures::condition() const
{
    return m_watch ? m_watch->condition() : m_alone;
}

void LivePictures::setSource(
    PictureCache::Source source, PictureCache::Marked marked, Search search)
{
    m_cache->setSource(std::move(source), std::move(marked));
    m_search = std::move(search);
}

QFuture<Result<QBitArray>> LivePictures::search(const QStringList& terms) const
{
    return m_search(terms);
}

std::optional<LivePictures::Slot> LivePictures::slotOfJob(JobId id) const
{
    const auto known = m_jobs.constFind(id);
    return known == m_jobs.cend() ? std::nullopt : std::optional(*known);
}

int LivePictures::pictureCount() const
{
    return m_table.count() - static_cast<int>(m_tiles.size());
}

PicturePtr LivePictures::pictureAtHand(Slot slot) const
{
    if (isTile(slot))
        return nullptr;
    const PicturePtr known = m_cache->find(m_table.at(slot).id);
    return known ? known : m_fresh.value(slot);
}

PicturePtr LivePictures::picture(const QUuid& id) const
{
    const auto slot = m_table.find(id);
    if (!slot || isTile(*slot))
        return nullptr;
    PicturePtr known = pictureAtHand(*slot);
    if (!known)
        m_cache->need(id);
    return known;
}

void LivePictures::load(const QList<QUuid>& ids, QObject* context,
    const std::function<void(const QList<PicturePtr>&)>& done) const
{
    m_cache->load(ids, context, done);
}

void LivePictures::keep(Slot slot, const PicturePtr& picture)
{
    m_cache->keep(picture);
    if (m_table.at(slot).number == 0)
        m_fresh.insert(slot, picture);
    else
        m_fresh.remove(slot);
}

LivePictures::Slot LivePictures::addEntry(const PicturePtr& picture)
{
    const Slot slot = m_table.add(*picture);
    keep(slot, picture);
    return slot;
}

LivePictures::Slot LivePictures::addTile(const Job& job)
{
    const Slot slot = m_table.addTile(tileOf(job));
    m_tiles.insert(slot, std::make_shared<const Job>(job));
    m_jobs.insert(job.id, slot);
    return slot;
}

void LivePictures::tellAdded(const QList<Slot>& slots)
{
    if (slots.isEmpty())
        return;
    Q_EMIT added(slots);
    Q_EMIT countChanged();
}

void LivePictures::setListing(PictureListing listing)
{
    for (const PicturePtr& picture : std::as_const(listing.first))
        m_cache->keep(picture);
    m_table.fill(std::move(listing));
    Q_EMIT listed();
    Q_EMIT countChanged();
}

void LivePictures::addPicture(const PicturePtr& picture)
{
    if (const auto known = m_table.find(picture->id)) {
        if (isTile(*known))
            turnIntoPicture(*known, picture);
        return;
    }
    tellAdded({addEntry(picture)});
}

void LivePictures::addJobs(const QList<Job>& jobs)
{
    for (const Job& job : jobs) {
        if (job.picture)
            addPicture(job.picture);
    }
    QList<Slot> slots;
    for (const Job& job : jobs) {
        if (!job.picture && !m_table.contains(job.pictureId))
            slots.append(addTile(job));
    }
    tellAdded(slots);
}

void LivePictures::updateJob(const Job& job)
{
    const auto slot = slotOfJob(job.id);
    if (!slot) {
        // A picture's entry is final: a late word about its job changes nothing.
        if (!m_table.contains(job.pictureId))
            addJobs({job});
        return;
    }
    if (job.picture) {
        turnIntoPicture(*slot, job.picture);
        return;
    }
    m_tiles.insert(*slot, std::make_shared<const Job>(job));
    Q_EMIT tilesChanged({*slot});
}

void LivePictures::turnIntoPicture(Slot slot, const PicturePtr& picture)
{
    if (m_tiles.contains(slot))
        change({{slot, picture}}, {});
}

void LivePictures::removeJob(JobId id)
{
    if (const auto slot = slotOfJob(id))
        removeSlots({*slot});
}

void LivePictures::removePictures(const QList<QUuid>& ids)
{
    QList<Slot> slots;
    QSet<Slot> seen;
    for (const QUuid& id : ids) {
        const auto slot = m_table.find(id);
        // The file of a tile is the queue's affair.
        if (!slot || isTile(*slot) || seen.contains(*slot))
            continue;
        seen.insert(*slot);
        slots.append(*slot);
    }
    removeSlots(slots);
}

void LivePictures::removeSlots(const QList<Slot>& slots)
{
    if (slots.isEmpty())
        return;
    Q_EMIT aboutToRemove(slots);
    for (const Slot slot : slots) {
        const QUuid id = m_table.at(slot).id;
        m_cache->forget(id);
        m_thumbnails->forget(id);
        if (const JobPtr job = m_tiles.take(slot))
            m_jobs.remove(job->id);
        m_fresh.remove(slot);
        m_table.remove(slot);
    }
    Q_EMIT removed();
    Q_EMIT countChanged();
}

void LivePictures::applyChanges(const LibraryChanges& changes)
{
    removePictures(changes.removed);
    updatePictures(changes.updated);
    QList<LibraryChanges::Update> known;
    QList<PicturePtr> fresh;
    for (const PicturePtr& picture : changes.added) {
        if (m_table.contains(picture->id))
            known.append({picture->id, picture, false});
        else
            fresh.append(picture);
    }
    updatePictures(known);
    // There, and told of, once nothing else is to be told: a list that looks meanwhile has them
    // once.
    QList<Slot> slots;
    for (const PicturePtr& picture : std::as_const(fresh)) {
        if (!m_table.contains(picture->id))
            slots.append(addEntry(picture));
    }
    tellAdded(slots);
}

void LivePictures::updatePictures(const QList<LibraryChanges::Update>& updates)
{
    struct Known
    {
        Slot slot;
        const LibraryChanges::Update* update;
    };
    QList<Known> known;
    QSet<Slot> taken;
    for (const auto& update : updates) {
        auto slot = m_table.find(update.was);
        if (!slot)
            slot = m_table.find(update.now->id);
        if (!slot || taken.contains(*slot))
            continue;
        taken.insert(*slot);
        known.append({*slot, &update});
    }
    // An id that another still has, of which nothing was told: that one is this picture now.
    QList<QUuid> overtaken;
    QList<PictureTable::Change> changes;
    QSet<QUuid> redrawn;
    for (const auto& [slot, update] : std::as_const(known)) {
        const auto holder = m_table.find(update->now->id);
        const bool isOthers = holder && *holder != slot && !taken.contains(*holder);
        if (isOthers) {
            overtaken.append(m_table.at(slot).id);
            taken.insert(*holder);
        }
        changes.append({isOthers ? *holder : slot, update->now});
        if (update->redrawn)
            redrawn.insert(update->now->id);
    }
    removePictures(overtaken);
    change(changes, redrawn);
}

void LivePictures::change(const QList<PictureTable::Change>& changes, const QSet<QUuid>& redrawn)
{
    if (changes.isEmpty())
        return;
    QList<Slot> slots;
    slots.reserve(changes.size());
    for (const auto& change : changes)
        slots.append(change.slot);
    Q_EMIT aboutToChange(slots);
    bool tiles = false;
    QHash<QUuid, QUuid> renamed;
    for (const auto& [slot, now] : changes) {
        const QUuid was = m_table.at(slot).id;
        if (const JobPtr job = m_tiles.take(slot)) {
            m_jobs.remove(job->id);
            tiles = true;
        }
        if (was != now->id) {
            m_cache->forget(was);
            renamed.insert(was, now->id);
        }
    }
    m_thumbnails->rename(renamed);
    for (const auto& [slot, now] : changes) {
        const PicturePtr before = m_cache->find(now->id);
        const bool isRedrawn = redrawn.contains(now->id);
        if (isRedrawn || !before || before->path != now->path)
            m_thumbnails->tryAgain(now->id, isRedrawn);
    }
    m_table.set(changes);
    for (const auto& [slot, now] : changes)
        keep(slot, now);
    Q_EMIT changed(slots);
    if (tiles)
        Q_EMIT countChanged();
}

void LivePictures::want(QObject* who, const QList<QUuid>& ids, QSize box, qreal devicePixelRatio)
{
    if (!m_wants.contains(who))
        connect(who, &QObject::destroyed, this, [this, who] { wantNothing(who); });
    m_wants.insert(who, {ids, box, devicePixelRatio});
    QList<QUuid> all = ids;
    for (auto other = m_wants.cbegin(); other != m_wants.cend(); ++other) {
        if (other.key() != who)
            all += other->ids;
    }
    m_cache->setView(all);
    askForThumbnails();
}

void LivePictures::wantNothing(QObject* who)
{
    if (!m_wants.remove(who))
        return;
    who->disconnect(this);
    askForThumbnails();
}

// Where several look at the same picture its thumbnail is as large as any of them wants it.
void LivePictures::askForThumbnails()
{
    QList<PicturePtr> pictures;
    QSet<QUuid> seen;
    QSize box;
    qreal devicePixelRatio = 1;
    for (const Want& want : std::as_const(m_wants)) {
        box = box.expandedTo(want.box);
        devicePixelRatio = std::max(devicePixelRatio, want.devicePixelRatio);
        for (const QUuid& id : want.ids) {
            if (seen.contains(id))
                continue;
            seen.insert(id);
            if (PicturePtr picture = m_cache->find(id))
                pictures.append(std::move(picture));
        }
    }
    if (!m_wants.isEmpty())
        m_thumbnails->setBox(box, devicePixelRatio);
    m_thumbnails->want(pictures);
}

QPixmap LivePictures::thumbnail(const QUuid& pictureId) const
{
    return m_thumbnails->find(pictureId);
}

QString LivePictures::thumbnailFailure(const QUuid& pictureId) const
{
    return m_thumbnails->failure(pictureId);
}

} // namespace seedbook

#include "moc_LivePictures.cpp"
