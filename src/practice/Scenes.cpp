#include "practice/Scenes.h"

namespace seedbook::practice {

namespace {

using Scene = void (*)(Canvas&, const Plan&);

// Where along its life a layer stands: 0 the first and farthest, 1 the last and closest.
float place(int layer, int layers)
{
    return layers < 2 ? 1.0F : static_cast<float>(layer) / static_cast<float>(layers - 1);
}

// A layer of land that dissolves downwards into the mist in front of it.
void paintMistyLayer(Canvas& canvas, const Ridge& ridge, Rgb land, Rgb mist, float thickness,
    float amount, const Field& patches)
{
    const float scale = 1 / thickness;
    canvas.fillBelow(ridge, [&](int x, int y, float depth) {
        const float t = depth * scale + 0.55F * patches.at(x, y);
        return mix(land, mist, amount * smoothStep(0.05F, 1.25F, t));
    });
}

Field mistPatches(const Canvas& canvas, const Plan& plan, quint64 seed)
{
    const Noise noise(seed);
    const float unit = canvas.unit();
    return Field(
        canvas.width(), canvas.height(), [&, octaves = plan.octaves(1, 4)](float x, float y) {
            return noise.fractal(x / unit * 2.2F, y / unit * 6, octaves);
        });
}

// Mountains from row `from` down to row `to`, the closer the darker.
void paintRanges(Canvas& canvas, const Palette& palette, const Plan& plan, float from, float to,
    int layers, Random random)
{
    const float unit = canvas.unit();
    const Field patches = mistPatches(canvas, plan, random.fork());
    const float height = random.between(0.14F, 0.27F);
    const float sharpness = random.between(0.35F, 1);
    for (int layer = 0; layer < layers; ++layer) {
        const Noise noise(random.fork());
        const float near = place(layer, layers);
        const float base = from + (to - from) * std::pow(near, 1.25F);
        const float amplitude = unit * height * (1 - 0.45F * near);
        const float frequency = 1.25F + 0.9F * (1 - near);
        const int octaves = plan.octaves(2, 7);
        const Ridge ridge(canvas.width(), unit, [&](float u) {
            const float broad =
                noise.at(u * frequency) + 0.35F * noise.at(u * frequency * 2.3F + 7);
            const float crags = 1 - 2 * std::fabs(noise.at(u * frequency * 1.9F + 40));
            const float rough = noise.fractal(u * frequency * 4 + 90, octaves, 0.5F);
            return base -
                   amplitude * (broad + sharpness * (1 - near) * 0.55F * crags + 0.16F * rough);
        });
        const Rgb land = mixEvenly(palette.far, palette.near, std::pow(near, 1.35F));
        paintMistyLayer(canvas, ridge, mix(land, palette.horizon, 0.42F * (1 - near)),
            mix(palette.horizon, palette.far, 0.25F + 0.3F * near), unit * (0.16F + 0.14F * near),
            0.92F - 0.5F * near, patches);
    }
}

// A line of conifers as the upper edge of a layer.
Ridge treeLine(
    const Canvas& canvas, const Plan& plan, float base, float height, float roll, quint64 seed)
{
    Random random(seed);
    const float unit = canvas.unit();
    const Noise ground(random.fork());
    const Noise needles(random.fork());
    struct Tree
    {
        float middle;
        float tall;
        float half;
        float tiers;
    };
    // Clumps with clearings between them; the clumps' own height varies too.
    std::vector<Tree> trees;
    const float spacing = height / unit * 0.34F;
    for (float u = -spacing * 2; u < canvas.across() + spacing * 2;
         u += spacing * random.between(0.35F, 1.5F)) {
        const float clump = 0.5F * ground.at(u * 2.3F + 60) + 0.3F * ground.at(u * 6 + 20);
        const float own = random.unit();
        const float tall = height * (0.72F + 0.5F * clump) * (0.45F + 0.75F * own * own);
        trees.push_back({u, tall, tall / unit * random.between(0.17F, 0.25F),
            std::floor(random.between(6, 11))});
    }
    const int octaves = plan.octaves(1, 4);
    std::size_t first = 0;
    const float widest = height / unit * 0.4F;
    return Ridge(canvas.width(), unit, [&](float u) {
        const float floor = base - roll * ground.fractal(u * 1.6F, 3);
        float top = 0;
        while (first < trees.size() && trees[first].middle < u - widest)
            ++first;
        for (std::size_t i = first; i < trees.size() && trees[i].middle < u + widest; ++i) {
            const Tree& tree = trees[i];
            const float in = 1 - std::fabs(u - tree.middle) / tree.half;
            if (in <= 0)
                continue;
            // Branches in tiers: each rises slowly outside and steeply to the next one; the tip is
            // slimmer than the foot.
            const float tier = std::pow(in, 1.35F) * tree.tiers;
            const float whole = std::floor(tier);
            const float part = tier - whole;
            top = std::max(top, tree.tall * (whole + part * part) / tree.tiers);
        }
        const float fringe = height * 0.022F * needles.fractal(u * 130, octaves, 0.7F);
        return floor - top - fringe;
    });
}

void paintMountains(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.25F);
    const float height = static_cast<float>(canvas.height());
    const int horizon = static_cast<int>(height * random.between(0.5F, 0.62F));
    paintSky(canvas, palette, horizon, random.fork());
    const quint64 stars = random.fork();
    if (palette.night)
        paintStars(canvas, plan, horizon, stars);
    const Light light = paintLight(canvas, palette, horizon, 0.28F, 0.8F, Random(random.fork()));
    paintClouds(canvas, palette, plan, horizon, light, random.between(0, 0.5F), random.fork());
    paintRanges(canvas, palette, plan, static_cast<float>(horizon), height * 0.98F,
        5 + plan.octaves(0, 3), Random(random.fork()));
    const float trees = canvas.unit() * random.between(0.07F, 0.13F);
    const Ridge line = treeLine(canvas, plan, height * random.between(0.93F, 1), trees,
        canvas.unit() * 0.06F, random.fork());
    if (random.chance(0.6F))
        canvas.fillBelow(line, [&](int, int, float) { return palette.near * 0.85F; });
}

void paintLake(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.3F);
    const float height = static_cast<float>(canvas.height());
    const float shore = height * random.between(0.56F, 0.66F);
    const int horizon = static_cast<int>(shore);
    paintSky(canvas, palette, horizon, random.fork());
    const quint64 stars = random.fork();
    if (palette.night)
        paintStars(canvas, plan, horizon, stars);
    const Light light = paintLight(canvas, palette, horizon, 0.28F, 0.55F, Random(random.fork()));
    paintClouds(canvas, palette, plan, horizon, light, random.between(0.1F, 0.6F), random.fork());
    paintRanges(canvas, palette, plan, shore - 0.14F * canvas.unit(),
        shore - 0.015F * canvas.unit(), 3 + plan.octaves(0, 2), Random(random.fork()));
    const Ridge woods = treeLine(canvas, plan, shore - canvas.unit() * 0.006F,
        canvas.unit() * random.between(0.03F, 0.06F), canvas.unit() * 0.02F, random.fork());
    canvas.fillBelow(woods, [&](int, int, float) { return mix(palette.near, palette.far, 0.12F); });
    canvas.mirror(
        horizon, mix(palette.near, palette.top, 0.35F), random.between(0.15F, 0.5F), random.fork());
}

