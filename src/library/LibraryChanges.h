#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QList>

namespace seedbook {

// What became of the library's pictures, to be taken in this order. An id that is not known is
// passed over.
struct LibraryChanges
{
    struct Update
    {
        QUuid was; // the id that it was known by so far
        PicturePtr now;
        bool redrawn = false; // the file holds another image: thumbnails of it are out of date
    };
    QList<QUuid> removed;
    // Rated, tagged, moved, rewritten: the same place in the gallery. All at once: the new id of
    // one may be the old one of another.
    QList<Update> updated;
    QList<PicturePtr> added;

    [[nodiscard]] bool isEmpty() const
    {
        return removed.isEmpty() && updated.isEmpty() && added.isEmpty();
    }
};

struct UnreadableFile
{
    QString path;
    Error error;
};

} // namespace seedbook
