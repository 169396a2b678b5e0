#pragma once

#include <QStringList>

namespace seedbook::bench {

// The gallery of the program itself on a screen of its own, beside an empty list and the Debian
// programs that show pictures. `words`: how many pictures there are, several times over (none: all
// that there are goals for); "alone": without the other programs.
void benchGallery(const QStringList& words);

} // namespace seedbook::bench
