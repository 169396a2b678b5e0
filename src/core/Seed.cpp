#include "core/Seed.h"

#include <QRandomGenerator>

namespace seedbook {

std::optional<Seed> Seed::fromNumber(qint64 number)
{
    if (number < smallest || number > largest)
        return std::nullopt;
    return Seed(number);
}

std::optional<Seed> Seed::fromText(const QString& text)
{
    bool ok = false;
    const qint64 number = text.trimmed().toLongLong(&ok);
    return ok ? fromNumber(number) : std::nullopt;
}

Seed Seed::random(QRandomGenerator& generator)
{
    return Seed(generator.bounded(qint64{1}, largest + 1));
}

Seed Seed::next(qint64 by) const
{
    constexpr qint64 count = largest + 1;
    return Seed(((m_number + by) % count + count) % count);
}

} // namespace seedbook
