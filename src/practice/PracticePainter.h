#pragma once

#include "core/Request.h"

#include <QImage>

namespace seedbook::practice {

// Draws the practice service's picture of a request: an opaque image in the model's pixel size for
// the request's ratio (1024×1024 where the model names none). The same request gives the same
// pixels on every run and thread. Seed and prompt make the composition, steps the amount of detail,
// guidance contrast and saturation; where the request has no seed, `chance` is in its place. Needs
// a QGuiApplication for the mark's text; any thread may call.
[[nodiscard]] QImage paintPicture(const Request& request, quint64 chance = 0);

} // namespace seedbook::practice
