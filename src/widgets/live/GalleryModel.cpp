#include "widgets/live/GalleryModel.h"

#include "library/SearchText.h"
#include "library/ThumbnailLoader.h"
#include "widgets/live/ThumbnailShelf.h"

#include <algorithm>

namespace seedbook {

namespace {

PictureEntry cardOf(const Job& job)
{
    PictureEntry card;
    card.id = job.pictureId;
    card.created = job.created.toMSecsSinceEpoch();
    card.sequence = job.id;
    card.seed = job.request.seed().number();
    card.set(PictureEntry::Card, true);
    card.set(PictureEntry::Practice, job.practice);
    card.set(PictureEntry::Unclaimed, job.unclaimed);
    return card;
}

} // namespace

GalleryModel::GalleryModel(ThumbnailLoader& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_pages(new PicturePages(this))
    , m_shelf(new ThumbnailShelf(thumbnails, this))
{
    connect(m_shelf, &ThumbnailShelf::changed, this, [this](const QUuid& id) {
        if (const int row = rowOf(id); row >= 0)
            Q_EMIT dataChanged(
                index(row), index(row), {Qt::DecorationRole, FailureRole, Qt::ToolTipRole});
    });
    connect(m_pages, &PicturePages::loaded, this, &GalleryModel::takeLoaded);
}

GalleryModel::~GalleryModel() = default;

void GalleryModel::setSource(
    PicturePages::Source source, PicturePages::Marked marked, Search search)
{
    m_pages->setSource(std::move(source), std::move(marked));
    m_search = std::move(search);
}

bool GalleryModel::isShown(Slot slot) const
{
    return !m_held.contains(slot) &&
           (isCard(slot) || m_arrived.contains(slot) || m_table.matches(slot));
}

int GalleryModel::place(Slot slot) const
{
    const auto it = std::partition_point(
        m_rows.cbegin(), m_rows.cend(), [this, slot](Slot other) { return isBefore(other, slot); });
    return static_cast<int>(it - m_rows.cbegin());
}

int GalleryModel::rowOf(Slot slot) const
{
    const int row = place(slot);
    return row < m_rows.size() && m_rows.at(row) == slot ? row : -1;
}

int GalleryModel::rowOf(const QUuid& id) const
{
    const auto slot = m_table.find(id);
    return slot ? rowOf(*slot) : -1;
}

void GalleryModel::keep(Slot slot, const PicturePtr& picture)
{
    m_pages->keep(picture);
    if (m_table.at(slot).number == 0)
        m_fresh.insert(slot, picture);
    else
        m_fresh.remove(slot);
    if (!m_terms.isEmpty())
        m_table.setTextHit(slot, matchesText(*picture, m_terms));
    if (m_searching)
        m_changed.insert(slot);
}

GalleryModel::Slot GalleryModel::addEntry(const PicturePtr& picture)
{
    const Slot slot = m_table.add(*picture);
    keep(slot, picture);
    return slot;
}

GalleryModel::Slot GalleryModel::addCard(const Job& job)
{
    const Slot slot = m_table.addCard(cardOf(job));
    m_cards.insert(slot, std::make_shared<const Job>(job));
    m_jobs.insert(job.id, slot);
    return slot;
}

void GalleryModel::setListing(PictureListing listing)
{
    for (const PicturePtr& picture : std::as_const(listing.first))
        m_pages->keep(picture);
    m_table.fill(std::move(listing));
    arrange();
    Q_EMIT countChanged();
}

void GalleryModel::addPicture(const PicturePtr& picture)
{
    if (const auto known = m_table.find(picture->id)) {
        if (isCard(*known))
            turnIntoPicture(*known, picture);
        return;
    }
    arrive({addEntry(picture)});
}

void GalleryModel::applyChanges(const LibraryChanges& changes)
{
    removePictures(changes.removed);
    updatePictures(changes.updated);
    QList<Slot> slots;
    for (const PicturePtr& picture : changes.added) {
        if (m_table.contains(picture->id))
            updatePicture({picture->id, picture, false});
        else
            slots.append(addEntry(picture));
    }
    arrive(slots);
}

void GalleryModel::addJobs(const QList<Job>& jobs)
{
    QList<Slot> slots;
    for (const Job& job : jobs) {
        if (job.picture)
            addPicture(job.picture);
        else if (!m_table.contains(job.pictureId))
            slots.append(addCard(job));
    }
    arrive(slots);
}

void GalleryModel::arrive(const QList<Slot>& slots)
{
    if (slots.isEmpty())
        return;
    if (!m_holding) {
        insertRowsOf(slots);
        Q_EMIT countChanged();
        return;
    }
    const int before = heldCount();
    for (const Slot slot : slots) {
        if (isShown(slot))
            m_held.insert(slot);
    }
    if (heldCount() != before)
        Q_EMIT heldCountChanged(heldCount());
    Q_EMIT countChanged();
}

// Neighbours go in together: many pictures are one insertion, or a few between the others.
void GalleryModel::insertRowsOf(QList<Slot> slots)
{
    slots.removeIf([this](Slot slot) { return !isShown(slot); });
    std::sort(slots.begin(), slots.end(), [this](Slot a, Slot b) { return isBefore(a, b); });
    qsizetype end = slots.size(); // from the last, so that the places of the others stay true
    while (end > 0) {
        const int row = place(slots.at(end - 1));
        qsizetype begin = end - 1;
        while (begin > 0 && place(slots.at(begin - 1)) == row)
            --begin;
        const qsizetype count = end - begin;
        beginInsertRows({}, row, row + static_cast<int>(count) - 1);
        m_rows.insert(row, count, Slot{});
        std::copy(slots.cbegin() + begin, slots.cbegin() + end, m_rows.begin() + row);
        endInsertRows();
        end = begin;
    }
}

// Likewise, from the last.
void GalleryModel::removeRowsOf(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (qsizetype end = rows.size(); end > 0;) {
        qsizetype begin = end - 1;
        while (begin > 0 && rows.at(begin - 1) == rows.at(begin) - 1)
            --begin;
        const auto count = static_cast<int>(end - begin);
        beginRemoveRows({}, rows.at(begin), rows.at(begin) + count - 1);
        m_rows.remove(rows.at(begin), count);
        endRemoveRows();
        end = begin;
    }
}

// Once its row is gone.
void GalleryModel::removeSlot(Slot slot)
{
    const QUuid id = m_table.at(slot).id;
    m_pages->forget(id);
    m_shelf->forget(id);
    if (const JobPtr job = m_cards.take(slot))
        m_jobs.remove(job->id);
    m_held.remove(slot);
    m_arrived.remove(slot);
    m_fresh.remove(slot);
    m_changed.remove(slot);
    m_table.remove(slot);
}

void GalleryModel::updateJob(const Job& job)
{
    const auto known = m_jobs.constFind(job.id);
    if (known == m_jobs.cend()) {
        // A picture's row is final: a late word about its job changes nothing.
        if (!m_table.contains(job.pictureId))
            addJobs({job});
        return;
    }
    const Slot slot = *known;
    if (job.picture) {
        turnIntoPicture(slot, job.picture);
        return;
    }
    m_cards.insert(slot, std::make_shared<const Job>(job));
    if (const int row = rowOf(slot); row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void GalleryModel::turnIntoPicture(Slot slot, const PicturePtr& picture)
{
    const JobPtr job = m_cards.value(slot);
    if (!job)
        return;
    m_arrived.insert(slot);
    changeEntry(slot, picture, false);
    Q_EMIT countChanged();
}

void GalleryModel::removeJob(JobId id)
{
    const auto known = m_jobs.constFind(id);
    if (known == m_jobs.cend())
        return;
    const Slot slot = *known;
    const int row = rowOf(slot);
    const bool held = m_held.contains(slot);
    if (row >= 0)
        removeRowsOf({row});
    removeSlot(slot);
    if (held)
        Q_EMIT heldCountChanged(heldCount());
    Q_EMIT countChanged();
}

void GalleryModel::removePictures(const QList<QUuid>& ids)
{
    QList<int> rows;
    QSet<Slot> slots;
    const int heldBefore = heldCount();
    for (const QUuid& id : ids) {
        const auto slot = m_table.find(id);
        if (!slot || isCard(*slot)) // the file of a card is the queue's affair
            continue;
        slots.insert(*slot);
        if (const int row = rowOf(*slot); row >= 0)
            rows.append(row);
    }
    removeRowsOf(rows);
    for (const Slot slot : std::as_const(slots))
        removeSlot(slot);
    if (heldCount() != heldBefore)
        Q_EMIT heldCountChanged(heldCount());
    if (!slots.isEmpty())
        Q_EMIT countChanged();
}

// One that takes over another's id comes after that other one.
void GalleryModel::updatePictures(QList<LibraryChanges::Update> updates)
{
    while (!updates.isEmpty()) {
        QList<LibraryChanges::Update> later;
        for (const auto& update : std::as_const(updates)) {
            if (update.was != update.now->id && m_table.contains(update.was) &&
                m_table.contains(update.now->id))
                later.append(update);
            else
                updatePicture(update);
        }
        if (later.size() == updates.size()) {
            // Ids that went round in a ring: one of them begins anew.
            const auto first = later.takeFirst();
            removePictures({first.was});
            updatePictures(std::move(later));
            applyChanges({{}, {}, {first.now}});
            return;
        }
        updates = std::move(later);
    }
}

void GalleryModel::updatePicture(const LibraryChanges::Update& update)
{
    auto slot = m_table.find(update.was);
    if (!slot)
        slot = m_table.find(update.now->id);
    if (!slot)
        return;
    if (update.was != update.now->id) {
        m_pages->forget(update.was);
        m_shelf->rename(update.was, update.now->id);
    }
    if (isCard(*slot))
        turnIntoPicture(*slot, update.now);
    else
        changeEntry(*slot, update.now, update.redrawn);
}

// The row goes where it belongs now, which is the same place for most changes.
void GalleryModel::changeEntry(Slot slot, const PicturePtr& picture, bool redrawn)
{
    const int row = rowOf(slot);
    const PicturePtr before = m_pages->find(picture->id);
    if (redrawn || !before || before->path != picture->path)
        m_shelf->tryAgain(picture->id, redrawn);
    const auto change = [&] {
        if (const JobPtr job = m_cards.take(slot))
            m_jobs.remove(job->id);
        m_table.set(slot, *picture);
        keep(slot, picture);
    };
    if (row < 0) {
        change();
        if (!m_held.contains(slot) && isShown(slot))
            insertRowsOf({slot});
        return;
    }
    change();
    if (!isShown(slot)) {
        removeRowsOf({row});
        return;
    }
    int to = row;
    if (row > 0 && !isBefore(m_rows.at(row - 1), slot)) {
        to = static_cast<int>(std::partition_point(m_rows.cbegin(), m_rows.cbegin() + row,
                                  [&](Slot other) { return isBefore(other, slot); }) -
                              m_rows.cbegin());
    } else if (row + 1 < m_rows.size() && !isBefore(slot, m_rows.at(row + 1))) {
        to = static_cast<int>(std::partition_point(m_rows.cbegin() + row + 1, m_rows.cend(),
                                  [&](Slot other) { return isBefore(other, slot); }) -
                              m_rows.cbegin());
    }
    if (to != row) {
        beginMoveRows({}, row, row, {}, to);
        m_rows.move(row, to > row ? to - 1 : to);
        endMoveRows();
    }
    const QModelIndex now = index(to > row ? to - 1 : to);
    Q_EMIT dataChanged(now, now);
}

void GalleryModel::setHolding(bool holding)
{
    if (holding == m_holding)
        return;
    m_holding = holding;
    if (holding || m_held.isEmpty())
        return;
    const QSet<Slot> held = std::exchange(m_held, {});
    insertRowsOf(held.values());
    Q_EMIT heldCountChanged(0);
}

void GalleryModel::wantThumbnails(const QList<int>& rows, QSize box, qreal devicePixelRatio)
{
    m_shelf->setBox(box, devicePixelRatio);
    m_inView.clear();
    for (const int row : rows) {
        if (row >= 0 && row < m_rows.size() && !isCard(m_rows.at(row)))
            m_inView.append(m_table.at(m_rows.at(row)).id);
    }
    m_pages->setView(m_inView);
    askForThumbnails();
}

void GalleryModel::askForThumbnails()
{
    QList<PicturePtr> pictures;
    for (const QUuid& id : std::as_const(m_inView)) {
        if (PicturePtr picture = m_pages->find(id))
            pictures.append(std::move(picture));
    }
    m_shelf->want(pictures);
}

void GalleryModel::takeLoaded(const QList<QUuid>& ids)
{
    QList<int> rows;
    for (const QUuid& id : ids) {
        if (const int row = rowOf(id); row >= 0)
            rows.append(row);
        Q_EMIT pictureLoaded(id);
    }
    std::sort(rows.begin(), rows.end());
    for (qsizetype begin = 0; begin < rows.size();) {
        qsizetype end = begin + 1;
        while (end < rows.size() && rows.at(end) == rows.at(end - 1) + 1)
            ++end;
        Q_EMIT dataChanged(index(rows.at(begin)), index(rows.at(end - 1)),
            {PictureRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
        begin = end;
    }
    askForThumbnails();
}

} // namespace seedbook

#include "moc_GalleryModel.cpp"
