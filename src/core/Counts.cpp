#include "core/Counts.h"

#include "core/Words.h"

#include <algorithm>
#include <limits>

namespace seedbook {

QString imagesText(qint64 count)
{
    return Words::tr("%Ln image(s)", nullptr, pluralOf(count));
}

QString requestsText(qint64 count)
{
    return Words::tr("%Ln request(s)", nullptr, pluralOf(count));
}

QString filesText(qint64 count)
{
    return Words::tr("%Ln file(s)", nullptr, pluralOf(count));
}

int pluralOf(qint64 count)
{
    return static_cast<int>(std::clamp<qint64>(count, 0, std::numeric_limits<int>::max()));
}

} // namespace seedbook
