#pragma once

#include "core/Error.h"
#include "core/Picture.h"
#include "core/Result.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <optional>

namespace seedbook {

// The picture of a file without what tells of its making. PictureMissing, FileUnreadable,
// PictureUndecodable. Blocks.
struct CleanPicture
{
    QByteArray bytes;
    ImageFormat format;
};
[[nodiscard]] Result<CleanPicture> readClean(const QString& path);
// "picture 07.png" for the seventh (number 6) of ten or more: as many digits for all, so that they
// sort in their order.
[[nodiscard]] QString numberedName(
    const QString& name, qsizetype number, qsizetype count, ImageFormat format);

// Copies that are to leave the library, into one folder.
struct ExportOrder
{
    QList<PicturePtr> pictures;
    QString folder; // which must be there
    // Without what tells of their making: no metadata, and names that tell nothing: `cleanName` and
    // a number.
    bool clean = false;
    QString cleanName;
};

struct ExportReport
{
    static constexpr qsizetype mostFailures = 20; // that are kept

    QStringList written;          // their paths, in the order of the pictures
    int failed = 0;               // could not be copied; the others were
    QList<Error> failures;        // the first of them, each with its picture's path as the subject
    std::optional<Error> stopped; // why none of the rest could be written either
    bool cancelled = false;
};

// Byte for byte (or clean), one after the other, each appearing only when all of it is on the disk.
// Names are legal everywhere (see portableFileName) and never overwrite: one that is taken gets
// " (2)". One that fails does not keep the others; a disk that is full or a folder that takes
// nothing does. `goOn` is asked before each with how many are done, and ends it with false. Blocks.
[[nodiscard]] ExportReport exportPictures(
    const ExportOrder& order, const std::function<bool(int done)>& goOn);

} // namespace seedbook
