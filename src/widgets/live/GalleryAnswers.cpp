// GalleryModel's part that answers what is asked of it.
#include "core/Text.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Stars.h"
#include "widgets/live/GalleryModel.h"
#include "widgets/live/JobWords.h"
#include "widgets/live/QueueWatch.h"
#include "widgets/live/SeedWords.h"
#include "widgets/live/ThumbnailShelf.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A prompt may hold thousands of words; a name is read aloud and a tool tip must fit the screen.
constexpr qsizetype namePromptLimit = 160;
constexpr qsizetype tipPromptLimit = 600;

} // namespace

// One signal for all that wait, who may be ten thousand; the views ask for those in sight.
void GalleryModel::setWatch(QueueWatch* watch)
{
    const QList<int> roles{Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole, Qt::ToolTipRole};
    m_watch = watch;
    connect(watch, &QueueWatch::conditionChanged, this, [this, roles] {
        if (!m_cards.isEmpty() && !m_rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
    });
    connect(watch, &QueueWatch::ticked, this, [this, roles] {
        for (const QModelIndex& card : sendingCards())
            Q_EMIT dataChanged(card, card, roles);
    });
}

QueueCondition GalleryModel::condition() const
{
    return m_watch ? m_watch->condition() : m_alone;
}

std::optional<GalleryModel::Slot> GalleryModel::slotAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.model() != this || index.row() >= m_rows.size())
        return std::nullopt;
    return m_rows.at(index.row());
}

PicturePtr GalleryModel::picture(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot && !isCard(*slot) ? picture(m_table.at(*slot).id) : nullptr;
}

PicturePtr GalleryModel::picture(const QUuid& id) const
{
    const auto slot = m_table.find(id);
    if (!slot || isCard(*slot))
        return nullptr;
    PicturePtr known = m_pages->find(id);
    if (!known)
        known = m_fresh.value(*slot);
    if (!known)
        m_pages->need(id);
    return known;
}

bool GalleryModel::isPicture(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot && !isCard(*slot);
}

QUuid GalleryModel::idOf(const QModelIndex& index) const
{
    return entry(index).id;
}

PictureEntry GalleryModel::entry(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_table.at(*slot) : PictureEntry{};
}

QStringList GalleryModel::tags(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_table.tags(*slot) : QStringList();
}

void GalleryModel::load(const QList<QUuid>& ids, QObject* context,
    const std::function<void(const QList<PicturePtr>&)>& done) const
{
    m_pages->load(ids, context, done);
}

JobPtr GalleryModel::job(const QModelIndex& index) const
{
    const auto slot = slotAt(index);
    return slot ? m_cards.value(*slot) : nullptr;
}

QModelIndex GalleryModel::indexOf(const QUuid& pictureId) const
{
    const int row = rowOf(pictureId);
    return row < 0 ? QModelIndex() : index(row);
}

QModelIndex GalleryModel::indexOfJob(JobId id) const
{
    const auto known = m_jobs.constFind(id);
    const int row = known == m_jobs.cend() ? -1 : rowOf(*known);
    return row < 0 ? QModelIndex() : index(row);
}

QModelIndex GalleryModel::neighbour(const QModelIndex& from, int direction) const
{
    if (!from.isValid())
        return {};
    for (int row = from.row() + direction; row >= 0 && row < rowCount(); row += direction) {
        if (!isCard(m_rows.at(row)))
            return index(row);
    }
    return {};
}

QModelIndex GalleryModel::newestPicture() const
{
    const auto it =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [this](Slot slot) { return !isCard(slot); });
    return it == m_rows.cend() ? QModelIndex() : index(static_cast<int>(it - m_rows.cbegin()));
}

QModelIndex GalleryModel::firstOf(const QDate& day) const
{
    if (m_order.key != OrderKey::Date || m_rows.isEmpty())
        return {};
    const qint64 begin = day.startOfDay().toMSecsSinceEpoch();
    const qint64 end = day.addDays(1).startOfDay().toMSecsSinceEpoch();
    const auto it = std::partition_point(m_rows.cbegin(), m_rows.cend(), [&](Slot slot) {
        const qint64 created = m_table.at(slot).created;
        return m_order.descending ? created >= end : isCard(slot) || created < begin;
    });
    return index(static_cast<int>(std::min<qsizetype>(it - m_rows.cbegin(), m_rows.size() - 1)));
}

int GalleryModel::pictureCount() const
{
    int cards = 0;
    for (auto card = m_cards.cbegin(); card != m_cards.cend(); ++card)
        cards += m_held.contains(card.key()) ? 0 : 1;
    return static_cast<int>(m_rows.size()) - cards;
}

int GalleryModel::allPictureCount() const
{
    return m_table.count() - static_cast<int>(m_cards.size());
}

QModelIndexList GalleryModel::sendingCards() const
{
    QModelIndexList cards;
    for (auto card = m_cards.cbegin(); card != m_cards.cend(); ++card) {
        if (!isOut(card.value()->state))
            continue;
        if (const int row = rowOf(card.key()); row >= 0)
            cards.append(index(row));
    }
    return cards;
}

QPixmap GalleryModel::thumbnail(const QUuid& pictureId) const
{
    return m_shelf->find(pictureId);
}

int GalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags GalleryModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return isPicture(index) ? flags | Qt::ItemIsDragEnabled : flags;
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const
{
    const auto slot = slotAt(index);
    if (!slot)
        return {};
    const PictureEntry& entry = m_table.at(*slot);
    const JobPtr job = m_cards.value(*slot);
    const auto seed = [&] {
        if (entry.seed >= 0)
            return QString::number(entry.seed);
        const PicturePtr whole = job ? nullptr : m_pages->find(entry.id);
        return whole ? whole->seedText() : QString();
    };
    const auto prompt = [&](qsizetype limit) {
        if (job)
            return elided(job->request.prompt(), limit);
        const PicturePtr whole = picture(entry.id);
        return whole ? elided(whole->prompt, limit) : QString();
    };
    switch (role) {
    case PictureRole:
        return QVariant::fromValue(job ? nullptr : picture(entry.id));
    case JobRole:
        return QVariant::fromValue(job);
    case EntryRole:
        return QVariant::fromValue(entry);
    case FailureRole:
        return job ? QString() : m_shelf->failure(entry.id);
    case Qt::DisplayRole:
        return seed();
    case Qt::DecorationRole: {
        const QPixmap pixmap = job ? QPixmap() : thumbnail(entry.id);
        return pixmap.isNull() ? QVariant() : QVariant(pixmap);
    }
    case Qt::AccessibleTextRole: {
        if (job)
            return tr("%1, seed %2, %3")
                .arg(prompt(namePromptLimit), seed(), shortWords(*job, condition()));
        const QString name =
            (entry.has(PictureEntry::Practice) ? tr("%1, seed %2, practice picture")
                                               : tr("%1, seed %2, picture"))
                .arg(prompt(namePromptLimit), seed());
        const QString rating = ratingWords(entry.rating);
        return rating.isEmpty() ? name : tr("%1, %2").arg(name, rating);
    }
    case Qt::AccessibleDescriptionRole:
        return job ? fullWords(*job, condition()) : QString();
    case Qt::ToolTipRole: {
        QString words = job ? fullWords(*job, condition()) : m_shelf->failure(entry.id);
        if (const PicturePtr shown = picture(index); shown && words.isEmpty())
            words = seedWarning(*shown);
        return plainTip(prompt(tipPromptLimit), words);
    }
    default:
        return {};
    }
}

} // namespace seedbook
