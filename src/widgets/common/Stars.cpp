#include "widgets/common/Stars.h"

#include "core/Words.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QPixmapCache>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr double innerRadius = 0.45; // of the outer one: a plain, slightly full star
constexpr double starOfLine = 0.74;  // of the line's height
constexpr int starGap = 1;
constexpr int numberGap = 2;

QPainterPath starPath(const QRectF& square)
{
    QPainterPath path;
    // A star's points reach less far down than up; it looks centred when its bounds are.
    const double radius = square.width() / 2;
    const QPointF centre = square.center() + QPointF(0, radius * 0.06);
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        const double reach = i % 2 == 0 ? radius : radius * innerRadius;
        const QPointF point = centre + QPointF(std::cos(angle), std::sin(angle)) * reach;
        if (i == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

int starSide(int height)
{
    return static_cast<int>(height * starOfLine + 0.5);
}

// A gallery paints some hundred of them at once, all the same.
QPixmap starPixmap(int side, const QColor& colour, qreal devicePixelRatio)
{
    const QString key =
        u"seedbook-star-%1-%2-%3"_s.arg(side).arg(colour.rgba(), 0, 16).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap((QSizeF(side, side) * devicePixelRatio).toSize());
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintStar(painter, QRectF(0, 0, side, side), colour, true);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

QString ratingText(int rating)
{
    if (rating < 0)
        return Words::tr("rejected");
    if (rating == 0)
        return {};
    return Words::tr("%n star(s)", nullptr, rating);
}

void paintStar(QPainter& painter, const QRectF& square, const QColor& colour, bool filled)
{
    painter.setPen(QPen(
        colour, std::max(1.0, square.width() / 14), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    const double inset = square.width() * 0.06;
    painter.drawPath(starPath(square.adjusted(inset, inset, -inset, -inset)));
}

void paintCross(QPainter& painter, const QRectF& square, const QColor& colour)
{
    const double inset = square.width() * 0.2;
    const QRectF cross = square.adjusted(inset, inset, -inset, -inset);
    painter.setPen(QPen(colour, std::max(1.4, square.width() / 8), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(cross.topLeft(), cross.bottomRight());
    painter.drawLine(cross.topRight(), cross.bottomLeft());
}

int ratingWidth(int rating, int height, bool brief)
{
    const int side = starSide(height);
    if (rating == 0)
        return 0;
    if (rating < 0)
        return side;
    return brief ? side + numberGap + side * 2 / 3 : rating * (side + starGap) - starGap;
}

void paintRating(QPainter& painter, const QRectF& place, int rating, const QColor& stars,
    const QColor& cross, bool brief)
{
    const int side = starSide(static_cast<int>(place.height()));
    QRectF square(place.left(), place.center().y() - side / 2.0, side, side);
    if (rating < 0) {
        paintCross(painter, square, cross);
        return;
    }
    if (brief && rating > 0) {
        paintStar(painter, square, stars, true);
        painter.setPen(stars);
        painter.drawText(QRectF(square.right() + numberGap, place.top(), side, place.height()),
            Qt::AlignLeft | Qt::AlignVCenter, QString::number(rating));
        return;
    }
    const QPixmap star = starPixmap(side, stars, painter.device()->devicePixelRatioF());
    for (int i = 0; i < rating; ++i, square.translate(side + starGap, 0))
        painter.drawPixmap(square.topLeft().toPoint(), star);
}

} // namespace seedbook
