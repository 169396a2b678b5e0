#include "widgets/gallery/TileLayout.h"

#include "core/Words.h"
#include "widgets/live/JobText.h"

#include <QFontMetrics>

#include <algorithm>

namespace seedbook {

namespace {

constexpr double heightOfWidth = 0.86; // most pictures are wide; a square would waste their rows
constexpr int captionGap = 5;
constexpr int inset = 8; // of buttons and words from the box's edge
constexpr int gap = 6;   // between buttons
constexpr int buttonTextMargin = 8;
constexpr int stackInset = 4; // the same where buttons are stacked
constexpr int stackGap = 3;

// What a button is called; in few words where there is little room.
QString buttonText(TileButton button, const Job& job, const QueueCondition& condition, bool brief)
{
    switch (button) {
    case TileButton::Cancel:
        return cancelText(job);
    case TileButton::TryAgain:
        if (brief && job.state == JobState::Unknown)
            return Words::tr("Send again");
        return tryAgainText(job, condition);
    case TileButton::Dismiss:
        return dismissText(job);
    case TileButton::ResumeQueue:
        return resumeQueueText(condition);
    case TileButton::None:
        break;
    }
    return {};
}

} // namespace

TileLayout::TileLayout(int width, const QFont& font)
    : m_font(font)
{
    const auto fitsPair = [this, width] {
        return 2 * buttonWidth(Words::tr("Retry now")) + gap + 2 * inset <= width;
    };
    // First the words give way, then the buttons' places.
    const bool narrow = !fitsPair();
    if (narrow)
        m_font.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.82));
    m_stacked = narrow && !fitsPair();
    m_lineHeight = QFontMetrics(m_font).height();
    m_buttonHeight = m_lineHeight + (m_stacked ? 4 : narrow ? 6 : 8);
    // A tile's words and two stacked buttons have to fit, however narrow it is.
    const int least = mostLines() * m_lineHeight + 2 * m_buttonHeight + stackGap + 3 * stackInset;
    const int wanted = static_cast<int>(width * heightOfWidth + 0.5);
    m_box = {width, m_stacked ? std::max(wanted, least) : wanted};
}

int TileLayout::buttonWidth(const QString& text) const
{
    return QFontMetrics(m_font).horizontalAdvance(text) + 2 * buttonTextMargin;
}

QSize TileLayout::cellSize() const
{
    return {m_box.width() + 2 * padding, m_box.height() + captionGap + m_lineHeight + 2 * padding};
}

QRect TileLayout::box(const QRect& cell) const
{
    return {QPoint(cell.left() + (cell.width() - m_box.width()) / 2, cell.top() + padding), m_box};
}

QRect TileLayout::caption(const QRect& cell) const
{
    const QRect above = box(cell);
    return {above.left(), above.bottom() + 1 + captionGap, above.width(), m_lineHeight};
}

QList<TileLayout::Placed> TileLayout::buttons(
    const QRect& cell, const Job& job, const QueueCondition& condition) const
{
    QList<TileButton> wanted;
    if (canCancel(job))
        wanted.append(TileButton::Cancel);
    if (canResumeQueue(job, condition))
        wanted.append(TileButton::ResumeQueue);
    else if (canTryAgain(job, condition))
        wanted.append(TileButton::TryAgain);
    if (canDismiss(job))
        wanted.append(TileButton::Dismiss);
    if (wanted.isEmpty())
        return {};

    const int margin = m_stacked ? stackInset : inset;
    const QRect inner = box(cell).adjusted(margin, margin, -margin, -margin);
    const int count = static_cast<int>(wanted.size());
    QList<Placed> placed;
    int widest = 0;
    for (const TileButton button : wanted) {
        placed.append({button, buttonText(button, job, condition, m_stacked), {}});
        widest = std::max(widest, buttonWidth(placed.last().text));
    }
    const int room = (inner.width() - (count - 1) * gap) / count;
    if (m_stacked || widest > room) { // one above the other
        int top = inner.bottom() + 1 - count * m_buttonHeight - (count - 1) * stackGap;
        for (Placed& button : placed) {
            button.rect = {inner.left(), top, inner.width(), m_buttonHeight};
            top += m_buttonHeight + stackGap;
        }
        return placed;
    }
    const int width = std::min(widest + 8, room);
    int left = inner.left() + (inner.width() - count * width - (count - 1) * gap) / 2;
    for (Placed& button : placed) {
        button.rect = {left, inner.bottom() + 1 - m_buttonHeight, width, m_buttonHeight};
        left += width + gap;
    }
    return placed;
}

TileLayout::Placed TileLayout::buttonAt(
    const QRect& cell, const Job& job, const QueueCondition& condition, QPoint position) const
{
    for (const Placed& placed : buttons(cell, job, condition)) {
        if (placed.rect.contains(position))
            return placed;
    }
    return {};
}

QRect TileLayout::content(const QRect& cell, const Job& job, const QueueCondition& condition) const
{
    const int margin = m_stacked ? stackInset : inset;
    QRect inner = box(cell).adjusted(margin, margin, -margin, -margin);
    const QList<Placed> placed = buttons(cell, job, condition);
    if (!placed.isEmpty())
        inner.setBottom(placed.constFirst().rect.top() - margin);
    return inner;
}

} // namespace seedbook
