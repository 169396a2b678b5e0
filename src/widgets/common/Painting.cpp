#include "widgets/common/Painting.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace seedbook {

QColor faded(QColor colour, qreal alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

int paintWords(QPainter* painter, const QRect& rect, const QFont& font, const QString& text,
    int lines, Qt::Alignment vertical)
{
    const QFontMetrics metrics(font);
    lines = std::min(lines, rect.height() / std::max(1, metrics.height()));
    if (lines < 1 || rect.width() < 1)
        return 0;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList shown;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(rect.width());
        if (shown.size() + 1 == lines) {
            // elidedText() decides whether the rest fits: it does where this is the last line
            // anyway.
            shown.append(
                metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, rect.width()));
            break;
        }
        shown.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();

    const int height = static_cast<int>(shown.size()) * metrics.height();
    if (!painter)
        return height;
    painter->setFont(font);
    int top = rect.top();
    if (vertical.testFlag(Qt::AlignVCenter))
        top += (rect.height() - height) / 2;
    else if (vertical.testFlag(Qt::AlignBottom))
        top += rect.height() - height;
    for (const QString& line : std::as_const(shown)) {
        painter->drawText(QRect(rect.left(), top, rect.width(), metrics.height()),
            Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine, line);
        top += metrics.height();
    }
    return height;
}

void paintSign(QPainter& painter, const QRectF& rect, const QColor& colour, bool triangle)
{
    painter.save();
    const qreal side = rect.width();
    QPainterPath path;
    if (triangle) {
        QPolygonF corners;
        corners << QPointF(0.5, 0.1) << QPointF(0.96, 0.9) << QPointF(0.04, 0.9);
        for (QPointF& corner : corners)
            corner = rect.topLeft() + corner * side;
        path.addPolygon(corners);
        path.closeSubpath();
    } else {
        path.addEllipse(rect.adjusted(side * 0.04, side * 0.04, -side * 0.04, -side * 0.04));
    }
    painter.setPen(
        QPen(colour, std::max(1.2, side * 0.09), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(faded(colour, 0.14));
    painter.drawPath(path);
    const qreal top = triangle ? 0.40 : 0.27;
    const qreal middle = triangle ? 0.62 : 0.55;
    const qreal dot = triangle ? 0.76 : 0.73;
    painter.drawLine(
        rect.topLeft() + QPointF(0.5, top) * side, rect.topLeft() + QPointF(0.5, middle) * side);
    painter.drawPoint(rect.topLeft() + QPointF(0.5, dot) * side);
    painter.restore();
}

QRectF fitted(const QSize& size, const QRect& box, qreal devicePixelRatio)
{
    QSizeF scaled =
        QSizeF(size.isEmpty() ? QSize(16, 9) : size).scaled(box.size(), Qt::KeepAspectRatio);
    const auto snap = [devicePixelRatio](qreal value) {
        return std::round(value * devicePixelRatio) / devicePixelRatio;
    };
    scaled = {std::max(1.0, snap(scaled.width())), std::max(1.0, snap(scaled.height()))};
    return {QPointF(snap(box.left() + (box.width() - scaled.width()) / 2),
                snap(box.top() + (box.height() - scaled.height()) / 2)),
        scaled};
}

void paintRounded(QPainter& painter, const QRectF& rect, const QPixmap& pixmap, qreal corner)
{
    // As a brush rather than through a clip: a clip's edge is not antialiased.
    QPixmap plain = pixmap;
    plain.setDevicePixelRatio(1);
    QBrush brush(plain);
    QTransform toRect;
    toRect.translate(rect.left(), rect.top());
    toRect.scale(rect.width() / plain.width(), rect.height() / plain.height());
    brush.setTransform(toRect);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawRoundedRect(rect, corner, corner);
    painter.restore();
}

} // namespace seedbook
