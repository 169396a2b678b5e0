#pragma once

#include "metadata/Container.h"
#include "metadata/MetadataTexts.h"

namespace seedbook {

// All the text in a file that was taken apart. What is too large or damaged is left out; the rest
// is read all the same.
[[nodiscard]] MetadataTexts readTexts(QIODevice& device, const Container& container);

// The XMP packet and the EXIF block as they lie in the file; empty where there is none.
[[nodiscard]] QByteArray xmpPacket(QIODevice& device, const Container& container);
[[nodiscard]] QByteArray exifBlock(QIODevice& device, const Container& container);

} // namespace seedbook
