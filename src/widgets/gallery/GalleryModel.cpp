#include "widgets/gallery/GalleryModel.h"

#include "core/ErrorWords.h"
#include "core/Text.h"
#include "library/ThumbnailLoader.h"
#include "widgets/common/Stars.h"
#include "widgets/gallery/JobWords.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype thumbnailMemory = 64 * 1024; // kilobytes
// A prompt may hold thousands of words; a name is read aloud and a tool tip must fit the screen.
constexpr qsizetype namePromptLimit = 160;
constexpr qsizetype tipPromptLimit = 600;
// What the loader makes; a larger box gets the larger of the two.
constexpr int smallThumbnail = 256;
constexpr int largeThumbnail = 512;

} // namespace

GalleryModel::GalleryModel(ThumbnailLoader& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_thumbnails(thumbnails)
    , m_pixmaps(thumbnailMemory)
{
    connect(&m_thumbnails, &ThumbnailLoader::loaded, this, &GalleryModel::storeThumbnail);
    connect(&m_thumbnails, &ThumbnailLoader::failed, this, &GalleryModel::storeFailure);
}

GalleryModel::~GalleryModel() = default;

bool GalleryModel::isNewer(const Key& a, const Key& b)
{
    if (a.created != b.created)
        return a.created > b.created;
    if (a.sequence != b.sequence)
        return a.sequence > b.sequence;
    return a.id > b.id;
}

GalleryModel::Item GalleryModel::itemOf(const PicturePtr& picture)
{
    return {{picture->created.toMSecsSinceEpoch(), picture->sequence, picture->id}, picture, {}};
}

GalleryModel::Item GalleryModel::itemOf(const Job& job)
{
    return {{job.created.toMSecsSinceEpoch(), job.id, job.pictureId}, {},
        std::make_shared<const Job>(job)};
}

int GalleryModel::place(const Key& key) const
{
    const auto it = std::partition_point(m_items.cbegin(), m_items.cend(),
        [&key](const Item& item) { return isNewer(item.key, key); });
    return static_cast<int>(it - m_items.cbegin());
}

int GalleryModel::rowOf(const QUuid& id) const
{
    const auto key = m_keys.constFind(id);
    if (key == m_keys.cend() || m_held.contains(id))
        return -1;
    return place(*key);
}

void GalleryModel::setPictures(const QList<PicturePtr>& pictures)
{
    QList<Item> items;
    items.reserve(pictures.size());
    for (const PicturePtr& picture : pictures)
        items.append(itemOf(picture));
    const bool holding = m_holding;
    m_holding = false; // these are not arrivals
    add(std::move(items));
    m_holding = holding;
}

void GalleryModel::addPicture(const PicturePtr& picture)
{
    if (m_keys.contains(picture->id))
        turnIntoPicture(picture->id, picture);
    else
        add({itemOf(picture)});
}

void GalleryModel::applyChanges(const LibraryChanges& changes)
{
    removePictures(changes.removed);
    updatePictures(changes.updated);
    QList<Item> items;
    for (const PicturePtr& picture : changes.added) {
        if (m_keys.contains(picture->id))
            updatePicture({picture->id, picture, false});
        else
            items.append(itemOf(picture));
    }
    add(std::move(items));
}

void GalleryModel::addJobs(const QList<Job>& jobs)
{
    QList<Item> items;
    for (const Job& job : jobs) {
        if (job.picture)
            addPicture(job.picture);
        else
            items.append(itemOf(job));
    }
    add(std::move(items));
}

void GalleryModel::add(QList<Item> items)
{
    QList<Item> fresh;
    fresh.reserve(items.size());
    for (Item& item : items) {
        if (m_keys.contains(item.key.id))
            continue;
        m_keys.insert(item.key.id, item.key);
        if (item.job)
            m_jobs.insert(item.job->id, item.key.id);
        fresh.append(std::move(item));
    }
    if (fresh.isEmpty())
        return;
    if (m_holding) {
        for (const Item& item : std::as_const(fresh))
            m_held.insert(item.key.id, item);
        Q_EMIT heldCountChanged(heldCount());
        return;
    }
    std::sort(fresh.begin(), fresh.end(),
        [](const Item& a, const Item& b) { return isNewer(a.key, b.key); });
    insertSorted(fresh);
}

// Neighbours go in together: a whole library is one insertion, or a few between the cards.
void GalleryModel::insertSorted(const QList<Item>& items)
{
    qsizetype end = items.size(); // from the oldest, so that the places of the others stay true
    while (end > 0) {
        const int row = place(items.at(end - 1).key);
        qsizetype begin = end - 1;
        while (begin > 0 && place(items.at(begin - 1).key) == row)
            --begin;
        const qsizetype count = end - begin;
        beginInsertRows({}, row, row + static_cast<int>(count) - 1);
        m_items.insert(row, count, Item{});
        std::copy(items.cbegin() + begin, items.cbegin() + end, m_items.begin() + row);
        m_pictureCount += static_cast<int>(std::count_if(items.cbegin() + begin,
            items.cbegin() + end, [](const Item& item) { return item.picture != nullptr; }));
        endInsertRows();
        end = begin;
    }
}

void GalleryModel::updateJob(const Job& job)
{
    const auto known = m_jobs.constFind(job.id);
    if (known == m_jobs.cend()) {
        // A picture's row is final: a late word about its job changes nothing.
        if (!m_keys.contains(job.pictureId))
            addJobs({job});
        return;
    }
    if (job.picture) {
        turnIntoPicture(*known, job.picture);
        return;
    }
    const auto snapshot = std::make_shared<const Job>(job);
    if (const auto held = m_held.find(*known); held != m_held.end()) {
        held->job = snapshot;
        return;
    }
    const int row = rowOf(*known);
    m_items[row].job = snapshot;
    Q_EMIT dataChanged(index(row), index(row));
}

void GalleryModel::turnIntoPicture(const QUuid& id, const PicturePtr& picture)
{
    const auto held = m_held.find(id);
    const int row = rowOf(id);
    Item& item = held != m_held.end() ? *held : m_items[row];
    if (item.picture)
        return;
    m_jobs.remove(item.job->id);
    item.job.reset();
    item.picture = picture;
    if (held != m_held.end())
        return;
    ++m_pictureCount;
    Q_EMIT dataChanged(index(row), index(row));
}

void GalleryModel::removeJob(JobId id)
{
    const auto known = m_jobs.constFind(id);
    if (known == m_jobs.cend())
        return;
    const QUuid pictureId = *known;
    const int row = rowOf(pictureId);
    if (row >= 0)
        beginRemoveRows({}, row, row);
    m_jobs.remove(id);
    m_keys.remove(pictureId);
    if (row >= 0) {
        m_items.removeAt(row);
        endRemoveRows();
    } else {
        m_held.remove(pictureId);
        Q_EMIT heldCountChanged(heldCount());
    }
}

void GalleryModel::removePictures(const QList<QUuid>& ids)
{
    QList<int> rows;
    const int heldBefore = heldCount();
    for (const QUuid& id : ids) {
        if (const auto held = m_held.constFind(id); held != m_held.cend()) {
            if (held->picture) {
                m_held.erase(held);
                m_keys.remove(id);
            }
            continue;
        }
        const int row = rowOf(id);
        if (row >= 0 && m_items.at(row).picture) // the file of a card is the queue's affair
            rows.append(row);
        m_pixmaps.remove(id);
        m_failures.remove(id);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    // Neighbours go together, from the oldest, so that the numbers of the others stay true.
    for (qsizetype end = rows.size(); end > 0;) {
        qsizetype begin = end - 1;
        while (begin > 0 && rows.at(begin - 1) == rows.at(begin) - 1)
            --begin;
        const int first = rows.at(begin);
        const auto count = static_cast<int>(end - begin);
        beginRemoveRows({}, first, first + count - 1);
        for (int row = first; row < first + count; ++row)
            m_keys.remove(m_items.at(row).key.id);
        m_items.remove(first, count);
        m_pictureCount -= count;
        endRemoveRows();
        end = begin;
    }
    if (heldCount() != heldBefore)
        Q_EMIT heldCountChanged(heldCount());
}

// One that takes over another's id comes after that other one.
void GalleryModel::updatePictures(QList<LibraryChanges::Update> updates)
{
    while (!updates.isEmpty()) {
        QList<LibraryChanges::Update> later;
        for (const auto& update : std::as_const(updates)) {
            if (update.was != update.now->id && m_keys.contains(update.was) &&
                m_keys.contains(update.now->id))
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
    const QUuid& id = update.now->id;
    if (update.was != id && m_keys.contains(update.was))
        rename(update.was, id);
    if (!m_keys.contains(id))
        return;
    const auto held = m_held.find(id);
    const int row = rowOf(id);
    Item& item = held != m_held.end() ? *held : m_items[row];
    if (item.job) {
        turnIntoPicture(id, update.now);
        return;
    }
    const bool elsewhere = item.picture->path != update.now->path;
    item.picture = update.now;
    if (update.redrawn || elsewhere)
        m_failures.remove(id);
    // What is in memory is shown until the new one is there.
    if (Thumbnail* known = update.redrawn ? m_pixmaps.object(id) : nullptr)
        known->box = QSize();
    if (held == m_held.end())
        Q_EMIT dataChanged(index(row), index(row));
}

void GalleryModel::rename(const QUuid& was, const QUuid& now)
{
    const int row = rowOf(was);
    Key key = m_keys.take(was);
    key.id = now;
    m_keys.insert(now, key);
    if (Thumbnail* known = m_pixmaps.take(was))
        m_pixmaps.insert(now, known, known->pixmap.width() * known->pixmap.height() / 256 + 1);
    if (const auto failure = m_failures.constFind(was); failure != m_failures.cend()) {
        m_failures.insert(now, *failure);
        m_failures.remove(was);
    }
    if (row < 0) {
        Item item = m_held.take(was);
        item.key = key;
        m_held.insert(now, item);
        return;
    }
    if (const JobPtr& job = m_items.at(row).job)
        m_jobs.insert(job->id, now);
    int to = row; // where it would stand without itself
    while (to > 0 && isNewer(key, m_items.at(to - 1).key))
        --to;
    while (to + 1 < m_items.size() && isNewer(m_items.at(to + 1).key, key))
        ++to;
    if (to != row)
        beginMoveRows({}, row, row, {}, to > row ? to + 1 : to);
    m_items[row].key = key;
    m_items.move(row, to);
    if (to != row)
        endMoveRows();
}

void GalleryModel::setHolding(bool holding)
{
    if (holding == m_holding)
        return;
    m_holding = holding;
    if (holding || m_held.isEmpty())
        return;
    QList<Item> items = m_held.values();
    m_held.clear();
    std::sort(items.begin(), items.end(),
        [](const Item& a, const Item& b) { return isNewer(a.key, b.key); });
    insertSorted(items);
    Q_EMIT heldCountChanged(0);
}

const GalleryModel::Item* GalleryModel::itemAt(const QModelIndex& index) const
{
    return index.isValid() && index.model() == this && index.row() < m_items.size()
               ? &m_items.at(index.row())
               : nullptr;
}

PicturePtr GalleryModel::picture(const QModelIndex& index) const
{
    const Item* item = itemAt(index);
    return item ? item->picture : nullptr;
}

JobPtr GalleryModel::job(const QModelIndex& index) const
{
    const Item* item = itemAt(index);
    return item ? item->job : nullptr;
}

QModelIndex GalleryModel::indexOf(const QUuid& pictureId) const
{
    const int row = rowOf(pictureId);
    return row < 0 ? QModelIndex() : index(row);
}

QModelIndex GalleryModel::indexOfJob(JobId id) const
{
    const auto known = m_jobs.constFind(id);
    return known == m_jobs.cend() ? QModelIndex() : indexOf(*known);
}

QModelIndex GalleryModel::neighbour(const QModelIndex& from, int direction) const
{
    if (!from.isValid())
        return {};
    for (int row = from.row() + direction; row >= 0 && row < rowCount(); row += direction) {
        if (m_items.at(row).picture)
            return index(row);
    }
    return {};
}

QModelIndex GalleryModel::newestPicture() const
{
    const auto it = std::find_if(
        m_items.cbegin(), m_items.cend(), [](const Item& item) { return item.picture != nullptr; });
    return it == m_items.cend() ? QModelIndex() : index(static_cast<int>(it - m_items.cbegin()));
}

QModelIndexList GalleryModel::sendingCards() const
{
    QModelIndexList cards;
    for (const QUuid& id : m_jobs) {
        const int row = rowOf(id);
        if (row >= 0 && isOut(m_items.at(row).job->state))
            cards.append(index(row));
    }
    return cards;
}

void GalleryModel::wantThumbnails(const QList<int>& rows, QSize box, qreal devicePixelRatio)
{
    if (box != m_box)
        m_failures.clear(); // another size is another attempt
    m_box = box;
    m_devicePixelRatio = devicePixelRatio;
    QList<PicturePtr> wanted;
    for (const int row : rows) {
        if (row < 0 || row >= m_items.size())
            continue;
        const PicturePtr& picture = m_items.at(row).picture;
        if (!picture || m_failures.contains(picture->id))
            continue;
        const Thumbnail* known = m_pixmaps.object(picture->id);
        if (!known || known->box != box)
            wanted.append(picture);
    }
    m_thumbnails.setWanted(wanted, std::max(box.width(), box.height()));
}

QPixmap GalleryModel::thumbnail(const QUuid& pictureId) const
{
    const Thumbnail* known = m_pixmaps.object(pictureId);
    return known ? known->pixmap : QPixmap();
}

void GalleryModel::storeThumbnail(const QUuid& id, const QImage& image)
{
    const int row = rowOf(id);
    if (row < 0 || !m_items.at(row).picture || image.isNull())
        return;
    // An answer to an earlier, smaller wish is shown and asked for again when the view next looks.
    const QSize whole = m_items.at(row).picture->size;
    const int made =
        std::max(m_box.width(), m_box.height()) <= smallThumbnail ? smallThumbnail : largeThumbnail;
    const bool enough = std::max(image.width(), image.height()) >=
                        std::min(made, std::max(whole.width(), whole.height()));

    const bool larger = image.width() > m_box.width() || image.height() > m_box.height();
    const QImage fitted = larger && !m_box.isEmpty()
                              ? image.scaled(m_box, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                              : image;
    auto thumbnail = std::make_unique<Thumbnail>();
    thumbnail->pixmap = QPixmap::fromImage(fitted);
    thumbnail->pixmap.setDevicePixelRatio(m_devicePixelRatio);
    thumbnail->box = enough ? m_box : QSize();
    const qsizetype cost = fitted.sizeInBytes() / 1024 + 1;
    m_failures.remove(id);
    m_pixmaps.insert(id, thumbnail.release(), cost);
    Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole, FailureRole});
}

void GalleryModel::storeFailure(const QUuid& id, const Error& error)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_failures.insert(id, describe(error).what);
    Q_EMIT dataChanged(index(row), index(row), {FailureRole, Qt::ToolTipRole});
}

int GalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const
{
    const Item* known = itemAt(index);
    if (!known)
        return {};
    const Item& item = *known;
    const QString seed = item.picture ? item.picture->seedText() : item.job->request.seed().text();
    const auto prompt = [&item](qsizetype limit) {
        return elided(item.picture ? item.picture->prompt : item.job->request.prompt(), limit);
    };
    switch (role) {
    case PictureRole:
        return QVariant::fromValue(item.picture);
    case JobRole:
        return QVariant::fromValue(item.job);
    case FailureRole:
        return item.picture ? m_failures.value(item.key.id) : QString();
    case Qt::DisplayRole:
        return seed;
    case Qt::DecorationRole: {
        const QPixmap pixmap = item.picture ? thumbnail(item.key.id) : QPixmap();
        return pixmap.isNull() ? QVariant() : QVariant(pixmap);
    }
    case Qt::AccessibleTextRole: {
        if (!item.picture)
            return tr("%1, seed %2, %3")
                .arg(prompt(namePromptLimit), seed, shortWords(*item.job).toLower());
        const QString name = (item.picture->practice ? tr("%1, seed %2, practice picture")
                                                     : tr("%1, seed %2, picture"))
                                 .arg(prompt(namePromptLimit), seed);
        const QString rating = ratingWords(item.picture->rating);
        return rating.isEmpty() ? name : tr("%1, %2").arg(name, rating);
    }
    case Qt::AccessibleDescriptionRole:
        return item.job ? longWords(*item.job) : QString();
    case Qt::ToolTipRole: {
        // Plain text: a prompt may look like markup.
        QString tip = prompt(tipPromptLimit).toHtmlEscaped().replace(u'\n', "<br>"_L1);
        const QString failure = item.picture ? m_failures.value(item.key.id) : QString();
        const QString words = item.job ? longWords(*item.job) : failure;
        if (!words.isEmpty())
            tip = u"<b>%1</b><br>%2"_s.arg(words.toHtmlEscaped(), tip);
        return u"<qt>%1</qt>"_s.arg(tip);
    }
    default:
        return {};
    }
}

} // namespace seedbook
