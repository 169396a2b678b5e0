#pragma once

#include "core/ImageFormat.h"
#include "core/Result.h"

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QSize>

#include <functional>

namespace seedbook {

// What a segment of a picture's file is for. It is a PNG chunk, a JPEG segment or a RIFF chunk.
enum class SegmentKind {
    Header,  // holds the others: PNG's signature, SOI, RIFF and VP8X
    Coded,   // the coded picture, and what is needed to decode it
    Display, // how it is to be shown: colour profile, gamma, pixels an inch, JFIF
    Text,    // tEXt, zTXt, iTXt
    Exif,
    Xmp,
    Comment,            // JPEG COM
    ContentCredentials, // C2PA, which seals the file's bytes
    Other,              // whatever else is known of the format, or not
    Trailer,            // after the picture's end
};

struct Segment
{
    SegmentKind kind = SegmentKind::Other;
    QByteArray name;   // a chunk's type; the marker in hexadecimal
    qint64 offset = 0; // of all of it, with its header
    qint64 size = 0;
    qint64 payload = 0; // offset of what it holds
    qint64 payloadSize = 0;
};

// A file taken apart. The segments cover the file, in its order and without gaps.
struct Container
{
    ImageFormat format = ImageFormat::Png;
    QSize size; // pixels
    QList<Segment> segments;
    bool isTorn = false; // it ends within a segment, or before the picture's end
    bool isAnimated = false;
    bool hasAlpha = false; // WebP's header needs to say so

    [[nodiscard]] bool has(SegmentKind kind) const;
};

// Takes a file apart by its headers alone; but a JPEG's coded data is read (256 MiB of it at most),
// for only that tells where it ends. PictureUndecodable, with
// the reason as detail, where there is no picture's header; a torn file is told by isTorn. `device`
// is open, random access.
[[nodiscard]] Result<Container> readContainer(QIODevice& device);
[[nodiscard]] Result<Container> readContainer(const QByteArray& bytes);

// What a segment holds, at most `most` bytes of it.
[[nodiscard]] QByteArray payloadOf(QIODevice& device, const Segment& segment, qint64 most);
[[nodiscard]] QByteArray payloadOf(const QByteArray& bytes, const Segment& segment);

// Whole segments of metadata to be put into a file.
struct NewSegments
{
    QByteArray text; // PNG alone: whole chunks
    QByteArray exif; // TIFF; JPEG and WebP alone
    QByteArray xmp;  // a packet
};

// The largest that a JPEG's segment takes.
inline constexpr qsizetype largestJpegExif = 65527;
inline constexpr qsizetype largestJpegXmp = 65502;

// The file with the segments for which `keep` says so, and the new ones where their format wants
// them. The headers follow: RIFF's sizes, VP8X and its flags. Nothing of the coded picture changes.
// The container is not torn.
using SegmentFilter = std::function<bool(const Segment&)>;
[[nodiscard]] QByteArray assemble(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added);

// A text chunk of a PNG: tEXt where it is pure ASCII, else iTXt.
[[nodiscard]] QByteArray pngTextChunk(const QByteArray& keyword, const QString& text);

// BLAKE2b-256 over what the coded segments hold, in hexadecimal: as sure as SHA-256, and several
// times faster where there is no help from the processor.
[[nodiscard]] QByteArray codedHash(QIODevice& device, const Container& container);

// Whether both hold the same coded picture, byte for byte.
[[nodiscard]] bool sameCodedPicture(const QByteArray& a, const Container& segmentsOfA,
    const QByteArray& b, const Container& segmentsOfB);

} // namespace seedbook
