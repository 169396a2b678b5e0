#include "practice/Palette.h"

#include <algorithm>

namespace seedbook::practice {

namespace {

constexpr Rgb hex(quint32 rgb)
{
    return {static_cast<float>(rgb >> 16 & 0xff) / 255.0F,
        static_cast<float>(rgb >> 8 & 0xff) / 255.0F, static_cast<float>(rgb & 0xff) / 255.0F};
}

constexpr Palette mood(quint32 top, quint32 middle, quint32 horizon, quint32 light, quint32 far,
    quint32 near, quint32 accent, bool night = false)
{
    return {
        hex(top), hex(middle), hex(horizon), hex(light), hex(far), hex(near), hex(accent), night};
}

constexpr std::array days{
    mood(0x6f86c0, 0xcfa9c6, 0xffdcc0, 0xfff4e0, 0xb9a0c4, 0x2b2a4c, 0xe88a8a), // rose dawn
    mood(0x4a6ea6, 0xeab08a, 0xffe2a6, 0xfff7dc, 0xcf9482, 0x391f3e, 0xf2784b), // golden hour
    mood(0x13205a, 0x4a63b4, 0xf6bea4, 0xffead2, 0x5468ac, 0x0b1134, 0xff8f6b), // blue hour
    mood(0x8fc3bf, 0xcbe3d6, 0xf6f1da, 0xfffdf2, 0x93bab0, 0x123a3d, 0xe0a458), // jade mist
    mood(0x134459, 0x36929a, 0xffbc93, 0xffe6c8, 0x468893, 0x0b2433, 0xff7f5c), // teal and coral
    mood(0x5546a0, 0xa98cd6, 0xfad2e2, 0xfff0f4, 0x9280c4, 0x231a4f, 0xf2a0c0), // lavender
    mood(0x2b1440, 0xa03454, 0xffa45c, 0xffe0a8, 0x8c3557, 0x1c0b24, 0xffc857), // ember
    mood(0xcfccc2, 0xe4e0d5, 0xf6f2e8, 0xd0402f, 0xa9aca9, 0x1e2427, 0xc8392b), // ink and a red sun
    mood(0x2a5f96, 0x86bcdc, 0xeaf5f6, 0xffffff, 0x8fb4cf, 0x173450, 0xf4b860), // clear north
    mood(0x86a596, 0xdcd4a6, 0xf9e8ba, 0xfff9e0, 0xb9ac78, 0x33351c, 0xc9683c), // ochre fields
    mood(0x275d6e, 0x73b3a4, 0xf3e3b5, 0xfff6d6, 0x5f9a93, 0x10302f, 0xe9785a), // green lagoon
    mood(0x8e4f7d, 0xe88f8f, 0xffd9a0, 0xfff0c9, 0xc0708a, 0x35173d, 0xffb35c), // peach and plum
};

constexpr std::array nights{
    mood(0x050a20, 0x122750, 0x3a5a94, 0xf4f1e2, 0x22396b, 0x04070f, 0x5cf2b0, true), // indigo
    mood(0x0a0718, 0x2a1a4a, 0x6b4a86, 0xffeedd, 0x3a2860, 0x08040f, 0x8af0d8, true), // violet
    mood(0x03121a, 0x0c3540, 0x3f8480, 0xeefaf0, 0x17484f, 0x020a0d, 0x9dff8a, true), // teal
    mood(0x0b0d1a, 0x28304d, 0x8a6f7e, 0xffe4c4, 0x353d5c, 0x06070d, 0x7de0ff,
        true), // slate, late glow
    mood(0x020617, 0x0a1e4a, 0x1f6a9c, 0xe8f4ff, 0x123a6a, 0x01040c, 0xb58aff, true), // deep blue
};

struct Lab
{
    float l;
    float a;
    float b;
};

float toLinear(float v)
{
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

float fromLinear(float v)
{
    v = std::clamp(v, 0.0F, 1.0F);
    return v <= 0.0031308F ? v * 12.92F : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
}

// Oklab, after Björn Ottosson's definition.
Lab toLab(Rgb colour)
{
    const float r = toLinear(colour.r);
    const float g = toLinear(colour.g);
    const float b = toLinear(colour.b);
    const float l = std::cbrt(0.4122214708F * r + 0.5363325363F * g + 0.0514459929F * b);
    const float m = std::cbrt(0.2119034982F * r + 0.6806995451F * g + 0.1073969566F * b);
    const float s = std::cbrt(0.0883024619F * r + 0.2817188376F * g + 0.6299787005F * b);
    return {0.2104542553F * l + 0.7936177850F * m - 0.0040720468F * s,
        1.9779984951F * l - 2.4285922050F * m + 0.4505937099F * s,
        0.0259040371F * l + 0.7827717662F * m - 0.8086757660F * s};
}

Rgb toRgb(Lab lab)
{
    const auto cube = [](float v) { return v * v * v; };
    const float l = cube(lab.l + 0.3963377774F * lab.a + 0.2158037573F * lab.b);
    const float m = cube(lab.l - 0.1055613458F * lab.a - 0.0638541728F * lab.b);
    const float s = cube(lab.l - 0.0894841775F * lab.a - 1.2914855480F * lab.b);
    return {fromLinear(4.0767416621F * l - 3.3077115913F * m + 0.2309699292F * s),
        fromLinear(-1.2684380046F * l + 2.6097574011F * m - 0.3413193965F * s),
        fromLinear(-0.0041960863F * l - 0.7034186147F * m + 1.7076147010F * s)};
}

Palette varied(Palette palette, Random random)
{
    const float degrees = random.between(-14, 14);
    for (Rgb* colour : {&palette.top, &palette.middle, &palette.horizon, &palette.far,
             &palette.near, &palette.accent})
        *colour = turned(*colour, degrees);
    return palette;
}

} // namespace

Rgb mixEvenly(Rgb a, Rgb b, float t)
{
    const Lab from = toLab(a);
    const Lab to = toLab(b);
    return toRgb(
        {from.l + (to.l - from.l) * t, from.a + (to.a - from.a) * t, from.b + (to.b - from.b) * t});
}

Rgb turned(Rgb colour, float degrees)
{
    const Lab lab = toLab(colour);
    const float angle = degrees * 0.01745329252F;
    const float c = std::cos(angle);
    const float s = std::sin(angle);
    return toRgb({lab.l, lab.a * c - lab.b * s, lab.a * s + lab.b * c});
}

Gradient::Gradient(std::initializer_list<Stop> stops)
{
    const Stop* stop = stops.begin();
    for (int i = 0; i < size; ++i) {
        const float t = static_cast<float>(i) / (size - 1);
        while (stop + 2 < stops.end() && t > (stop + 1)->at)
            ++stop;
        const Stop& next = *(stop + 1);
        const float part = std::clamp((t - stop->at) / (next.at - stop->at), 0.0F, 1.0F);
        m_colours[static_cast<std::size_t>(i)] = mixEvenly(stop->colour, next.colour, part);
    }
}

Palette Palette::byDay(quint64 mood, Random random)
{
    return varied(days[mood % days.size()], random);
}

Palette Palette::byNight(quint64 mood, Random random)
{
    return varied(nights[mood % nights.size()], random);
}

} // namespace seedbook::practice
