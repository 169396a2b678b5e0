#include "library/IdSlots.h"

#include <QHashFunctions>

#include <bit>
#include <limits>

namespace seedbook {

namespace {

constexpr IdSlots::Slot none = std::numeric_limits<IdSlots::Slot>::max();
constexpr qsizetype fewest = 16;

// Ids come from files: whoever makes these must not choose where they lie.
std::size_t homeOf(const QUuid& id)
{
    static const std::size_t seed = QHashSeed::globalSeed();
    return qHashBits(&id, sizeof id, seed);
}

} // namespace

std::size_t IdSlots::placeOf(const QUuid& id, const Entries& entries) const
{
    const auto mask = static_cast<std::size_t>(m_places.size()) - 1;
    std::size_t place = homeOf(id) & mask;
    while (
        m_places.at(qsizetype(place)) != none && entries.at(m_places.at(qsizetype(place))).id != id)
        place = (place + 1) & mask;
    return place;
}

std::optional<IdSlots::Slot> IdSlots::find(const QUuid& id, const Entries& entries) const
{
    if (m_count == 0)
        return std::nullopt;
    const Slot slot = m_places.at(qsizetype(placeOf(id, entries)));
    return slot == none ? std::nullopt : std::optional(slot);
}

void IdSlots::reserve(qsizetype count, const Entries& entries)
{
    if (count * 2 <= m_places.size())
        return;
    const auto size = std::bit_ceil(static_cast<std::size_t>(qMax(fewest, count * 2)));
    const QList<Slot> before = std::exchange(m_places, QList<Slot>(qsizetype(size), none));
    for (const Slot slot : before) {
        if (slot != none)
            m_places[qsizetype(placeOf(entries.at(slot).id, entries))] = slot;
    }
}

void IdSlots::set(Slot slot, const Entries& entries)
{
    reserve(m_count + 1, entries);
    Slot& place = m_places[qsizetype(placeOf(entries.at(slot).id, entries))];
    m_count += place == none ? 1 : 0;
    place = slot;
}

// What lies behind it in a row, and could not lie further to the front before, moves up.
void IdSlots::remove(Slot slot, const Entries& entries)
{
    if (m_count == 0)
        return;
    const auto mask = static_cast<std::size_t>(m_places.size()) - 1;
    std::size_t hole = placeOf(entries.at(slot).id, entries);
    if (m_places.at(qsizetype(hole)) != slot)
        return;
    for (std::size_t next = (hole + 1) & mask; m_places.at(qsizetype(next)) != none;
         next = (next + 1) & mask) {
        const std::size_t home = homeOf(entries.at(m_places.at(qsizetype(next))).id) & mask;
        if (((next - home) & mask) >= ((next - hole) & mask)) {
            m_places[qsizetype(hole)] = m_places.at(qsizetype(next));
            hole = next;
        }
    }
    m_places[qsizetype(hole)] = none;
    --m_count;
}

void IdSlots::setAll(Entries& entries)
{
    m_places.clear();
    m_count = 0;
    reserve(entries.size(), entries);
    PictureEntry* const all = entries.data();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (all[i].id.isNull())
            continue;
        Slot& place = m_places[qsizetype(placeOf(all[i].id, entries))];
        if (place != none)
            continue;
        place = static_cast<Slot>(m_count);
        if (m_count != i)
            all[m_count] = all[i];
        ++m_count;
    }
    entries.resize(m_count);
}

} // namespace seedbook
