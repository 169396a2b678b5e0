#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QSize>
#include <QString>

class QPainter;
class QPixmap;

namespace seedbook {

// The painter's tools that tiles and pictures share. All expect antialiasing to be on.

// Text in at most `lines` lines, the last one elided, centred in `rect` both ways. Returns the
// height used; paints nothing with a null painter.
int paintWords(QPainter* painter, const QRect& rect, const QFont& font, const QString& text,
    int lines, Qt::Alignment vertical = Qt::AlignVCenter);
// A triangle (a warning) or a disc (a danger) with an exclamation mark.
void paintSign(QPainter& painter, const QRectF& rect, const QColor& colour, bool triangle);
// The largest rectangle of that aspect in `box`, centred, on whole device pixels.
[[nodiscard]] QRectF fitted(const QSize& size, const QRect& box, qreal devicePixelRatio);
// The pixmap with round corners; at its own size no pixel is touched.
void paintRounded(QPainter& painter, const QRectF& rect, const QPixmap& pixmap, qreal radius);
[[nodiscard]] QColor faded(QColor colour, qreal alpha);

} // namespace seedbook
