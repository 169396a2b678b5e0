#pragma once

#include "core/Picture.h"
#include "core/Result.h"
#include "metadata/FoundRecord.h"
#include "metadata/MetadataTexts.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace seedbook {

// A file and the sidecar beside it, as they were when they were read.
struct PictureMetadata
{
    MetadataTexts texts;
    std::optional<FoundRecord> record;
    bool own = false; // the record is ours: toPicture() gives all of it back
    int rating = 0;   // −1 rejected, 0 none, 1 … 5
    QStringList tags;
    // Names the coded picture whatever its metadata: its length and a hash of its head and tail, in
    // hexadecimal. The same after any program has edited the metadata.
    QByteArray codedKey;
    bool hasContentCredentials = false; // C2PA: an edit would break their seal
    bool isAnimated = false;
};

// The sidecar of a picture, as we write it: its whole name and ".xmp".
[[nodiscard]] QString sidecarPath(const QString& picturePath);
// Where a sidecar of it may lie, in the order in which they are read: ours, then NAME.xmp, as
// Adobe's programs write it. Of a bare name, bare names.
[[nodiscard]] QStringList sidecarPaths(const QString& picturePath);

// Reads what the file says, and its sidecar. Nothing is decoded; a JPEG is read to its end, the
// others by their headers alone. FileUnreadable, PictureMissing or PictureUndecodable with the
// reason in its detail; a damaged part of the metadata alone is passed over. Blocks.
[[nodiscard]] Result<PictureMetadata> readPictureMetadata(const QString& path);
// The same from bytes in memory. `sidecar` may be empty.
[[nodiscard]] Result<PictureMetadata> readPictureMetadata(
    const QByteArray& bytes, const QByteArray& sidecar);

// Whether the coded picture is, byte for byte, the one that its record was written for; nothing
// where there is no such record. Reads the whole file. Blocks.
[[nodiscard]] std::optional<bool> isPictureAsFiled(const QString& path);

// As a picture of the library, with all that the record tells. `path`, `bytes` and, where nothing
// in the file tells when it was made, `fileTime` are the file's. A file without a record of ours
// gets an id made from its codedKey.
[[nodiscard]] Picture toPicture(
    const PictureMetadata& metadata, const QString& path, qint64 bytes, const QDateTime& fileTime);

// How a picture goes to disk: its file's bytes and, where the file must stay as it came, a sidecar.
struct EmbeddedPicture
{
    QByteArray file;
    QByteArray sidecar; // empty: everything is in the file
};

// All that made the picture, written into its file: the record, the text that other programs read,
// the AI source mark, rating and tags. The coded picture is untouched. Where the container is in
// doubt or sealed, the bytes stay as they are and a sidecar tells.
// `modelTitle` is the model's proper name.
[[nodiscard]] EmbeddedPicture embedRecord(
    const QByteArray& bytes, const Picture& picture, const QString& modelTitle);

// The same file and sidecar with another rating and other tags; everything else stays.
// Where nothing in it tells when it was made, `fileTime` (if valid) is written as that, for the
// file's own time will tell of this change. PictureUndecodable where the container cannot be read.
[[nodiscard]] Result<EmbeddedPicture> withRatingAndTags(const EmbeddedPicture& now, int rating,
    const QStringList& tags, const QDateTime& fileTime = {});

// The picture alone, for sharing: no record, no text, no EXIF but the orientation, no XMP, no
// content credentials; the colour profile stays. PictureUndecodable where it cannot be read.
[[nodiscard]] Result<QByteArray> withoutMetadata(const QByteArray& bytes);

} // namespace seedbook
