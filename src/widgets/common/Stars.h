#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace seedbook {

// A rating is −1 (rejected), 0 (none) or 1 … 5 stars.

// "3 stars", "rejected"; empty for none.
[[nodiscard]] QString ratingText(int rating);

// One star that fills the square. Antialiasing is expected to be on, here and below.
void paintStar(QPainter& painter, const QRectF& square, const QColor& colour, bool filled);
// The mark of a rejected picture.
void paintCross(QPainter& painter, const QRectF& square, const QColor& colour);

// A rating as it stands in a line of text: its stars, or the cross; or in little room one star and
// the number. `height` is the line's.
[[nodiscard]] int ratingWidth(int rating, int height, bool brief = false);
void paintRating(QPainter& painter, const QRectF& place, int rating, const QColor& stars,
    const QColor& cross, bool brief = false);

} // namespace seedbook
