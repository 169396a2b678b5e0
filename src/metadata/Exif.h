#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace seedbook {

// The entries of an EXIF block that matter here, as they lie there.
struct ExifEntries
{
    QByteArray
        userComment;      // 0x9286, with its eight bytes of character code; ExifIFD's, else IFD0's
    QByteArray makerNote; // 0x927C
    QByteArray imageDescription;
    QByteArray make;
    QByteArray model;
    QByteArray software;
    QByteArray dateTime; // DateTimeOriginal, else DateTimeDigitized; not when it was last changed
    int orientation = 0; // 1 … 8; 0: none
};

// Reads a TIFF structure. Its offsets are not believed; each IFD is read at most once. What makes
// no sense is left out.
[[nodiscard]] ExifEntries readExif(const QByteArray& tiff);

// A UserComment's text, whatever its writer thought of byte order. Trimmed.
[[nodiscard]] QString userCommentText(const QByteArray& userComment);
// Text of an EXIF entry that has no character code: UTF-8, else Latin-1.
[[nodiscard]] QString exifText(const QByteArray& entry);

// "UNICODE", then UTF-16BE: the one form that those who follow the TIFF header and those who never
// do both read. One space leads where the first character is not ASCII, for those who guess.
[[nodiscard]] QByteArray userCommentOf(const QString& text);

// An EXIF block (big-endian) that holds the UserComment and whatever else `tiff` held; `tiff` may
// be empty. Nothing where that cannot be done without loss.
[[nodiscard]] std::optional<QByteArray> exifWithUserComment(
    const QByteArray& tiff, const QByteArray& userComment);
// One that holds the orientation alone.
[[nodiscard]] QByteArray exifWithOrientation(int orientation);

} // namespace seedbook
