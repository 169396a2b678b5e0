#pragma once

#include "core/Error.h"
#include "core/Picture.h"

#include <QImage>
#include <QList>
#include <QStringList>

#include <functional>

class QMimeData;

namespace seedbook {

// What some pictures give to the clipboard: of those that can be read.
struct ClipboardContent
{
    int count = 0;     // pictures in it
    QStringList files; // their paths, or those of copies
    QImage image;      // the first one's
    QString text;
    int failed = 0;
    Error failure; // the first one's
};

// All of these block. `goOn` is asked before each picture; when it says no, what was made so far
// comes back.
using GoOn = std::function<bool()>;

// The files themselves.
[[nodiscard]] ClipboardContent imagesForClipboard(
    const QList<PicturePtr>& pictures, const GoOn& goOn);
// Copies without metadata, whose names tell nothing, in a folder of their own below `folder`. Those
// of the time before go: they may have been pasted by name.
[[nodiscard]] ClipboardContent cleanForClipboard(
    const QList<PicturePtr>& pictures, const QString& folder, const GoOn& goOn);
// The very bytes of the files as base64, or as data URIs with the media types that they have; each
// on a line. Nothing where they are larger than 64 MiB together.
[[nodiscard]] ClipboardContent encodedForClipboard(
    const QList<PicturePtr>& pictures, bool asDataUri, const GoOn& goOn);

// Files and image, as file managers and image programs want to be told. The caller's.
[[nodiscard]] QMimeData* mimeDataOf(const ClipboardContent& content);

} // namespace seedbook
