#include "widgets/viewer/OverlayLine.h"

#include "core/Text.h"
#include "widgets/common/Theme.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>

namespace seedbook {

namespace {

constexpr std::chrono::seconds noteTime{3};
constexpr std::chrono::seconds problemTime{15};
constexpr qsizetype longest = 600;
constexpr int widestLine = 620;
constexpr int lineMargin = 16;

} // namespace

OverlayLine::OverlayLine(QWidget* parent)
    : PlainLabel(parent)
{
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setContentsMargins(16, 9, 16, 9);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OverlayLine::leave);
    hide();
}

void OverlayLine::say(const QString& words, bool isError)
{
    QPalette colours = palette();
    colours.setColor(
        QPalette::WindowText, isError ? dangerColour(parentWidget()->palette())
                                      : parentWidget()->palette().color(QPalette::WindowText));
    setPalette(colours);
    setText(elided(words, longest));
    place(m_area);
    show();
    raise();
    m_timer.start(isError ? problemTime : noteTime);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void OverlayLine::leave()
{
    m_timer.stop();
    hide();
    clear();
}

void OverlayLine::place(const QRect& area)
{
    m_area = area;
    const int room = std::max(0, std::min(widestLine, area.width() - 2 * lineMargin));
    const int sides = contentsMargins().left() + contentsMargins().right();
    const int line = fontMetrics().horizontalAdvance(text()) + sides + 2;
    const int width = std::min(line, room);
    const int height = std::min(heightForWidth(width), std::max(0, area.height() - 2 * lineMargin));
    setGeometry(
        area.center().x() - width / 2, area.bottom() + 1 - lineMargin - height, width, height);
}

void OverlayLine::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QColor(255, 255, 255, 36));
    painter.setBrush(QColor(14, 14, 14, 230));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.end();
    QLabel::paintEvent(event);
}

void OverlayLine::mousePressEvent(QMouseEvent* event)
{
    leave();
    event->accept();
}

} // namespace seedbook

#include "moc_OverlayLine.cpp"
