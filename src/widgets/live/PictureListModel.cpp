#include "widgets/live/PictureListModel.h"

#include "core/Async.h"
#include "core/Text.h"
#include "library/SearchText.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Stars.h"
#include "widgets/live/JobText.h"
#include "widgets/live/SeedText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A prompt may hold thousands of words; a name is read aloud and a tool tip must fit the screen.
constexpr qsizetype namePromptLimit = 160;
constexpr qsizetype tipPromptLimit = 600;

} // namespace

PictureListModel::PictureListModel(LivePictures& pictures, QObject* parent)
    : SlotRows(parent)
    , m_live(pictures)
    , m_matcher(pictures.table())
{
    follow();
    arrange();
}

void PictureListModel::follow()
{
    connect(&m_live, &LivePictures::listed, this, [this] {
        if (m_terms.isEmpty())
            return arrange();
        m_isStale = true; // what is new was not looked through
        search();
    });
    connect(&m_live, &LivePictures::added, this, &PictureListModel::arrive);
    connect(&m_live, &LivePictures::aboutToChange, this, &PictureListModel::beforeChange);
    connect(&m_live, &LivePictures::changed, this, &PictureListModel::afterChange);
    connect(&m_live, &LivePictures::aboutToRemove, this, &PictureListModel::beforeRemoval);
    connect(&m_live, &LivePictures::countChanged, this, &PictureListModel::countChanged);
    connect(&m_live, &LivePictures::tilesChanged, this, [this](const QList<Slot>& slots) {
        for (const Slot slot : slots) {
            if (const int row = rowOf(slot); row >= 0)
                tellChanged({row});
        }
    });
    connect(&m_live, &LivePictures::loaded, this, [this](const QList<QUuid>& ids) {
        tellChanged(rowsOf(ids), {PictureRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
    });
    connect(&m_live, &LivePictures::thumbnailChanged, this, [this](const QUuid& id) {
        tellChanged(rowsOf({id}), {Qt::DecorationRole, FailureRole, Qt::ToolTipRole});
    });
    // One signal for all that wait, who may be ten thousand; the views ask for those in sight.
    const QList<int> said{Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole, Qt::ToolTipRole};
    connect(&m_live, &LivePictures::conditionChanged, this, [this, said] {
        if (!m_live.tiles().isEmpty() && !rows().isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), said);
    });
    connect(&m_live, &LivePictures::ticked, this, [this, said] {
        for (const QModelIndex& tile : sendingTiles())
            Q_EMIT dataChanged(tile, tile, said);
    });
}

bool PictureListModel::isBefore(Slot a, Slot b) const
{
    return m_live.table().isBefore(a, b, m_order);
}

bool PictureListModel::isShown(Slot slot) const
{
    return !m_held.contains(slot) && passes(slot);
}

bool PictureListModel::passes(Slot slot) const
{
    return (!m_only || m_only->contains(m_live.table().at(slot).id)) &&
           (m_live.isTile(slot) || m_arrived.contains(slot) || m_matcher.matches(slot));
}

void PictureListModel::arrive(const QList<Slot>& slots)
{
    lookForText(slots);
    QList<Slot> shown;
    std::copy_if(slots.cbegin(), slots.cend(), std::back_inserter(shown),
        [this](Slot slot) { return isShown(slot); });
    if (!m_holding) {
        insertSlots(shown);
    } else if (!shown.isEmpty()) {
        m_held.unite({shown.cbegin(), shown.cend()});
        Q_EMIT heldCountChanged(heldCount());
    }
    if (m_isStale && !m_searching)
        search();
}

void PictureListModel::beforeChange(const QList<Slot>& slots)
{
    m_changing.clear();
    for (const Slot slot : slots)
        m_changing.append({slot, m_live.table().at(slot).id, rowOf(slot), m_live.isTile(slot)});
}

// Rows go where they belong now, which is the same place for most changes.
void PictureListModel::afterChange()
{
    const QList<Changing> changing = std::exchange(m_changing, {});
    entriesChanged();
    QList<Slot> slots;
    QSet<QUuid> followed;
    for (const Changing& change : changing) {
        slots.append(change.slot);
        if (m_only && m_only->remove(change.id))
            followed.insert(m_live.table().at(change.slot).id);
        if (change.isTile && !m_live.isTile(change.slot))
            m_arrived.insert(change.slot);
    }
    if (m_only)
        m_only->unite(followed);
    lookForText(slots);
    // What leaves does so from the row that it had: its neighbour there is the next to look at.
    QList<int> going;
    QList<int> places;
    QList<Slot> staying;
    QList<Slot> coming;
    for (const Changing& change : changing) {
        const bool shown = isShown(change.slot);
        if (change.row >= 0 && !shown) {
            going.append(change.row);
        } else if (change.row >= 0) {
            places.append(change.row);
            staying.append(change.slot);
        } else if (shown) {
            coming.append(change.slot);
        }
    }
    dropHeld(slots);
    std::sort(going.begin(), going.end());
    removeRowsAt(going);
    for (int& row : places)
        row -=
            static_cast<int>(std::lower_bound(going.cbegin(), going.cend(), row) - going.cbegin());
    place(places);
    insertSlots(coming);
    QList<int> told;
    for (const Slot slot : std::as_const(staying))
        told.append(rowOf(slot));
    tellChanged(told);
    if (m_isStale && !m_searching)
        search();
}

void PictureListModel::beforeRemoval(const QList<Slot>& slots)
{
    QList<int> going;
    for (const Slot slot : slots) {
        if (const int row = rowOf(slot); row >= 0)
            going.append(row);
    }
    removeRowsAt(going);
    const int before = heldCount();
    for (const Slot slot : slots) {
        m_held.remove(slot);
        m_arrived.remove(slot);
        m_changed.remove(slot);
        if (!m_terms.isEmpty())
            m_matcher.setHit(slot, false);
    }
    if (heldCount() != before)
        Q_EMIT heldCountChanged(heldCount());
}

void PictureListModel::setHolding(bool holding)
{
    if (holding == m_holding)
        return;
    m_holding = holding;
    if (!holding)
        letIn();
}

void PictureListModel::letIn()
{
    if (m_held.isEmpty())
        return;
    insertSlots(std::exchange(m_held, {}).values());
    Q_EMIT heldCountChanged(0);
}

// Those of them that would not come in any more.
void PictureListModel::dropHeld(const QList<Slot>& slots)
{
    const int before = heldCount();
    for (const Slot slot : slots) {
        if (m_held.contains(slot) && !passes(slot))
            m_held.remove(slot);
    }
    if (heldCount() != before)
        Q_EMIT heldCountChanged(heldCount());
}

void PictureListModel::setOnly(const std::optional<QSet<QUuid>>& ids)
{
    m_only = ids;
    dropHeld(m_held.values());
    arrange();
    Q_EMIT countChanged();
}

void PictureListModel::arrange()
{
    QList<Slot> next;
    const auto look = [&](Slot slot) {
        if (isShown(slot))
            next.append(slot);
    };
    if (m_only) {
        for (const QUuid& id : std::as_const(*m_only)) {
            if (const auto slot = m_live.table().find(id))
                look(*slot);
        }
    } else {
        next.reserve(m_live.table().count());
        m_live.table().forEachSlot(look);
    }
    // They lie newest first in the table, but for those that came later.
    const auto before = [this](Slot a, Slot b) { return isBefore(a, b); };
    const auto rest = std::is_sorted_until(next.begin(), next.end(), before);
    std::sort(rest, next.end(), before);
    std::inplace_merge(next.begin(), rest, next.end(), before);
    showSlots(next);
}

void PictureListModel::setOrder(const PictureOrder& order)
{
    if (order == m_order)
        return;
    // Places are found by the order that the rows stand in: these change together.
    QList<Slot> next = rows();
    std::sort(next.begin(), next.end(),
        [this, &order](Slot a, Slot b) { return m_live.table().isBefore(a, b, order); });
    m_order = order;
    reorder(next);
    Q_EMIT filtered();
}

void PictureListModel::setFilter(const PictureFilter& filter)
{
    if (filter == m_wanted)
        return;
    m_wanted = filter;
    search();
}

// One at a time; what is typed meanwhile is looked for next.
void PictureListModel::search()
{
    if (m_searching)
        return;
    const QStringList terms = searchTerms(m_wanted.text);
    if (terms.isEmpty() || (terms == m_terms && !m_isStale)) {
        force(m_wanted, terms);
        return;
    }
    m_searching = true;
    m_isStale = false;
    m_changed.clear();
    if (!m_live.canSearch()) {
        setSearchHits(terms, QBitArray());
        return;
    }
    whenDone(m_live.search(terms), this,
        [this, terms](const Result<QBitArray>& hits) { setSearchHits(terms, hits); });
}

void PictureListModel::setSearchHits(const QStringList& terms, const Result<QBitArray>& hits)
{
    m_searching = false;
    if (searchTerms(m_wanted.text) != terms) {
        search(); // something else is wanted by now
        return;
    }
    if (!hits) {
        m_isStale = terms == m_terms; // as it was
        Q_EMIT searchFailed(hits.error());
        return;
    }
    const PictureTable& table = m_live.table();
    QBitArray found(table.slotCount());
    table.forEachSlot([&](Slot slot) {
        // What changed since the index was asked is looked at here, as is what it does not know.
        PicturePtr whole = m_live.fresh(slot);
        if (!whole && m_changed.contains(slot)) {
            whole = m_live.pictureAtHand(slot);
            m_isStale = m_isStale || (!whole && !m_live.isTile(slot));
        }
        const qint64 number = table.at(slot).number;
        found.setBit(slot, whole ? matchesText(*whole, terms)
                                 : number > 0 && number < hits->size() && hits->testBit(number));
    });
    m_matcher.setHits(std::move(found));
    m_changed.clear();
    force(m_wanted, terms);
    if (m_isStale)
        search();
}

void PictureListModel::lookForText(const QList<Slot>& slots)
{
    for (const Slot slot : slots) {
        if (m_searching)
            m_changed.insert(slot);
        if (m_terms.isEmpty())
            continue;
        if (const PicturePtr whole = m_live.pictureAtHand(slot))
            m_matcher.setHit(slot, matchesText(*whole, m_terms));
        else if (!m_live.isTile(slot)) // one of more than are kept: the index is asked
            m_isStale = true;
    }
}

void PictureListModel::force(const PictureFilter& filter, const QStringList& terms)
{
    m_terms = terms;
    PictureFilter inForce = filter;
    if (terms.isEmpty()) {
        inForce.text.clear(); // nothing but blanks
        m_matcher.setHits({});
    }
    m_matcher.setFilter(inForce);
    m_arrived.clear();
    if (!m_held.isEmpty()) {
        m_held.clear();
        Q_EMIT heldCountChanged(0);
    }
    arrange();
    Q_EMIT filtered();
}

std::optional<PictureListModel::Slot> PictureListModel::slotAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.model() != this || index.row() >= rows().size())
        return std::nullopt;
    return rows().at(index.row());
}

