#pragma once

#include "library/Library.h"
#include "library/PictureTable.h"
#include "support/Samples.h"

namespace seedbook::test {

// As the index lists them.
[[nodiscard]] inline PictureListing listingOf(QList<PicturePtr> pictures)
{
    std::sort(pictures.begin(), pictures.end(), [](const PicturePtr& a, const PicturePtr& b) {
        if (a->created != b->created)
            return a->created > b->created;
        return a->sequence != b->sequence ? a->sequence > b->sequence : a->id > b->id;
    });
    PictureListing listing;
    for (const PicturePtr& picture : pictures) {
        PictureEntry entry = plainEntry(*picture);
        if (!listing.tagSets.contains(picture->tags))
            listing.tagSets.append(picture->tags);
        if (!listing.models.contains(picture->modelId))
            listing.models.append(picture->modelId);
        entry.tags = static_cast<quint32>(listing.tagSets.indexOf(picture->tags));
        entry.model = static_cast<quint16>(listing.models.indexOf(picture->modelId));
        listing.entries.append(entry);
        listing.first.append(picture);
    }
    return listing;
}

// Every slot in use.
[[nodiscard]] inline QList<PictureTable::Slot> slotsOf(const PictureTable& table)
{
    QList<PictureTable::Slot> used;
    table.forEachSlot([&used](PictureTable::Slot slot) { used.append(slot); });
    return used;
}

// Every picture that the library knows, newest first. One that makes no sense is passed over.
[[nodiscard]] inline Result<QList<PicturePtr>> loadAll(Library& library, int milliseconds = 30'000)
{
    const auto listing = await(library.list(), milliseconds);
    if (!listing)
        return listing.error();
    QList<QUuid> ids;
    for (const PictureEntry& entry : listing->entries)
        ids.append(entry.id);
    auto pictures = await(library.find(ids), milliseconds);
    if (pictures)
        pictures->removeAll(nullptr);
    return pictures;
}

} // namespace seedbook::test
