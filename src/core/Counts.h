#pragma once

#include <QString>

namespace seedbook {

// A number with its noun, in the plural form and the digits of the person's language. For where
// nothing else is said; a sentence with a number in it is one tr() with %Ln of its own.
[[nodiscard]] QString imagesText(qint64 count);
[[nodiscard]] QString requestsText(qint64 count);
[[nodiscard]] QString filesText(qint64 count);

// The number as tr() takes it for %n and %Ln.
[[nodiscard]] int pluralOf(qint64 count);

} // namespace seedbook
