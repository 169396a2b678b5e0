#pragma once

#include "core/ImageFormat.h"

#include <QByteArray>
#include <QSize>

namespace seedbook::practice {

// Writes into the file itself that the practice service made it: an XMP packet with the tool's name
// and IPTC's "algorithmic media". Edits the container only; the coded picture stays as it is.
// `encoded` is what Qt's own writers gave for an opaque picture of `size`.
[[nodiscard]] QByteArray withPracticeMark(
    const QByteArray& encoded, ImageFormat format, QSize size);
// The packet that is written.
[[nodiscard]] QByteArray practicePacket();

} // namespace seedbook::practice
