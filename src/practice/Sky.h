#pragma once

#include "practice/Canvas.h"

namespace seedbook::practice {

// What a scene is made from.
struct Plan
{
    quint64 composition = 0; // from seed and prompt
    quint64 mood = 0;
    quint64 negative = 0; // from the negative prompt: another tint and no other composition
    float detail = 0.5F;  // 0 … 1, from the steps

    // The scene's colours; a night's with that chance.
    [[nodiscard]] Palette palette(Random& random, float nights) const
    {
        const bool night = random.chance(nights);
        const Random tint(random.fork() ^ negative);
        return night ? Palette::byNight(mood, tint) : Palette::byDay(mood, tint);
    }
    // Octaves of a fractal: few for few steps.
    [[nodiscard]] int octaves(int fewest, int most) const
    {
        return fewest + static_cast<int>(detail * static_cast<float>(most - fewest) + 0.5F);
    }
};

// Where the light stands and how it looks, in pixels.
struct Light
{
    float x = 0;
    float y = 0;
    float radius = 0;
};

// From the top's colour to the horizon's at row `horizon`, slightly uneven.
void paintSky(Canvas& canvas, const Palette& palette, int horizon, quint64 seed);
// Sun or moon with its light in the air, from `highest` to `lowest` on the way down to row
// `horizon`.
Light paintLight(Canvas& canvas, const Palette& palette, int horizon, float highest, float lowest,
    Random random);
// Streaks of cloud, lit from the light's side.
void paintClouds(Canvas& canvas, const Palette& palette, const Plan& plan, int horizon, Light light,
    float amount, quint64 seed);
void paintStars(Canvas& canvas, const Plan& plan, int horizon, quint64 seed);
// Curtains of light in the palette's accent.
void paintAurora(
    Canvas& canvas, const Palette& palette, const Plan& plan, int horizon, quint64 seed);

} // namespace seedbook::practice
