#pragma once

#include "core/Picture.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace seedbook {

// The one record that gives all of a picture back: what is in its file's XMP as
// GenerationParameters. Never the API key. Rating and tags are not in it: they have places of their
// own, where other programs look.
// `codedHash` is that of the coded picture (Container.h), so that one can see later that the pixels
// are the service's own.
[[nodiscard]] QString recordText(const Picture& picture, const QByteArray& codedHash);

// A picture with everything that the record tells; nothing where the text is no record of ours. The
// file's own facts (path, format, size, bytes) are left to the caller.
[[nodiscard]] std::optional<Picture> pictureFromRecord(const QString& text);
// Empty where the record has none.
[[nodiscard]] QByteArray codedHashFromRecord(const QString& text);

} // namespace seedbook
