#pragma once

#include <QString>
#include <QtGlobal>

#include <cmath>
#include <compare>

namespace seedbook {

// US dollars in whole micro-dollars, so that sums are exact.
class Money final
{
public:
    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fromMicros(qint64 micros) { return Money(micros); }
    // Rounds to the nearest micro-dollar. A value that is no amount of money (NaN, beyond a billion
    // dollars either way) becomes zero: it comes from headers we do not trust.
    [[nodiscard]] static Money fromUsd(double usd)
    {
        if (!std::isfinite(usd) || std::fabs(usd) > 1e9)
            return {};
        return Money(std::llround(usd * 1e6));
    }

    [[nodiscard]] constexpr qint64 micros() const { return m_micros; }
    [[nodiscard]] double usd() const { return static_cast<double>(m_micros) / 1e6; }
    // "$0.121": two decimals at least, more where the amount has them.
    [[nodiscard]] QString text() const;
    // "$0.12": to the cent, for places with little room.
    [[nodiscard]] QString shortText() const;

    // clang-tidy 14 takes the 0 in it for a pointer.
    friend constexpr auto operator<=>(
        const Money&, const Money&) = default; // NOLINT(modernize-use-nullptr)
    friend constexpr Money operator+(Money a, Money b) { return Money(a.m_micros + b.m_micros); }
    friend constexpr Money operator-(Money a, Money b) { return Money(a.m_micros - b.m_micros); }
    friend constexpr Money operator*(Money a, qint64 n) { return Money(a.m_micros * n); }
    Money& operator+=(Money other)
    {
        m_micros += other.m_micros;
        return *this;
    }

private:
    explicit constexpr Money(qint64 micros)
        : m_micros(micros)
    {
    }
    qint64 m_micros = 0;
};

// "≈$0.12": an amount that nobody has confirmed yet, as text() or shortText() shows it.
[[nodiscard]] QString estimated(const QString& amount);

} // namespace seedbook
