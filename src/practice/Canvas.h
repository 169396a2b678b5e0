#pragma once

#include "practice/Palette.h"

#include <QImage>

#include <algorithm>
#include <vector>

namespace seedbook::practice {

// The upper edge of a piece of land, in pixels from the top; several samples a column, so that
// steep edges are as smooth as flat ones.
class Ridge final
{
public:
    static constexpr int perColumn = 4;

    // `top(u)` gives the edge at u, which counts in the canvas's unit from the left.
    template <typename Top>
    Ridge(int width, float unit, Top top)
        : m_samples(static_cast<std::size_t>(width * perColumn))
    {
        for (std::size_t i = 0; i < m_samples.size(); ++i)
            m_samples[i] = top((static_cast<float>(i) + 0.5F) / (perColumn * unit));
    }

    [[nodiscard]] const float* column(int x) const
    {
        return m_samples.data() + static_cast<std::size_t>(x * perColumn);
    }
    [[nodiscard]] float top(int x) const { return column(x)[perColumn / 2]; }
    [[nodiscard]] float highest() const
    {
        return *std::min_element(m_samples.begin(), m_samples.end());
    }

private:
    std::vector<float> m_samples;
};

// A smooth field that is worked out on a coarse grid and read between its points.
class Field final
{
public:
    static constexpr int cell = 4;

    // `value(x, y)` takes pixels.
    template <typename Value>
    Field(int width, int height, Value value)
        : m_columns(width / cell + 2)
    {
        const int rows = height / cell + 2;
        m_values.reserve(static_cast<std::size_t>(m_columns * rows));
        for (int j = 0; j < rows; ++j) {
            for (int i = 0; i < m_columns; ++i)
                m_values.push_back(
                    value(static_cast<float>(i * cell), static_cast<float>(j * cell)));
        }
    }

    [[nodiscard]] float at(int x, int y) const
    {
        const float u = static_cast<float>(x % cell) / cell;
        const float v = static_cast<float>(y % cell) / cell;
        const float* p = m_values.data() + (y / cell) * m_columns + x / cell;
        const float upper = p[0] + (p[1] - p[0]) * u;
        const float lower = p[m_columns] + (p[m_columns + 1] - p[m_columns]) * u;
        return upper + (lower - upper) * v;
    }

private:
    int m_columns;
    std::vector<float> m_values;
};

// What a scene is painted on: colours in floating point, made into a picture once at the end.
class Canvas final
{
public:
    explicit Canvas(QSize size);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    // The same length for every ratio of one area: features keep their size.
    [[nodiscard]] float unit() const { return m_unit; }
    // Width and height in units.
    [[nodiscard]] float across() const { return static_cast<float>(m_width) / m_unit; }
    [[nodiscard]] float down() const { return static_cast<float>(m_height) / m_unit; }

    [[nodiscard]] Rgb* row(int y)
    {
        return m_pixels.data() + static_cast<std::ptrdiff_t>(y) * m_width;
    }

    // `colour(x, y)` for every pixel of the rows.
    template <typename Colour>
    void fillRows(int from, int to, Colour colour)
    {
        for (int y = std::max(from, 0); y < std::min(to, m_height); ++y) {
            Rgb* line = row(y);
            for (int x = 0; x < m_width; ++x)
                line[x] = colour(x, y, line[x]);
        }
    }

    // All below the ridge; `colour(x, y, depth)` with the depth below the ridge in pixels.
    template <typename Colour>
    void fillBelow(const Ridge& ridge, Colour colour)
    {
        for (int y = std::max(0, static_cast<int>(ridge.highest()) - 1); y < m_height; ++y) {
            Rgb* line = row(y);
            const float below = static_cast<float>(y + 1);
            for (int x = 0; x < m_width; ++x) {
                const float* tops = ridge.column(x);
                float cover = 0;
                for (int i = 0; i < Ridge::perColumn; ++i)
                    cover += std::clamp(below - tops[i], 0.0F, 1.0F);
                if (cover <= 0)
                    continue;
                const Rgb own = colour(x, y, std::max(below - ridge.top(x), 0.0F));
                line[x] =
                    cover >= Ridge::perColumn ? own : mix(line[x], own, cover / Ridge::perColumn);
            }
        }
    }

    // Light around a point, in pixels: `strength` at the centre, a quarter of it at `radius`.
    void glow(float x, float y, float radius, Rgb colour, float strength);
    // Where `bite` is not zero, without a second disc of that radius to its upper right.
    void disc(float x, float y, float radius, Rgb colour, float opacity, float bite = 0);
    // A point of light that may be smaller than a pixel.
    void spark(float x, float y, float radius, Rgb colour, float strength);
    // The rows below `horizon` become water that mirrors those above.
    void mirror(int horizon, Rgb water, float roughness, quint64 seed);

    // `look` scales contrast and saturation, 1 as painted.
    struct Look
    {
        float contrast = 1;
        float saturation = 1;
    };
    [[nodiscard]] QImage toImage(Look look) const;

private:
    int m_width;
    int m_height;
    float m_unit;
    std::vector<Rgb> m_pixels;
};

} // namespace seedbook::practice
