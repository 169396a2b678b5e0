#pragma once

#include "core/Job.h"
#include "widgets/gallery/CardLayout.h"

#include <QDateTime>
#include <QPalette>
#include <QRectF>

class QPainter;
class QPixmap;

namespace seedbook {

// The painter's tools that cards and pictures share. All expect antialiasing to be on.

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

// A job's card in its box.
struct JobCard
{
    const Job& job;
    const CardLayout& layout;
    QRect cell;
    QPalette palette;
    const QueueCondition& condition;
    QDateTime now; // of the arc, which moves smoothly; figures count to the condition's
    CardButton hovered = CardButton::None;
    bool pressed = false; // the hovered one

    void paint(QPainter& painter) const;

private:
    void paintProblem(QPainter& painter) const;
    void paintProgress(QPainter& painter) const;
    void paintQuiet(QPainter& painter) const;
    void paintButtons(QPainter& painter) const;
    [[nodiscard]] QRect content() const;
};

// The colour that a state is signalled in; invalid where none is.
[[nodiscard]] QColor signColour(const Job& job, const QPalette& palette);
// Whether the sign is the triangle: something may be mended or checked; else it is over.
[[nodiscard]] bool isTriangle(const Job& job);

} // namespace seedbook