void paintSea(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.25F);
    const float unit = canvas.unit();
    const float width = static_cast<float>(canvas.width());
    const int horizon =
        static_cast<int>(static_cast<float>(canvas.height()) * random.between(0.5F, 0.66F));
    paintSky(canvas, palette, horizon, random.fork());
    const quint64 stars = random.fork();
    if (palette.night)
        paintStars(canvas, plan, horizon, stars);
    const Light light = paintLight(canvas, palette, horizon, 0.66F, 0.95F, Random(random.fork()));
    paintClouds(canvas, palette, plan, horizon, light, random.between(0.2F, 0.8F), random.fork());

    // Headlands that come in from one side.
    const int capes = static_cast<int>(random.between(1, 3.99F));
    const bool fromLeft = light.x > width / 2;
    const Noise coast(random.fork());
    for (int cape = 0; cape < capes; ++cape) {
        const float near = place(cape, capes);
        const float reach = canvas.across() * (0.68F - 0.42F * near);
        const float tall = unit * (0.05F + 0.10F * near);
        const Ridge ridge(canvas.width(), unit, [&](float u) {
            const float in = (fromLeft ? reach - u : u - canvas.across() + reach) / reach;
            const float rise = smoothStep(-0.02F, 0.75F, in);
            const float crags = 0.75F + 0.4F * coast.fractal(u * 4 + near * 30, plan.octaves(2, 6));
            return static_cast<float>(horizon) + 1 - tall * rise * crags;
        });
        const Rgb land = mix(mixEvenly(palette.far, palette.near, 0.2F + 0.6F * near),
            palette.horizon, 0.35F * (1 - near));
        canvas.fillBelow(ridge, [&](int, int, float depth) {
            return mix(land, palette.horizon, 0.35F * smoothStep(0, tall, depth));
        });
    }
    const Rgb water = mix(mixEvenly(palette.top, palette.near, 0.45F), palette.far, 0.15F);
    canvas.mirror(horizon, water, random.between(0.6F, 1.2F), random.fork());

    // The light's path on the waves.
    Random sparks(random.fork());
    const float depth = static_cast<float>(canvas.height() - horizon);
    const int count = static_cast<int>(500 + 2600 * plan.detail);
    for (int i = 0; i < count; ++i) {
        const float d = sparks.unit();
        const float spread = unit * (0.03F + 0.16F * d);
        const float offset = sparks.between(-1, 1) * sparks.unit();
        const float bright = sparks.between(0.1F, 0.45F);
        const float x = light.x + spread * offset;
        const float y = static_cast<float>(horizon) + 1 + depth * d * d;
        const float half = unit * (0.0015F + 0.012F * d) * sparks.between(0.4F, 1.2F);
        if (y >= static_cast<float>(canvas.height()))
            continue;
        Rgb* line = canvas.row(static_cast<int>(y));
        const int right = std::min(canvas.width() - 1, static_cast<int>(x + half));
        for (int px = std::max(0, static_cast<int>(x - half)); px <= right; ++px) {
            const float t = (static_cast<float>(px) - x) / (half + 1);
            line[px] = mix(line[px], palette.light, bright * (1 - t * t));
        }
    }
}

