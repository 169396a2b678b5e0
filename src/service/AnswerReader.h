#pragma once

#include "core/Error.h"
#include "core/ImageFormat.h"

#include <QByteArray>
#include <QUrl>

#include <variant>

namespace seedbook {

// A picture by its bytes, exactly as the service coded them.
struct PictureBytes
{
    QByteArray bytes;
    ImageFormat format = ImageFormat::Png;
};

// The picture is somewhere else and to be fetched from there. Not checked beyond being http(s).
struct PictureLink
{
    QUrl url;
};

// Error: ErrorInAnswer, UnreadableAnswer or TornAnswer, its detail not yet redacted.
using AnswerReading = std::variant<PictureBytes, PictureLink, Error>;

// Takes the picture out of a success's body, whatever its Content-Type said: raw bytes; JSON with
// base64, a data URI or a URL (or a list of those) under one of the known names; the same as bare
// text. Pure and thread-safe; on a large body it takes milliseconds per megabyte.
[[nodiscard]] AnswerReading readAnswer(const QByteArray& body);

// Whether a picture's bytes reach to its end: a PNG's IEND chunk, a JPEG's end marker, the length
// in a WebP's head. Says nothing of what is between.
[[nodiscard]] bool reachesItsEnd(QByteArrayView bytes, ImageFormat format);

} // namespace seedbook
