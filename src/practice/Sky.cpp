#include "practice/Sky.h"

namespace seedbook::practice {

void paintSky(Canvas& canvas, const Palette& palette, int horizon, quint64 seed)
{
    const Gradient sky{{0, palette.top}, {0.55F, palette.middle}, {1, palette.horizon}};
    const Noise noise(seed);
    const float unit = canvas.unit();
    const Field uneven(canvas.width(), canvas.height(), [&](float x, float y) {
        return 0.07F * noise.fractal(x / unit * 1.1F, y / unit * 2.3F, 2);
    });
    const float scale = 1 / static_cast<float>(horizon);
    canvas.fillRows(0, canvas.height(),
        [&](int x, int y, Rgb) { return sky.at(static_cast<float>(y) * scale + uneven.at(x, y)); });
}

Light paintLight(
    Canvas& canvas, const Palette& palette, int horizon, float highest, float lowest, Random random)
{
    const float unit = canvas.unit();
    Light light;
    light.x = static_cast<float>(canvas.width()) * random.between(0.18F, 0.82F);
    light.y = static_cast<float>(horizon) * random.between(highest, lowest);
    light.radius = unit * (random.chance(0.25F) ? random.between(0.09F, 0.13F)
                                                : random.between(0.025F, 0.055F));
    const float strength = palette.night ? 0.45F : 0.75F;
    canvas.glow(
        light.x, light.y, unit * 0.42F, mix(palette.horizon, palette.light, 0.4F), strength * 0.6F);
    canvas.glow(light.x, light.y, light.radius * 2.4F, palette.light, strength * 0.6F);
    // A crescent now and then: a second disc stays dark.
    const bool crescent = palette.night && random.chance(0.45F);
    canvas.disc(
        light.x, light.y, light.radius, palette.light, 0.96F, crescent ? light.radius * 0.9F : 0);
    return light;
}

void paintClouds(Canvas& canvas, const Palette& palette, const Plan& plan, int horizon, Light light,
    float amount, quint64 seed)
{
    const Noise noise(seed);
    const float unit = canvas.unit();
    const int octaves = plan.octaves(2, 6);
    const Field density(canvas.width(), horizon, [&](float x, float y) {
        const float u = x / unit;
        const float v = y / unit;
        const float warp = 0.25F * noise.at(u * 1.7F, v * 3 + 9);
        return noise.fractal(u * 1.5F + warp, v * 6.5F + warp, octaves);
    });
    const Rgb lit = mix(palette.horizon, palette.light, 0.55F);
    const Rgb dark = mix(palette.middle, palette.far, 0.45F);
    const float reach = 1 / (0.55F * unit);
    canvas.fillRows(0, horizon, [&](int x, int y, Rgb under) {
        const float d = density.at(x, y);
        const float cover = smoothStep(0.30F - amount * 0.5F, 1.05F - amount * 0.4F, d);
        if (cover <= 0)
            return under;
        const float height = static_cast<float>(y) / static_cast<float>(horizon);
        const float distance =
            std::hypot(static_cast<float>(x) - light.x, (static_cast<float>(y) - light.y) * 1.6F) *
            reach;
        const float glow = 1 / (1 + distance * distance);
        const Rgb colour = mix(mix(dark, under, 0.35F), lit, 0.25F + 0.7F * glow);
        return mix(under, colour, cover * 0.8F * smoothStep(1.0F, 0.8F, height));
    });
}

void paintStars(Canvas& canvas, const Plan& plan, int horizon, quint64 seed)
{
    Random random(seed);
    const float unit = canvas.unit();
    const float width = static_cast<float>(canvas.width());
    const float height = static_cast<float>(horizon);

    // A faint band across the sky, denser in stars.
    const float tilt = random.between(-0.7F, 0.7F);
    const float middle = random.between(0.15F, 0.5F) * height;
    const Noise dust(random.fork());
    const auto band = [&](float x, float y) {
        const float d = (y - middle - (x - width / 2) * tilt) / (0.16F * unit);
        return 1 / (1 + d * d);
    };
    const Field haze(canvas.width(), horizon, [&](float x, float y) {
        const float cloud = dust.fractal(x / unit * 4, y / unit * 4, 4);
        return std::max(0.0F, band(x, y) * (0.55F + 0.5F * cloud));
    });
    canvas.fillRows(0, horizon, [&](int x, int y, Rgb under) {
        return under + Rgb{0.085F, 0.08F, 0.11F} * haze.at(x, y);
    });

    const int count = static_cast<int>(
        (250 + 1700 * plan.detail) * static_cast<float>(canvas.width()) * height / (unit * unit));
    for (int i = 0; i < count; ++i) {
        const float x = random.unit() * width;
        const float y = random.unit() * height;
        const float rank = random.unit();
        const float tint = random.between(-0.12F, 0.12F);
        const float keep = random.unit();
        if (keep > 0.35F + 0.65F * band(x, y))
            continue;
        const float magnitude = rank * rank * rank * rank * rank * rank;
        const float low = 1 - 0.8F * y / height; // the air swallows them near the horizon
        canvas.spark(x, y, 0.62F + 0.9F * magnitude, {1 + tint, 1, 1 - tint},
            (0.22F + 0.9F * magnitude) * low);
    }
}

void paintAurora(
    Canvas& canvas, const Palette& palette, const Plan& plan, int horizon, quint64 seed)
{
    Random random(seed);
    const float unit = canvas.unit();
    const float height = static_cast<float>(horizon);
    const Rgb crown = turned(palette.accent, random.chance(0.5F) ? 70.0F : -75.0F);
    const Gradient colours{
        {0, palette.accent}, {0.35F, mixEvenly(palette.accent, crown, 0.3F)}, {1, crown}};
    const int curtains = 3;
    std::vector<float> foot(static_cast<std::size_t>(canvas.width()));
    std::vector<float> rays(foot.size());
    for (int curtain = 0; curtain < curtains; ++curtain) {
        const Noise noise(random.fork());
        const float level = random.between(0.42F, 0.8F);
        const float length = random.between(0.32F, 0.55F) * height;
        const float strength = 1.15F - 0.25F * static_cast<float>(curtain);
        for (std::size_t x = 0; x < foot.size(); ++x) {
            const float u = static_cast<float>(x) / unit;
            foot[x] = height * (level + 0.26F * noise.at(u * 1.1F) +
                                   0.07F * noise.fractal(u * 3.7F + 5, plan.octaves(1, 3)));
            const float strands = noise.fractal(u * 14 + 50, plan.octaves(1, 5), 0.72F);
            const float presence = smoothStep(-0.5F, 0.45F, noise.at(u * 1.5F + 80));
            rays[x] = strength * presence * (0.62F + 0.42F * strands);
        }
        canvas.fillRows(0, horizon, [&](int x, int y, Rgb under) {
            const auto column = static_cast<std::size_t>(x);
            const float rise = (foot[column] - static_cast<float>(y)) / length;
            if (rise > 1.6F || rise < -0.05F || rays[column] <= 0)
                return under;
            // A sharp hem, then fading upwards.
            const float hem = smoothStep(-0.05F, 0.025F, rise);
            const float fade = std::max(0.0F, 1 - rise / 1.6F);
            const float light = rays[column] * hem * fade * fade * fade;
            const Rgb colour = colours.at(rise * 0.8F);
            // Screen, so that bright parts never burn out.
            return Rgb{1 - (1 - under.r) * (1 - colour.r * light),
                1 - (1 - under.g) * (1 - colour.g * light),
                1 - (1 - under.b) * (1 - colour.b * light)};
        });
    }
}

} // namespace seedbook::practice
