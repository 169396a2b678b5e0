#pragma once

#include "core/ImageFormat.h"
#include "core/Result.h"

#include <QDate>
#include <QString>

#include <optional>

namespace seedbook {

// The part of a file's name that comes from the prompt: its first words, without anything that a
// file system, a shell or a person would stumble over, at most `maxBytes` in UTF-8 (at least 8).
// Never empty, never with a path separator, a leading dot or a control character, and legal on
// Windows too.
[[nodiscard]] QString wordsForFileName(const QString& prompt, qsizetype maxBytes = 80);

// Writes `bytes` to folder/YYYY-MM-DD/words mark.ext so that the name appears only when the bytes
// are durable: a temporary file in the same folder, synced, then renamed without overwriting (a
// name that is taken, or that a sidecar waits for, gets " (2)", " (3)" …), then the folder synced.
// Returns the final path. On an error (FolderNotWritable, DiskFull, DiskError) nothing is left
// behind. Blocks: call from a worker.
[[nodiscard]] Result<QString> writePictureFile(const QString& folder, const QDate& day,
    const QString& prompt, const QString& mark, ImageFormat format, const QByteArray& bytes);

// Whether a sidecar lies where one of that picture would: it would be taken for the picture's own.
[[nodiscard]] bool hasSidecar(const QString& picturePath);

// As above for a name that is given, whatever lies beside it: `path` itself or, where it is taken,
// path (2) …
[[nodiscard]] Result<QString> writeNewFile(const QString& path, const QByteArray& bytes);

// Which file it is and how it was, when it was read.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 bytes = 0;
    qint64 modified = 0; // nanoseconds since 1970
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
struct WholeFile
{
    QByteArray bytes;
    FileIdentity identity;
};
// The most that is read of a picture's file and of a sidecar.
inline constexpr qint64 largestPictureFile = 256 << 20;
inline constexpr qint64 largestSidecarFile = 4 << 20;

// PictureMissing; FileUnreadable, also for a link, a pipe, or one larger than `most` bytes. Blocks.
[[nodiscard]] Result<WholeFile> readWholeFile(const QString& path, qint64 most);
// Puts `bytes` in the file's place, as durably as above, if it still is the one that was read
// (null: there was none); answers whether. Its permissions, owner and extended attributes are kept
// as far as we may. Never makes a folder. Blocks.
[[nodiscard]] Result<bool> replaceFile(
    const QString& path, const std::optional<FileIdentity>& was, const QByteArray& bytes);

// A temporary file of the calls above, by its name, which this program is not at work on. One that
// is a day old was left by a program that did not end by itself: none takes so long, and clocks do
// not differ by so much.
[[nodiscard]] bool isLeftover(const QByteArray& name);
constexpr qint64 temporaryFor = 24 * 60 * 60; // seconds

// What the system's `code` for a write says: DiskFull and FolderNotWritable of the folder, else
// DiskError of the path.
[[nodiscard]] Error fileError(int code, const QString& folder, const QString& path);

// Makes the folder if need be and tries a file in it. Blocks.
[[nodiscard]] Result<void> tryFolder(const QString& folder);

} // namespace seedbook
