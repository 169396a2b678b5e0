#pragma once

#include "core/Error.h"
#include "core/ImageFormat.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <variant>

class QThreadPool;

namespace seedbook {

// The picture is somewhere else and to be fetched from there. Not checked beyond being http(s).
struct PictureLink
{
    QUrl url;

    friend bool operator==(const PictureLink&, const PictureLink&) = default;
};

using AnsweredPicture = std::variant<PictureBytes, PictureLink>;
// All pictures of one answer, in its order; never empty.
using PictureSources = QList<AnsweredPicture>;

// Error: ErrorInAnswer, UnreadableAnswer or TornAnswer, its detail not yet redacted.
using AnswerReading = std::variant<PictureSources, Error>;

// Takes the pictures out of a success's body, whatever its Content-Type said: raw bytes; JSON with
// base64, a data URI or a URL under one of the known names, or a list of those, which is as many
// pictures; the same as bare text. Under several names of one object stands the same picture: the
// one that tells of the most is taken, bytes before an address. Pure and thread-safe; on a large
// body it takes milliseconds per megabyte, and as much memory once more.
[[nodiscard]] AnswerReading readAnswer(const QByteArray& body);

// What is as small may be read in any thread, the window's too: whatever it holds, that takes less
// than a millisecond.
constexpr qsizetype readAtOnce = 64 << 10;

// For what is larger: what else uses Qt's own pool (copies to a disk that sleeps, an import) does
// not make an answer wait.
[[nodiscard]] QThreadPool& answerThreads();

} // namespace seedbook