QModelIndex PictureListModel::indexOfRow(int row) const
{
    return row < 0 ? QModelIndex() : index(row);
}

QList<int> PictureListModel::rowsOf(const QList<QUuid>& ids) const
{
    QList<int> rows;
    for (const QUuid& id : ids) {
        const auto slot = m_live.table().find(id);
        if (const int row = slot ? rowOf(*slot) : -1; row >= 0)
            rows.append(row);
    }
    return rows;
}

PicturePtr PictureListModel::picture(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_live.picture(m_live.table().at(*slot).id) : nullptr;
}

bool PictureListModel::isPicture(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot && !m_live.isTile(*slot);
}

QUuid PictureListModel::idOf(const QModelIndex& index) const
{
    return entry(index).id;
}

PictureEntry PictureListModel::entry(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_live.table().at(*slot) : PictureEntry{};
}

QStringList PictureListModel::tags(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_live.table().tags(*slot) : QStringList();
}

JobPtr PictureListModel::job(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_live.job(*slot) : nullptr;
}

QModelIndex PictureListModel::indexOf(const QUuid& pictureId) const
{
    const auto slot = m_live.table().find(pictureId);
    return slot ? indexOfRow(rowOf(*slot)) : QModelIndex();
}

QModelIndex PictureListModel::indexOfJob(JobId id) const
{
    const auto slot = m_live.slotOfJob(id);
    return slot ? indexOfRow(rowOf(*slot)) : QModelIndex();
}

