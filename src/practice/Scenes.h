#pragma once

#include "practice/Sky.h"

namespace seedbook::practice {

inline constexpr int sceneCount = 8;

// Paints scene number `scene` over the whole canvas.
void paintScene(Canvas& canvas, int scene, const Plan& plan);

} // namespace seedbook::practice
