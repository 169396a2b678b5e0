#pragma once

#include <QString>
#include <QtGlobal>

#include <compare>
#include <optional>

class QRandomGenerator;

namespace seedbook {

// The number that fixes a picture's variation: 0 … 2147483647, the range the model's own demo uses
// (the service documents none). A Seed is always concrete; "random" is a mode of whoever asks.
class Seed final
{
public:
    static constexpr qint64 smallest = 0;
    static constexpr qint64 largest = 2147483647;
    // Accepted wherever a seed is typed, and means "random". Never a Seed.
    static constexpr qint64 randomSentinel = -1;

    [[nodiscard]] static std::optional<Seed> fromNumber(qint64 number);
    // Digits with white space around them, as a person pastes them.
    [[nodiscard]] static std::optional<Seed> fromText(const QString& text);
    // A fresh seed, 1 … 2147483647.
    [[nodiscard]] static Seed random(QRandomGenerator& generator);

    [[nodiscard]] qint64 number() const { return m_number; }
    [[nodiscard]] QString text() const { return QString::number(m_number); }
    // The seed `by` further on; past the end it goes on at 0.
    [[nodiscard]] Seed next(qint64 by = 1) const;

    friend auto operator<=>(const Seed&, const Seed&) = default;

private:
    explicit Seed(qint64 number)
        : m_number(number)
    {
    }
    qint64 m_number;
};

} // namespace seedbook
