#include "library/PictureTable.h"

#include <algorithm>
#include <limits>

namespace seedbook {

namespace {

qint64 keyOf(const PictureEntry& entry, OrderKey key)
{
    switch (key) {
    case OrderKey::Rating:
        return entry.rating;
    case OrderKey::Seed:
        return entry.seed;
    case OrderKey::Price:
        return entry.price;
    case OrderKey::Duration:
        return entry.duration;
    case OrderKey::Date:
        break;
    }
    return entry.created;
}

template <typename T>
bool areOwnPlaces(const QList<T>& numbers)
{
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (numbers.at(i) != static_cast<T>(i))
            return false;
    }
    return true;
}

} // namespace

void PictureTable::fill(PictureListing listing)
{
    // What the listing's numbers are here.
    PictureEntry numbers;
    QList<quint32> tagSets;
    for (const QStringList& tags : std::as_const(listing.tagSets)) {
        number(numbers, tags, {});
        tagSets.append(numbers.tags);
    }
    QList<quint16> models;
    for (const QString& model : std::as_const(listing.models)) {
        number(numbers, {}, model);
        models.append(numbers.model);
    }
    if (m_slots.count() == 0 && m_free.isEmpty()) {
        if (listing.ids.count() != listing.entries.size())
            listing.ids.setAll(listing.entries);
        m_entries = std::move(listing.entries);
        m_slots = std::move(listing.ids);
        if (!areOwnPlaces(tagSets) || !areOwnPlaces(models)) {
            for (PictureEntry& entry : m_entries) {
                entry.tags = tagSets.value(entry.tags);
                entry.model = models.value(entry.model);
            }
        }
    } else {
        m_entries.reserve(m_entries.size() + listing.entries.size());
        for (PictureEntry entry : std::as_const(listing.entries)) {
            if (entry.id.isNull() || contains(entry.id))
                continue;
            entry.tags = tagSets.value(entry.tags);
            entry.model = models.value(entry.model);
            m_entries.append(entry);
            m_slots.set(static_cast<Slot>(m_entries.size() - 1), m_entries);
        }
    }
}

void PictureTable::number(PictureEntry& entry, const QStringList& tags, const QString& model)
{
    const auto known = m_tagNumbers.constFind(tags);
    if (known == m_tagNumbers.cend()) {
        entry.tags = static_cast<quint32>(m_tagSets.size());
        m_tagSets.append(tags);
        m_tagNumbers.insert(tags, entry.tags);
    } else {
        entry.tags = *known;
    }
    qsizetype place = model.isEmpty() ? 0 : m_models.indexOf(model);
    if (place < 0 && m_models.size() < std::numeric_limits<quint16>::max()) {
        place = m_models.size();
        m_models.append(model);
    }
    entry.model = static_cast<quint16>(std::max<qsizetype>(place, 0));
}

PictureTable::Slot PictureTable::insert(const PictureEntry& entry)
{
    Slot slot = 0;
    if (m_free.isEmpty()) {
        slot = static_cast<Slot>(m_entries.size());
        m_entries.append(entry);
    } else {
        slot = m_free.takeLast();
        m_entries[slot] = entry;
    }
    m_slots.set(slot, m_entries);
    return slot;
}

PictureTable::Slot PictureTable::add(const Picture& picture)
{
    PictureEntry entry = plainEntry(picture);
    number(entry, picture.tags, picture.modelId);
    return insert(entry);
}

PictureTable::Slot PictureTable::addTile(const PictureEntry& tile)
{
    return insert(tile);
}

void PictureTable::set(const QList<Change>& changes)
{
    QList<Slot> renamed;
    for (const auto& [slot, now] : changes) {
        if (at(slot).id != now->id) {
            m_slots.remove(slot, m_entries);
            renamed.append(slot);
        }
    }
    for (const auto& [slot, now] : changes) {
        PictureEntry entry = plainEntry(*now);
        number(entry, now->tags, now->modelId);
        const PictureEntry& before = at(slot);
        if (entry.number == 0)
            entry.number = before.number;
        // It keeps the place that it has.
        entry.created = before.created;
        entry.sequence = before.sequence;
        m_entries[slot] = entry;
    }
    for (const Slot slot : std::as_const(renamed))
        m_slots.set(slot, m_entries);
}

void PictureTable::remove(Slot slot)
{
    m_slots.remove(slot, m_entries);
    m_entries[slot] = {};
    m_free.append(slot);
}

bool PictureTable::isBefore(Slot a, Slot b, const PictureOrder& order) const
{
    const PictureEntry& first = m_entries.at(a);
    const PictureEntry& second = m_entries.at(b);
    if (order == PictureOrder{})
        return isNewer(first, second);
    const bool tile = first.has(PictureEntry::Tile);
    if (tile != second.has(PictureEntry::Tile))
        return tile;
    if (tile)
        return isNewer(first, second);
    if (order.key == OrderKey::Date)
        return isNewer(second, first);
    const qint64 firstKey = keyOf(first, order.key);
    const qint64 secondKey = keyOf(second, order.key);
    if (firstKey != secondKey)
        return order.descending ? firstKey > secondKey : firstKey < secondKey;
    return isNewer(first, second);
}

} // namespace seedbook
