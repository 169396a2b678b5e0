#pragma once

#include "core/Job.h"

#include <QColor>
#include <QPalette>

namespace seedbook {

// The colour that a state is signalled in; invalid where none is.
[[nodiscard]] QColor signColour(const Job& job, const QPalette& palette);
// Whether the sign is the triangle: something may be mended or checked; else it is over.
[[nodiscard]] bool isTriangle(const Job& job);

} // namespace seedbook
