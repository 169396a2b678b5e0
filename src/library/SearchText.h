#pragma once

#include "core/Picture.h"

#include <QStringList>

namespace seedbook {

// What is looked for and what it is looked for in, made alike: neither case nor the width of
// characters matters.

// The words typed, each to be found anywhere in a picture's text. No signs have a meaning of their
// own. More than `mostTerms` are not looked for.
inline constexpr qsizetype mostTerms = 32;
[[nodiscard]] QStringList searchTerms(const QString& typed);

// Prompt, tags and seed, each on a line; without NUL.
[[nodiscard]] QString searchText(const Picture& picture);

[[nodiscard]] bool matchesText(const Picture& picture, const QStringList& terms);

} // namespace seedbook
