#pragma once

#include "practice/Noise.h"

#include <array>
#include <initializer_list>

namespace seedbook::practice {

// A colour in sRGB's own curve, 0 … 1; light that is added may go beyond until the end.
struct Rgb
{
    float r = 0;
    float g = 0;
    float b = 0;

    friend constexpr Rgb operator+(Rgb a, Rgb c) { return {a.r + c.r, a.g + c.g, a.b + c.b}; }
    friend constexpr Rgb operator*(Rgb a, float k) { return {a.r * k, a.g * k, a.b * k}; }
    friend constexpr bool operator==(Rgb, Rgb) = default;
};

[[nodiscard]] constexpr Rgb mix(Rgb a, Rgb b, float t)
{
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

// Even to the eye, where mix() of two hues turns grey between them.
[[nodiscard]] Rgb mixEvenly(Rgb a, Rgb b, float t);
// Turned around the colour circle by `degrees`.
[[nodiscard]] Rgb turned(Rgb colour, float degrees);

// A run of colours, even to the eye between its stops.
class Gradient final
{
public:
    struct Stop
    {
        float at;
        Rgb colour;
    };
    Gradient(std::initializer_list<Stop> stops);

    [[nodiscard]] Rgb at(float t) const
    {
        const float index = (t < 0 ? 0 : t > 1 ? 1 : t) * (size - 1);
        const int i = static_cast<int>(index);
        const int next = i + 1 < size ? i + 1 : i;
        return mix(m_colours[static_cast<std::size_t>(i)],
            m_colours[static_cast<std::size_t>(next)], index - static_cast<float>(i));
    }

private:
    static constexpr int size = 65;
    std::array<Rgb, size> m_colours;
};

// The colours of one mood: an hour of the day and its weather.
struct Palette
{
    Rgb top;     // of the sky
    Rgb middle;  // half-way down
    Rgb horizon; // and the mist
    Rgb light;   // sun or moon
    Rgb far;     // the most distant land
    Rgb near;    // the closest
    Rgb accent;
    bool night = false;

    // One of the day's, or one of the night's moods; slightly turned, so that no two are alike.
    [[nodiscard]] static Palette byDay(quint64 mood, Random random);
    [[nodiscard]] static Palette byNight(quint64 mood, Random random);
};

} // namespace seedbook::practice
