#pragma once

#include "library/PictureFilter.h"
#include "library/PictureListing.h"

#include <QHash>
#include <QList>

#include <limits>
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
    Slot addCard(const PictureEntry& card);
    // What became of it; the id may be another. Its date is the one that it was first known by:
    // whatever its file tells from then on, it stays in its place.
    void set(Slot slot, const Picture& picture);
    void setTextHit(Slot slot, bool hit) { m_entries[slot].set(PictureEntry::TextHit, hit); }
    void remove(Slot slot);

    // As it was set last; its text is looked at in the entries' flags.
    void setFilter(const PictureFilter& filter);
    [[nodiscard]] bool matches(Slot slot) const { return failures(at(slot)) == 0; }
    [[nodiscard]] PictureFacets facets() const;

    // Whether `a` stands before `b`. Cards stand where their date puts them, and first where the
    // order is another.
    [[nodiscard]] bool isBefore(Slot a, Slot b, const PictureOrder& order) const;

private:
    enum Part : unsigned {
        Text = 1,
        Rating = 2,
        Tags = 4,
        Shape = 8,
        Model = 16,
        Format = 32,
        Origin = 64,
        Dates = 128,
    };
    // The parts of the filter that do not let it through.
    [[nodiscard]] unsigned failures(const PictureEntry& entry) const;
    [[nodiscard]] bool hasTags(quint32 tagSet) const;
    void number(PictureEntry& entry, const QStringList& tags, const QString& model);
    Slot insert(const PictureEntry& entry);

    QList<PictureEntry> m_entries;
    QList<Slot> m_free;
    IdSlots m_slots;
    QList<QStringList> m_tagSets{{}};
    QHash<QStringList, quint32> m_tagNumbers{{{}, 0}};
    QStringList m_models{QString()};
    PictureFilter m_filter;
    qint64 m_from = std::numeric_limits<qint64>::min();  // milliseconds since 1970
    qint64 m_until = std::numeric_limits<qint64>::max(); // behind the last
    int m_model = -1;
    mutable QList<bool> m_tagSetFits; // by tag set; as far as they were looked at
};

} // namespace seedbook
