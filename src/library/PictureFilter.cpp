#include "library/PictureFilter.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct Shape
{
    PictureShape shape;
    int width;
    int height;
};
constexpr std::array shapes{Shape{PictureShape::Square, 1, 1}, Shape{PictureShape::Wide16x9, 16, 9},
    Shape{PictureShape::Tall9x16, 9, 16}, Shape{PictureShape::Wide4x3, 4, 3},
    Shape{PictureShape::Tall3x4, 3, 4}, Shape{PictureShape::Wide3x2, 3, 2},
    Shape{PictureShape::Tall2x3, 2, 3}};

} // namespace

PictureShape shapeOf(int width, int height)
{
    if (width <= 0 || height <= 0)
        return PictureShape::Other;
    const double ratio = double(width) / height;
    for (const Shape& known : shapes) {
        if (std::abs(ratio * known.height / known.width - 1) < 0.05)
            return known.shape;
    }
    return PictureShape::Other;
}

QString shapeText(PictureShape shape)
{
    for (const Shape& known : shapes) {
        if (known.shape == shape)
            return u"%1:%2"_s.arg(known.width).arg(known.height);
    }
    return {};
}

QDate beginOf(DateSpan span, const QDate& today)
{
    switch (span) {
    case DateSpan::Any:
        return {};
    case DateSpan::Today:
        return today;
    case DateSpan::Last7Days:
        return today.addDays(-6);
    case DateSpan::Last30Days:
        return today.addDays(-29);
    case DateSpan::ThisYear:
        return {today.year(), 1, 1};
    }
    return {};
}

} // namespace seedbook
