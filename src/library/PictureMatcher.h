#pragma once

#include "library/PictureFilter.h"
#include "library/PictureTable.h"

#include <QBitArray>

#include <limits>

namespace seedbook {

// Which pictures of a table a filter lets through. Many of them can look at one table, each with a
// filter of its own. One thread's, like the table, which must outlive it.
class PictureMatcher final
{
public:
    using Slot = PictureTable::Slot;

    explicit PictureMatcher(const PictureTable& table)
        : m_table(table)
    {
    }

    // Of its text only whether there is one is looked at: where it was found, hits tell.
    void setFilter(const PictureFilter& filter);
    // By slot; those behind the end are none.
    void setHits(QBitArray hits);
    void setHit(Slot slot, bool hit);
    [[nodiscard]] bool matches(Slot slot) const { return failures(slot) == 0; }
    // Of the table's pictures, tiles left out.
    [[nodiscard]] PictureFacets facets() const;

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
    [[nodiscard]] unsigned failures(Slot slot) const;
    [[nodiscard]] bool hasTags(quint32 tagSet) const;
    [[nodiscard]] int model() const;

    const PictureTable& m_table;
    PictureFilter m_filter;
    QBitArray m_hits;
    qint64 m_from = std::numeric_limits<qint64>::min();  // milliseconds since 1970
    qint64 m_until = std::numeric_limits<qint64>::max(); // behind the last
    mutable int m_model = -1;
    mutable qsizetype m_modelsSeen = 0; // so many of the table's were looked through for it
    mutable QList<bool> m_tagSetFits;   // by tag set; as far as they were looked at
};

} // namespace seedbook
