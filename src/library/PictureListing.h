#pragma once

#include "core/Picture.h"
#include "library/IdSlots.h"

#include <QList>
#include <QStringList>

namespace seedbook {

// All pictures of a library, newest first, and what their numbers of tags and models stand for.
struct PictureListing
{
    QList<PictureEntry> entries;
    IdSlots ids; // of all entries, or of none: then whoever takes them makes it
    QList<QStringList> tagSets{{}};
    QStringList models{QString()};
    QList<PicturePtr> first; // the newest ones, whole
};

} // namespace seedbook
