#include "widgets/common/ElidedLabel.h"

#include "widgets/common/PlainWords.h"

#include <QPainter>
#include <QStyle>

namespace seedbook {

namespace {

// Measuring a line has a cost; nobody reads on past this.
constexpr qsizetype longestLabel = 2000;

} // namespace

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString& text)
{
    m_text = text.first(qMin(text.size(), longestLabel)).simplified();
    setAccessibleName(m_text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text), fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(u'…') * 3, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    style()->drawItemText(&painter, rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        palette(), isEnabled(), fontMetrics().elidedText(m_text, m_mode, width()),
        foregroundRole());
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::updateToolTip()
{
    setToolTip(plainTip(sizeHint().width() > width() ? m_text : QString()));
}

} // namespace seedbook

#include "moc_ElidedLabel.cpp"