void paintDunes(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.2F);
    const float unit = canvas.unit();
    const float height = static_cast<float>(canvas.height());
    const int horizon = static_cast<int>(height * random.between(0.42F, 0.55F));
    paintSky(canvas, palette, horizon, random.fork());
    const quint64 stars = random.fork();
    if (palette.night)
        paintStars(canvas, plan, horizon, stars);
    const Light light = paintLight(canvas, palette, horizon, 0.28F, 0.85F, Random(random.fork()));
    paintClouds(canvas, palette, plan, horizon, light, random.between(0, 0.3F), random.fork());

    const bool litFromLeft = light.x < static_cast<float>(canvas.width()) / 2;
    const int layers = 4 + plan.octaves(0, 2);
    const Rgb sand = mixEvenly(palette.horizon, palette.accent, palette.night ? 0.06F : 0.4F);
    std::vector<float> slope(static_cast<std::size_t>(canvas.width()));
    const Noise wind(random.fork());
    const Field bends(canvas.width(), canvas.height(),
        [&](float x, float y) { return 5 * wind.at(x / unit * 4, y / unit * 7); });
    for (int layer = 0; layer < layers; ++layer) {
        const Noise noise(random.fork());
        const float near = place(layer, layers);
        const float base = static_cast<float>(horizon) + unit * 0.03F +
                           (height * 0.92F - static_cast<float>(horizon)) * std::pow(near, 1.5F);
        const float amplitude = unit * (0.035F + 0.12F * near);
        const float frequency = 2.6F - 1.5F * near;
        const Ridge ridge(canvas.width(), unit, [&](float u) {
            const float warped = u + 0.10F * noise.at(u * frequency * 1.3F + 11);
            const float crest = 1 - 2 * std::fabs(noise.at(warped * frequency));
            return base - amplitude * (crest * 0.8F + 0.4F * noise.at(u * frequency * 0.6F + 70));
        });
        for (int x = 0; x < canvas.width(); ++x) {
            const int step = std::max(2, static_cast<int>(unit * 0.006F));
            const int a = std::max(0, x - step);
            const int b = std::min(canvas.width() - 1, x + step);
            slope[static_cast<std::size_t>(x)] =
                (ridge.top(a) - ridge.top(b)) / static_cast<float>(b - a);
        }
        const float haze = 0.6F * (1 - near);
        const Rgb lit = mix(mix(sand, palette.light, 0.28F), palette.horizon, haze);
        const Rgb shade = mix(
            mixEvenly(palette.near, sand, palette.night ? 0.10F : 0.36F), palette.horizon, haze);
        const Rgb foot = mixEvenly(shade, lit, 0.45F);
        const float ripple = plan.detail * (0.02F + 0.05F * near);
        const float down = 150 / (unit * (0.35F + near));
        const float along = 22 / (unit * (0.35F + near));
        canvas.fillBelow(ridge, [&](int x, int y, float depth) {
            const float d = depth / unit;
            // The border of light and shade wanders off the crest as it comes down.
            const float drift = depth * 0.9F + unit * 0.04F * noise.at(d * 9 + 3);
            const int from = std::clamp(
                x + static_cast<int>(litFromLeft ? -drift : drift), 0, canvas.width() - 1);
            const float facing = slope[static_cast<std::size_t>(from)];
            const float sun = smoothStep(-0.16F, 0.12F, litFromLeft ? facing : -facing);
            const float wave = std::sin(
                (static_cast<float>(y) * down + static_cast<float>(x) * along) + bends.at(x, y));
            const Rgb colour = mix(shade, lit, std::clamp(sun + ripple * wave, 0.0F, 1.0F));
            return mix(colour, foot, 0.65F * smoothStep(0.02F, 0.3F, d));
        });
    }
}