QModelIndex PictureListModel::neighbour(const QModelIndex& from, int direction) const
{
    if (!from.isValid())
        return {};
    for (int row = from.row() + direction; row >= 0 && row < rowCount(); row += direction) {
        if (!m_live.isTile(rows().at(row)))
            return index(row);
    }
    return {};
}

QModelIndex PictureListModel::newestPicture() const
{
    const auto it = std::find_if(
        rows().cbegin(), rows().cend(), [this](Slot slot) { return !m_live.isTile(slot); });
    return it == rows().cend() ? QModelIndex() : index(static_cast<int>(it - rows().cbegin()));
}

QModelIndex PictureListModel::firstOf(const QDate& day) const
{
    if (m_order.key != OrderKey::Date || rows().isEmpty())
        return {};
    const qint64 begin = day.startOfDay().toMSecsSinceEpoch();
    const qint64 end = day.addDays(1).startOfDay().toMSecsSinceEpoch();
    const auto it = std::partition_point(rows().cbegin(), rows().cend(), [&](Slot slot) {
        const qint64 created = m_live.table().at(slot).created;
        return m_order.descending ? created >= end : m_live.isTile(slot) || created < begin;
    });
    return index(static_cast<int>(std::min<qsizetype>(it - rows().cbegin(), rows().size() - 1)));
}

int PictureListModel::pictureCount() const
{
    const auto& tiles = m_live.tiles();
    const auto shown = std::count_if(
        tiles.keyBegin(), tiles.keyEnd(), [this](Slot slot) { return isShown(slot); });
    return static_cast<int>(rows().size() - shown);
}

