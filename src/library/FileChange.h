#pragma once

#include "core/Result.h"
#include "metadata/PictureMetadata.h"

#include <functional>

namespace seedbook {

// What a person gives to a picture.
struct RatingTagsChange
{
    std::optional<int> rating; // −1 rejected, 0 none, 1 … 5
    QStringList addedTags;
    QStringList removedTags;

    [[nodiscard]] int ratingOver(int before) const { return rating.value_or(before); }
    // In their order; one that is there already is not added again.
    [[nodiscard]] QStringList tagsOver(QStringList before) const;
};

// Changes a picture's file and the sidecar beside it: reads them as they are now, lets `edit` make
// the new ones and puts them in their place, unless another program has changed them meanwhile;
// then it begins anew, a few times. PictureMissing, FileUnreadable, PictureUndecodable,
// FolderNotWritable, DiskFull, DiskError. Blocks.
using FileChange = std::function<Result<EmbeddedPicture>(const EmbeddedPicture& now)>;
[[nodiscard]] Result<void> changeFile(const QString& path, const FileChange& edit);

// The marks over what the file says now, whoever wrote that.
[[nodiscard]] Result<void> writeRatingAndTags(const QString& path, const RatingTagsChange& marks);
// The record of a picture into a file that has none of ours. The rating and the tags that are there
// stay. Nothing is done where there is a record.
[[nodiscard]] Result<void> writeRecord(
    const QString& path, const Picture& picture, const QString& modelTitle);

} // namespace seedbook
