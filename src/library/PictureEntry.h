#pragma once

#include "core/Picture.h"

#include <QUuid>

#include <type_traits>

namespace seedbook {

// What is kept in memory of every picture of a library: enough to place it, to count and filter it,
// and to draw its cell. The index keeps it in just this form; it never leaves this computer.
struct PictureEntry
{
    enum Flag : quint8 {
        Practice = 1,
        Unclaimed = 2,
        Tile = 4, // a job's, whose picture is not there yet
        // 8 was another's; the index keeps the numbers.
        OtherSeed = 16, // hasOtherSeed()
    };

    QUuid id;
    qint64 number = 0;  // of its row in the index; 0 where that is not known
    qint64 created = 0; // milliseconds since 1970, UTC
    qint64 sequence = 0;
    qint64 seed = -1;    // −1 where none is known, or one that no qint64 takes
    qint64 price = 0;    // micro-dollars
    qint32 duration = 0; // milliseconds
    qint32 width = 0;    // pixels; −1 where the file could not be read
    qint32 height = 0;
    quint32 tags = 0;  // which of the tag sets; 0 is the empty one
    quint16 model = 0; // which of the models; 0 is none
    qint8 rating = 0;  // −1 … 5
    quint8 format = 0; // ImageFormat
    quint8 flags = 0;

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
    void set(Flag flag, bool on)
    {
        flags = static_cast<quint8>(on ? flags | flag : flags & ~unsigned{flag});
    }
};
static_assert(std::is_trivially_copyable_v<PictureEntry>);

// Whether `a` stands before `b` where the newest is first.
[[nodiscard]] inline bool isNewer(const PictureEntry& a, const PictureEntry& b)
{
    if (a.created != b.created)
        return a.created > b.created;
    return a.sequence != b.sequence ? a.sequence > b.sequence : a.id > b.id;
}

// The service says that it used another seed than it was sent.
[[nodiscard]] inline bool hasOtherSeed(const Picture& picture)
{
    return picture.seed && picture.reportedSeed && *picture.seed != *picture.reportedSeed;
}

// Without tags and model, which need the lists that they are numbered in.
[[nodiscard]] PictureEntry plainEntry(const Picture& picture);

} // namespace seedbook
