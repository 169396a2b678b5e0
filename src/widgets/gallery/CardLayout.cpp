#include "widgets/gallery/CardLayout.h"

#include "widgets/gallery/JobWords.h"

#include <QCoreApplication>
#include <QFontMetrics>

#include <algorithm>

namespace seedbook {

namespace {

constexpr double heightOfWidth = 0.86; // most pictures are wide; a square would waste their rows
constexpr int captionGap = 5;
constexpr int inset = 8; // of buttons and words from the box's edge
constexpr int gap = 6;   // between buttons
constexpr int buttonTextMargin = 8;

} // namespace

QString buttonText(CardButton button)
{
    switch (button) {
    case CardButton::Cancel:
        return QCoreApplication::translate("seedbook::CardLayout", "Cancel");
    case CardButton::TryAgain:
        return QCoreApplication::translate("seedbook::CardLayout", "Try again");
    case CardButton::Dismiss:
        return QCoreApplication::translate("seedbook::CardLayout", "Dismiss");
    case CardButton::None:
        break;
    }
    return {};
}

CardLayout::CardLayout(int width, const QFont& font)
    : m_font(font)
{
    const auto pairWidth = [this] {
        const QFontMetrics metrics(m_font);
        return 2 * (std::max(metrics.horizontalAdvance(buttonText(CardButton::TryAgain)),
                        metrics.horizontalAdvance(buttonText(CardButton::Dismiss))) +
                       2 * buttonTextMargin) +
               gap + 2 * inset;
    };
    m_compact = pairWidth() > width;
    if (m_compact)
        m_font.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.82));
    const QFontMetrics metrics(m_font);
    m_lineHeight = metrics.height();
    m_buttonHeight = m_compact ? m_lineHeight + 4 : m_lineHeight + 8;
    // A card's words and two stacked buttons have to fit, however narrow it is.
    const int least = mostLines() * m_lineHeight + 2 * m_buttonHeight + 3 * 4 + 3;
    const int wanted = static_cast<int>(width * heightOfWidth + 0.5);
    m_box = {width, m_compact ? std::max(wanted, least) : wanted};
}

QSize CardLayout::cellSize() const
{
    return {m_box.width() + 2 * padding, m_box.height() + captionGap + m_lineHeight + 2 * padding};
}

QRect CardLayout::box(const QRect& cell) const
{
    return {QPoint(cell.left() + (cell.width() - m_box.width()) / 2, cell.top() + padding), m_box};
}

QRect CardLayout::caption(const QRect& cell) const
{
    const QRect above = box(cell);
    return {above.left(), above.bottom() + 1 + captionGap, above.width(), m_lineHeight};
}

QList<CardLayout::Placed> CardLayout::buttons(const QRect& cell, const Job& job) const
{
    QList<CardButton> wanted;
    if (canCancel(job))
        wanted.append(CardButton::Cancel);
    if (canTryAgain(job))
        wanted.append(CardButton::TryAgain);
    if (canDismiss(job))
        wanted.append(CardButton::Dismiss);
    if (wanted.isEmpty())
        return {};

    const int margin = m_compact ? 4 : inset;
    const QRect inner = box(cell).adjusted(margin, margin, -margin, -margin);
    const int count = static_cast<int>(wanted.size());
    QList<Placed> placed;
    if (m_compact) {
        int top = inner.bottom() + 1 - count * m_buttonHeight - (count - 1) * 3;
        for (const CardButton button : wanted) {
            placed.append({button, {inner.left(), top, inner.width(), m_buttonHeight}});
            top += m_buttonHeight + 3;
        }
        return placed;
    }
    const QFontMetrics metrics(m_font);
    int width = 0;
    for (const CardButton button : wanted) {
        width = std::max(
            width, metrics.horizontalAdvance(buttonText(button)) + 2 * buttonTextMargin + 8);
    }
    width = std::min(width, (inner.width() - (count - 1) * gap) / count);
    int left = inner.left() + (inner.width() - count * width - (count - 1) * gap) / 2;
    for (const CardButton button : wanted) {
        placed.append({button, {left, inner.bottom() + 1 - m_buttonHeight, width, m_buttonHeight}});
        left += width + gap;
    }
    return placed;
}

CardButton CardLayout::buttonAt(const QRect& cell, const Job& job, QPoint position) const
{
    for (const Placed& placed : buttons(cell, job)) {
        if (placed.rect.contains(position))
            return placed.button;
    }
    return CardButton::None;
}

QRect CardLayout::content(const QRect& cell, const Job& job) const
{
    const int margin = m_compact ? 4 : inset;
    QRect inner = box(cell).adjusted(margin, margin, -margin, -margin);
    const QList<Placed> placed = buttons(cell, job);
    if (!placed.isEmpty())
        inner.setBottom(placed.constFirst().rect.top() - margin);
    return inner;
}

} // namespace seedbook