void paintForest(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.25F);
    const float unit = canvas.unit();
    const float height = static_cast<float>(canvas.height());
    const int horizon = static_cast<int>(height * 0.8F);
    paintSky(canvas, palette, horizon, random.fork());
    const quint64 stars = random.fork();
    if (palette.night)
        paintStars(canvas, plan, horizon, stars);
    const Light light = paintLight(canvas, palette, horizon, 0.28F, 0.5F, Random(random.fork()));
    paintClouds(canvas, palette, plan, horizon, light, random.between(0, 0.35F), random.fork());
    const Field patches = mistPatches(canvas, plan, random.fork());
    const int layers = 4 + plan.octaves(0, 2);
    const float from = height * random.between(0.46F, 0.58F);
    for (int layer = 0; layer < layers; ++layer) {
        const float near = place(layer, layers);
        const float base = from + (height * 1.04F - from) * std::pow(near, 1.15F);
        const float tall = unit * (0.055F + 0.25F * near * near);
        const Ridge line =
            treeLine(canvas, plan, base, tall, unit * (0.13F - 0.05F * near), random.fork());
        const Rgb land = mix(mixEvenly(palette.far, palette.near, std::pow(near, 1.1F)),
            palette.horizon, 0.5F * (1 - near));
        // The mist lies on the ground: it thickens with the way down, not with the depth below
        // each tree's own top.
        const float mistTop = base - tall * 0.75F;
        const float scale = 1 / (tall * 1.1F + unit * 0.10F);
        const Rgb mist = mix(palette.horizon, palette.far, 0.3F);
        const float amount = 0.9F - 0.75F * near;
        canvas.fillBelow(line, [&](int x, int y, float) {
            const float t = (static_cast<float>(y) - mistTop) * scale + 0.45F * patches.at(x, y);
            return mix(land, mist, amount * smoothStep(0, 1.2F, t));
        });
        if (layer == layers / 2)
            canvas.glow(
                light.x, light.y, unit * 0.45F, palette.light, palette.night ? 0.06F : 0.16F);
    }
}