QList<QUuid> PictureListModel::picturesIn(const QItemSelection& selection) const
{
    QList<QItemSelectionRange> ranges = selection;
    std::sort(ranges.begin(), ranges.end(),
        [](const QItemSelectionRange& a, const QItemSelectionRange& b) {
            return a.top() < b.top();
        });
    QList<QUuid> pictures;
    for (const QItemSelectionRange& range : std::as_const(ranges)) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (!m_live.isTile(rows().at(row)))
                pictures.append(m_live.table().at(rows().at(row)).id);
        }
    }
    return pictures;
}

QModelIndexList PictureListModel::sendingTiles() const
{
    QModelIndexList sending;
    for (auto tile = m_live.tiles().cbegin(); tile != m_live.tiles().cend(); ++tile) {
        if (!isInFlight(tile.value()->state))
            continue;
        if (const int row = rowOf(tile.key()); row >= 0)
            sending.append(index(row));
    }
    return sending;
}

void PictureListModel::wantThumbnails(const QList<int>& wanted, QSize box, qreal devicePixelRatio)
{
    QList<QUuid> ids;
    for (const int row : wanted) {
        if (row >= 0 && row < rows().size() && !m_live.isTile(rows().at(row)))
            ids.append(m_live.table().at(rows().at(row)).id);
    }
    m_live.want(this, ids, box, devicePixelRatio);
}

Qt::ItemFlags PictureListModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = SlotRows::flags(index);
    return isPicture(index) ? flags | Qt::ItemIsDragEnabled : flags;
}

QString PictureListModel::seedOf(Slot slot) const
{
    const PictureEntry& entry = m_live.table().at(slot);
    if (entry.seed >= 0)
        return QString::number(entry.seed);
    const PicturePtr whole = m_live.pictureAtHand(slot);
    return whole ? whole->seedText() : QString();
}

QString PictureListModel::promptOf(Slot slot, qsizetype limit) const
{
    if (const JobPtr job = m_live.job(slot))
        return elided(job->request.prompt(), limit);
    const PicturePtr whole = m_live.picture(m_live.table().at(slot).id);
    return whole ? elided(whole->prompt, limit) : QString();
}

QString PictureListModel::nameOf(Slot slot) const
{
    QString prompt = promptOf(slot, namePromptLimit);
    if (prompt.isEmpty() && (m_live.isTile(slot) || m_live.pictureAtHand(slot)))
        prompt = tr("no prompt");
    const QString seed = seedOf(slot);
    if (const JobPtr job = m_live.job(slot)) {
        const QString state = summaryText(*job, m_live.condition());
        return seed.isEmpty() ? tr("%1, %2").arg(prompt, state)
                              : tr("%1, seed %2, %3").arg(prompt, seed, state);
    }
    const PictureEntry& entry = m_live.table().at(slot);
    const bool practice = entry.has(PictureEntry::Practice);
    const QString name =
        seed.isEmpty()
            ? (practice ? tr("%1, practice picture") : tr("%1, picture")).arg(prompt)
            : (practice ? tr("%1, seed %2, practice picture") : tr("%1, seed %2, picture"))
                  .arg(prompt, seed);
    const QString rating = ratingText(entry.rating);
    return rating.isEmpty() ? name : tr("%1, %2").arg(name, rating);
}

QVariant PictureListModel::data(const QModelIndex& index, int role) const
{
    const auto slot = slotAt(index);
    if (!slot)
        return {};
    const PictureEntry& entry = m_live.table().at(*slot);
    const JobPtr job = m_live.job(*slot);
    switch (role) {
    case PictureRole:
        return QVariant::fromValue(m_live.picture(entry.id));
    case JobRole:
        return QVariant::fromValue(job);
    case EntryRole:
        return QVariant::fromValue(entry);
    case FailureRole:
        return job ? QString() : m_live.thumbnailFailure(entry.id);
    case Qt::DisplayRole:
        return seedOf(*slot);
    case Qt::DecorationRole: {
        const QPixmap pixmap = job ? QPixmap() : m_live.thumbnail(entry.id);
        return pixmap.isNull() ? QVariant() : QVariant(pixmap);
    }
    case Qt::AccessibleTextRole:
        return nameOf(*slot);
    case Qt::AccessibleDescriptionRole:
        return job ? detailText(*job, m_live.condition()) : QString();
    case Qt::ToolTipRole: {
        QString words =
            job ? detailText(*job, m_live.condition()) : m_live.thumbnailFailure(entry.id);
        if (const PicturePtr shown = m_live.picture(entry.id); shown && words.isEmpty())
            words = seedWarning(*shown);
        return plainTip(promptOf(*slot, tipPromptLimit), words);
    }
    default:
        return {};
    }
}

} // namespace seedbook

#include "moc_PictureListModel.cpp"
