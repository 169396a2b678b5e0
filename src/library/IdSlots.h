#pragma once

#include "library/PictureEntry.h"

#include <QList>

#include <optional>

namespace seedbook {

// Which slot of a list of entries an id lies in. The ids are looked up in the list itself, so that
// a hundred thousand take a megabyte here; whoever uses it hands in the list, always the same one.
class IdSlots final
{
public:
    using Slot = quint32;
    using Entries = QList<PictureEntry>;

    [[nodiscard]] qsizetype count() const { return m_count; }
    [[nodiscard]] std::optional<Slot> find(const QUuid& id, const Entries& entries) const;
    // The slot's entry, by the id that it has there. Another slot with that id is not found any
    // more.
    void set(Slot slot, const Entries& entries);
    // While its entry still has the id.
    void remove(Slot slot, const Entries& entries);
    // All of these, in one go. An entry with no id, or one that is there already, is taken out of
    // the list.
    void setAll(Entries& entries);

private:
    // Where the id lies, or would lie.
    [[nodiscard]] std::size_t placeOf(const QUuid& id, const Entries& entries) const;
    void reserve(qsizetype count, const Entries& entries);

    QList<Slot> m_places; // a power of two of them, at most half of them taken; see `none`
    qsizetype m_count = 0;
};

} // namespace seedbook
