#include "practice/Canvas.h"

namespace seedbook::practice {

Canvas::Canvas(QSize size)
    : m_width(size.width())
    , m_height(size.height())
    , m_unit(std::sqrt(static_cast<float>(size.width()) * static_cast<float>(size.height())))
    , m_pixels(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()))
{
}

void Canvas::glow(float cx, float cy, float radius, Rgb colour, float strength)
{
    const float scale = 1 / (radius * radius);
    fillRows(0, m_height, [&](int x, int y, Rgb under) {
        const float dx = static_cast<float>(x) - cx;
        const float dy = static_cast<float>(y) - cy;
        const float falloff = 1 / (1 + (dx * dx + dy * dy) * scale);
        return mix(under, colour, strength * falloff * falloff);
    });
}

void Canvas::disc(float cx, float cy, float radius, Rgb colour, float opacity, float bite)
{
    const auto cover = [](float dx, float dy, float r) {
        return std::clamp(r + 0.5F - std::hypot(dx, dy), 0.0F, 1.0F);
    };
    const int left = std::max(0, static_cast<int>(cx - radius) - 1);
    const int right = std::min(m_width, static_cast<int>(cx + radius) + 2);
    const int bottom = std::min(m_height, static_cast<int>(cy + radius) + 2);
    for (int y = std::max(0, static_cast<int>(cy - radius) - 1); y < bottom; ++y) {
        Rgb* line = row(y);
        const float dy = static_cast<float>(y) + 0.5F - cy;
        for (int x = left; x < right; ++x) {
            const float dx = static_cast<float>(x) + 0.5F - cx;
            float part = opacity * cover(dx, dy, radius);
            if (bite > 0)
                part *= 1 - cover(dx - radius * 0.42F, dy + radius * 0.22F, bite);
            line[x] = mix(line[x], colour, part);
        }
    }
}

void Canvas::spark(float cx, float cy, float radius, Rgb colour, float strength)
{
    const float reach = radius * 3 + 1;
    const int right = std::min(m_width, static_cast<int>(cx + reach) + 1);
    const int bottom = std::min(m_height, static_cast<int>(cy + reach) + 1);
    for (int y = std::max(0, static_cast<int>(cy - reach)); y < bottom; ++y) {
        Rgb* line = row(y);
        for (int x = std::max(0, static_cast<int>(cx - reach)); x < right; ++x) {
            const float dx = static_cast<float>(x) + 0.5F - cx;
            const float dy = static_cast<float>(y) + 0.5F - cy;
            const float light = strength * std::exp(-(dx * dx + dy * dy) / (radius * radius));
            line[x] = line[x] + colour * light;
        }
    }
}

void Canvas::mirror(int horizon, Rgb water, float roughness, quint64 seed)
{
    const Noise waves(seed);
    const float centre = static_cast<float>(m_width) / 2;
    const float depth = static_cast<float>(std::max(m_height - horizon, 1));
    for (int y = horizon; y < m_height; ++y) {
        const float d = static_cast<float>(y - horizon) + 0.5F;
        // As seen from a height over the water: what is nearer is larger.
        const float nearness = d / depth;
        const float inverse = 1 / (d + 0.012F * m_unit);
        const float z = 0.9F * m_unit * inverse;
        const float swing = roughness * m_unit * (0.004F + 0.05F * nearness);
        const float dim = 0.12F + 0.38F * nearness;
        Rgb* line = row(y);
        for (int x = 0; x < m_width; ++x) {
            const float across = (static_cast<float>(x) - centre) * inverse;
            const float wave = waves.at(across * 2.2F, z * 9) +
                               0.5F * waves.at(across * 6.1F + 31, z * 21 + nearness * 40);
            const float source = std::clamp(static_cast<float>(horizon) - d + wave * swing, 0.0F,
                static_cast<float>(horizon) - 1.0F);
            const int above = static_cast<int>(source);
            const int sideways =
                std::clamp(x + static_cast<int>(wave * swing * 0.25F), 0, m_width - 1);
            const Rgb seen =
                mix(row(above)[sideways], row(std::min(above + 1, horizon - 1))[sideways],
                    source - static_cast<float>(above));
            line[x] = mix(seen, water, std::clamp(dim + wave * 0.10F * nearness, 0.0F, 1.0F));
        }
    }
}

QImage Canvas::toImage(Look look) const
{
    // Spreads the rounding over 4×4 pixels, or slow gradients would show steps.
    static constexpr std::array<float, 16> threshold{0.03125F, 0.53125F, 0.15625F, 0.65625F,
        0.78125F, 0.28125F, 0.90625F, 0.40625F, 0.21875F, 0.71875F, 0.09375F, 0.59375F, 0.96875F,
        0.46875F, 0.84375F, 0.34375F};
    QImage image(m_width, m_height, QImage::Format_RGB32);
    const Rgb* pixel = m_pixels.data();
    for (int y = 0; y < m_height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const float dy = (static_cast<float>(y) / static_cast<float>(m_height) - 0.5F) * 2;
        for (int x = 0; x < m_width; ++x, ++pixel) {
            const float dx = (static_cast<float>(x) / static_cast<float>(m_width) - 0.5F) * 2;
            const float corner = 1 - 0.05F * (dx * dx + dy * dy);
            const float grey = 0.299F * pixel->r + 0.587F * pixel->g + 0.114F * pixel->b;
            const float step = threshold[static_cast<std::size_t>((y & 3) * 4 + (x & 3))];
            const auto channel = [&](float value) {
                value = grey + (value - grey) * look.saturation;
                value = (0.55F + (value - 0.55F) * look.contrast) * corner;
                return static_cast<int>(std::clamp(value, 0.0F, 1.0F) * 254.99F + step);
            };
            line[x] = qRgb(channel(pixel->r), channel(pixel->g), channel(pixel->b));
        }
    }
    return image;
}

} // namespace seedbook::practice
