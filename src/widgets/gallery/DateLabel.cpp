#include "widgets/gallery/DateLabel.h"

#include "widgets/common/Theme.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

#include <chrono>

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds shownFor{1200};
constexpr int margin = 10;

} // namespace

DateLabel::DateLabel(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownFor);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
}

void DateLabel::setArea(const QRect& area)
{
    m_area = area;
    place();
}

void DateLabel::showDate(qint64 created)
{
    if (created == 0)
        return;
    const QString text =
        QLocale().toString(QDateTime::fromMSecsSinceEpoch(created).date(), QLocale::LongFormat);
    m_timer.start();
    if (text != m_text) {
        m_text = text;
        place();
        update();
    }
    if (isHidden()) {
        show();
        raise();
    }
}

void DateLabel::place()
{
    const QFontMetrics metrics(font());
    resize(metrics.horizontalAdvance(m_text) + 2 * metrics.height(), metrics.height() + 12);
    move(m_area.right() - margin - width(), m_area.top() + margin);
}

void DateLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(235);
    const QRectF shape = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(ground);
    painter.setPen(borderColour(palette()));
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace seedbook

#include "moc_DateLabel.cpp"
