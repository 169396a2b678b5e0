#pragma once

#include "library/PictureFilter.h"
#include "library/PictureListing.h"

#include <QHash>
#include <QList>

#include <optional>

namespace seedbook {

// The entries of a library's pictures, each in a slot of its own as long as it is there. Answers
// for a hundred thousand of them within milliseconds. One thread's.
class PictureTable final
{
public:
    using Slot = IdSlots::Slot;

    // Those that are there already stay as they are. Takes the listing over where nothing is there.
    void fill(PictureListing listing);
    [[nodiscard]] int count() const { return static_cast<int>(m_slots.count()); }
    [[nodiscard]] std::optional<Slot> find(const QUuid& id) const
    {
        return m_slots.find(id, m_entries);
    }
    [[nodiscard]] bool contains(const QUuid& id) const { return find(id).has_value(); }
    [[nodiscard]] const PictureEntry& at(Slot slot) const { return m_entries.at(slot); }
    [[nodiscard]] const QStringList& tags(Slot slot) const { return m_tagSets.at(at(slot).tags); }
    // What the entries' numbers of tag sets and models stand for.
    [[nodiscard]] const QList<QStringList>& tagSets() const { return m_tagSets; }
    [[nodiscard]] const QStringList& models() const { return m_models; }
    // Every slot is below it.
    [[nodiscard]] qsizetype slotCount() const { return m_entries.size(); }
    // For every slot in use, in the order of the listing as far as it came from there.
    template <typename Handler>
    void forEachSlot(const Handler& handler) const
    {
        const PictureEntry* const entries = m_entries.constData();
        const auto end = static_cast<Slot>(m_entries.size());
        for (Slot slot = 0; slot < end; ++slot) {
            if (!entries[slot].id.isNull())
                handler(slot);
        }
    }

    // An id that is not there yet.
    Slot add(const Picture& picture);
    Slot addTile(const PictureEntry& tile);
    // What became of them, all at once: the new id of one may be the old one of another. Dates are
    // those that they were first known by: whatever a file tells from then on, it stays in its
    // place.
    struct Change
    {
        Slot slot;
        PicturePtr now;
    };
    void set(const QList<Change>& changes);
    void remove(Slot slot);

    // Whether `a` stands before `b`. Tiles stand where their date puts them, and first where the
    // order is another.
    [[nodiscard]] bool isBefore(Slot a, Slot b, const PictureOrder& order) const;

private:
    void number(PictureEntry& entry, const QStringList& tags, const QString& model);
    Slot insert(const PictureEntry& entry);

    QList<PictureEntry> m_entries;
    QList<Slot> m_free;
    IdSlots m_slots;
    QList<QStringList> m_tagSets{{}};
    QHash<QStringList, quint32> m_tagNumbers{{{}, 0}};
    QStringList m_models{QString()};
};

} // namespace seedbook