void paintNorthernLights(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 1);
    const float unit = canvas.unit();
    const float height = static_cast<float>(canvas.height());
    const bool lake = random.chance(0.6F);
    const float shore = height * (lake ? random.between(0.64F, 0.74F) : 1.0F);
    const float horizon = lake ? shore : height * 0.86F;
    paintSky(canvas, palette, static_cast<int>(horizon), random.fork());
    paintStars(canvas, plan, static_cast<int>(horizon), random.fork());
    paintAurora(canvas, palette, plan, static_cast<int>(horizon), random.fork());
    const Rgb glow = mixEvenly(palette.horizon, palette.accent, 0.4F);
    const int layers = lake ? 2 : 3;
    for (int layer = 0; layer < layers; ++layer) {
        const Noise noise(random.fork());
        const float near = place(layer, layers);
        const float base = horizon + (lake ? 0.0F : (height - horizon) * 0.8F * near);
        const float amplitude = unit * (lake ? 0.13F - 0.09F * near : 0.15F - 0.06F * near);
        const Ridge ridge(canvas.width(), unit, [&](float u) {
            const float peaks = 1 - 2 * std::fabs(noise.at(u * 2.1F));
            return base - amplitude * (0.35F + 0.5F * peaks + 0.3F * noise.at(u * 1.2F + 9) +
                                          0.13F * noise.fractal(u * 9, plan.octaves(1, 6)));
        });
        const Rgb land =
            mix(mixEvenly(palette.far, palette.near, 0.4F + (lake ? 0.3F : 0.55F) * near), glow,
                0.10F * (1 - near));
        canvas.fillBelow(ridge, [&](int, int, float depth) {
            return mix(land, glow, 0.22F * (1 - near) * smoothStep(0, amplitude, depth));
        });
    }
    if (lake) {
        const Ridge woods = treeLine(
            canvas, plan, shore - unit * 0.004F, unit * 0.05F, unit * 0.012F, random.fork());
        canvas.fillBelow(woods, [&](int, int, float) { return palette.near; });
        canvas.mirror(static_cast<int>(shore), mix(palette.near, palette.top, 0.5F),
            random.between(0.15F, 0.5F), random.fork());
    }
}

void paintRibbons(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.3F);
    const float unit = canvas.unit();
    const float height = static_cast<float>(canvas.height());
    paintSky(canvas, palette, canvas.height(), random.fork());
    paintLight(canvas, palette, canvas.height(), 0.28F, 0.45F, Random(random.fork()));
    const Gradient colours{{0, palette.horizon}, {0.3F, palette.accent}, {0.55F, palette.middle},
        {0.8F, palette.top}, {1, palette.near}};
    const int ribbons = 9 + plan.octaves(0, 12);
    const Noise flow(random.fork());
    const float from = height * random.between(0.12F, 0.3F);
    const float swing = unit * random.between(0.10F, 0.2F);
    const float twist = random.between(0.6F, 1.3F);
    const float lean = unit * random.between(-0.14F, 0.14F);
    for (int ribbon = 0; ribbon < ribbons; ++ribbon) {
        const float near = place(ribbon, ribbons);
        const Ridge ridge(canvas.width(), unit, [&](float u) {
            const float v = near * 2.4F * twist;
            return from + (height - from) * std::pow(near, 0.92F) -
                   swing * (1.15F * flow.at(u * 1.35F + v, v * 1.2F) +
                               0.35F * flow.at(u * 3.1F - v, v * 2 + 20)) +
                   lean * (u / canvas.across() - 0.5F) * 2;
        });
        const Rgb body = colours.at(near);
        const Rgb rim = mix(body, palette.light, 0.5F);
        const Rgb deep = mix(body, palette.near, 0.35F);
        const float thickness = unit * 0.16F;
        canvas.fillBelow(ridge, [&](int, int, float depth) {
            const float edge = std::max(0.0F, 1 - depth / (unit * 0.012F));
            return mix(mix(body, deep, smoothStep(0, thickness, depth)), rim, 0.55F * edge * edge);
        });
    }
}

