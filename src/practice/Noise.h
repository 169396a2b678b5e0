#pragma once

#include <QtGlobal>

#include <cmath>

namespace seedbook::practice {

// Mixes all bits (splitmix64's finaliser). Everything random in a picture comes from here, because
// the standard's distributions may differ between library versions.
[[nodiscard]] constexpr quint64 mixed(quint64 bits)
{
    bits += 0x9e3779b97f4a7c15ULL;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    return bits ^ (bits >> 31);
}

[[nodiscard]] constexpr float smooth(float t)
{
    return t * t * (3 - 2 * t);
}

// 0 at `from`, 1 at `to`, smooth between and flat beyond; `from` may be the larger.
[[nodiscard]] constexpr float smoothStep(float from, float to, float value)
{
    const float t = (value - from) / (to - from);
    return smooth(t < 0 ? 0.0F : t > 1 ? 1.0F : t);
}

// A stream of random numbers.
class Random final
{
public:
    explicit constexpr Random(quint64 seed)
        : m_state(seed)
    {
    }

    [[nodiscard]] constexpr quint64 bits() { return mixed(m_state += 0x9e3779b97f4a7c15ULL); }
    // 0 up to but not including 1.
    [[nodiscard]] constexpr float unit() { return static_cast<float>(bits() >> 40) * 0x1p-24F; }
    [[nodiscard]] constexpr float between(float low, float high)
    {
        return low + (high - low) * unit();
    }
    [[nodiscard]] constexpr bool chance(float probability) { return unit() < probability; }
    // A seed for a part of the picture, so that more detail there does not move the other parts.
    [[nodiscard]] constexpr quint64 fork() { return bits(); }

private:
    quint64 m_state;
};

// Smooth noise over a lattice of random values; one noise is one seed.
class Noise final
{
public:
    explicit constexpr Noise(quint64 seed)
        : m_seed(static_cast<quint32>(mixed(seed)))
    {
    }

    // −1 … 1, in one and two dimensions.
    [[nodiscard]] float at(float x) const
    {
        const float cell = std::floor(x);
        const int i = static_cast<int>(cell);
        const float f = x - cell;
        return slope(i) * f * (1 - smooth(f)) * 2 + slope(i + 1) * (f - 1) * smooth(f) * 2;
    }
    [[nodiscard]] float at(float x, float y) const
    {
        const float cellX = std::floor(x);
        const float cellY = std::floor(y);
        const int i = static_cast<int>(cellX);
        const int j = static_cast<int>(cellY);
        const float u = smooth(x - cellX);
        const float v = smooth(y - cellY);
        const float top = value(i, j) + (value(i + 1, j) - value(i, j)) * u;
        const float bottom = value(i, j + 1) + (value(i + 1, j + 1) - value(i, j + 1)) * u;
        return top + (bottom - top) * v;
    }
    // Octaves, each of half the size and `gain` times the height of the one before.
    [[nodiscard]] float fractal(float x, int octaves, float gain = 0.5F) const
    {
        float sum = 0;
        float height = 1;
        for (int octave = 0; octave < octaves; ++octave) {
            sum += height * at(x + 17.3F * static_cast<float>(octave));
            height *= gain;
            x *= 2.03F;
        }
        return sum;
    }
    [[nodiscard]] float fractal(float x, float y, int octaves, float gain = 0.5F) const
    {
        float sum = 0;
        float height = 1;
        for (int octave = 0; octave < octaves; ++octave) {
            sum += height * at(x + 17.3F * static_cast<float>(octave), y);
            height *= gain;
            x *= 2.03F;
            y *= 2.03F;
        }
        return sum;
    }

private:
    [[nodiscard]] static constexpr float fromBits(quint32 h)
    {
        h ^= h >> 16;
        h *= 0x7feb352dU;
        h ^= h >> 15;
        h *= 0x846ca68bU;
        h ^= h >> 16;
        return static_cast<float>(h >> 8) * 0x1p-23F - 1.0F;
    }
    [[nodiscard]] constexpr float slope(int i) const
    {
        return fromBits(static_cast<quint32>(i) * 0x9e3779b1U ^ m_seed);
    }
    [[nodiscard]] constexpr float value(int i, int j) const
    {
        return fromBits((static_cast<quint32>(i) * 0x9e3779b1U + 0x7f4a7c15U) ^
                        (static_cast<quint32>(j) * 0x85ebca77U) ^ m_seed);
    }

    quint32 m_seed;
};

} // namespace seedbook::practice
