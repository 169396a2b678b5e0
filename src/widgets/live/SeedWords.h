#pragma once

#include "core/Picture.h"

namespace seedbook {

// That a picture may not come again from its seed, for the service says it used another one; empty
// where it did not.
[[nodiscard]] QString seedWarning(const Picture& picture);

} // namespace seedbook