void paintRelief(Canvas& canvas, const Plan& plan)
{
    Random random(plan.composition);
    const Palette palette = plan.palette(random, 0.3F);
    const float unit = canvas.unit();
    const Noise noise(random.fork());
    const Noise bend(random.fork());
    const float frequency = random.between(1.3F, 2.1F);
    const float warp = random.between(0.15F, 0.4F);
    const int levels = 7 + plan.octaves(0, 7);
    const float centreX = canvas.across() * random.between(0.25F, 0.75F);
    const float centreY = canvas.down() * random.between(0.25F, 0.75F);
    const bool hollow = random.chance(0.5F);
    const Field land(canvas.width(), canvas.height(), [&](float x, float y) {
        const float u = x / unit;
        const float v = y / unit;
        const float bu = u + warp * bend.at(u * 1.9F, v * 1.9F);
        const float bv = v + warp * bend.at(u * 1.9F + 40, v * 1.9F + 9);
        const float around = std::hypot(u - centreX, v - centreY);
        const float bowl = hollow ? around * 0.95F - 0.42F : 0.40F - around * 0.85F;
        const float t =
            0.5F + 0.5F * bowl + 0.30F * noise.fractal(bu * frequency, bv * frequency, 2, 0.38F);
        return std::clamp(t, 0.0F, 0.999F) * static_cast<float>(levels);
    });
    // The deepest sheet is the darkest.
    const Gradient colours{{0, mixEvenly(palette.near, palette.top, palette.night ? 0.5F : 0.3F)},
        {0.28F, mixEvenly(palette.top, palette.middle, palette.night ? 0.6F : 0.1F)},
        {0.5F, palette.middle}, {0.72F, palette.accent}, {0.88F, palette.horizon},
        {1, palette.light}};
    const int shadow = std::max(2, static_cast<int>(unit * 0.011F));
    const float scale = 1 / static_cast<float>(levels - 1);
    canvas.fillRows(0, canvas.height(), [&](int x, int y, Rgb) {
        const float t = land.at(x, y);
        const float sheet = std::floor(t);
        const float grain = std::hypot(land.at(std::min(x + 1, canvas.width() - 1), y) - t,
            land.at(x, std::min(y + 1, canvas.height() - 1)) - t);
        // Half a pixel of the sheet below at the edge.
        const float edge = std::clamp((t - sheet) / (grain + 1e-5F), 0.0F, 1.0F);
        const float above = land.at(std::max(x - shadow, 0), std::max(y - shadow, 0));
        const float shade = std::clamp((above - sheet - 1) * 2.6F + 0.10F, 0.0F, 1.0F);
        const bool covered = above >= sheet + 1;
        const Rgb own = colours.at(sheet * scale) *
                        (covered ? 1 - 0.30F * std::min(1.0F, 0.45F + shade) : 1.0F);
        if (edge >= 1 || sheet <= 0)
            return own;
        return mix(colours.at((sheet - 1) * scale) * 0.8F, own, edge);
    });
}

constexpr std::array<Scene, sceneCount> scenes{paintMountains, paintSea, paintRibbons, paintForest,
    paintNorthernLights, paintDunes, paintRelief, paintLake};

} // namespace

void paintScene(Canvas& canvas, int scene, const Plan& plan)
{
    scenes[static_cast<std::size_t>(scene)](canvas, plan);
}

} // namespace seedbook::practice
