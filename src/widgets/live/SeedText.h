#pragma once

#include "core/Picture.h"

namespace seedbook {

// The seed in digits, or why there is none: its model has none, or its file does not tell it.
[[nodiscard]] QString seedWords(const Picture& picture);
// That a picture may not come again from its seed, for the service says it used another one; empty
// where it did not.
[[nodiscard]] QString seedWarning(const Picture& picture);

} // namespace seedbook
