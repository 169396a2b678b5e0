#include "widgets/gallery/PillButton.h"

#include <QPainter>

namespace seedbook {

PillButton::PillButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus); // it goes away when it is clicked
    setAttribute(Qt::WA_Hover);
}

QSize PillButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 2 * metrics.height(), metrics.height() + 12};
}

void PillButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Highlight);
    if (isDown())
        ground = ground.darker(120);
    else if (underMouse())
        ground = ground.lighter(110);
    const QRectF shape = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setBrush(ground);
    painter.setPen(QPen(palette().color(QPalette::Window), 1.5)); // sets it off from the pictures
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    painter.setPen(palette().color(QPalette::HighlightedText));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            shape.adjusted(3, 3, -3, -3), shape.height() / 2 - 3, shape.height() / 2 - 3);
    }
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace seedbook

#include "moc_PillButton.cpp"
