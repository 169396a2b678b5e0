#pragma once

#include <QString>

namespace seedbook {

// The file's name as any system takes it: for copies that leave the library, which may go to a
// stick, a share or another person's computer. Keeps the words and the extension; what is forbidden
// somewhere (<>:"/\|?*, control characters) becomes "_", what nobody sees goes, as do dots and
// spaces at the ends; Windows' device names get a "_". Composed (NFC), at most `maxBytes` of UTF-8
// before the extension (at least 8). Never empty.
[[nodiscard]] QString portableFileName(const QString& name, qsizetype maxBytes = 120);

} // namespace seedbook
