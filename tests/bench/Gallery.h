#pragma once

#include <QStringList>

namespace seedbook::bench {

// The gallery of the program itself on a screen of its own, beside an empty list and the Debian
// programs that show pictures. `counts`: how many pictures; none: all that there are goals for.
void benchGallery(const QStringList& counts);

} // namespace seedbook::bench
