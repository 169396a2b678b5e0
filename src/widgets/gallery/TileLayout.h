#pragma once

#include "core/Job.h"
#include "widgets/live/QueueCondition.h"

#include <QFont>
#include <QList>
#include <QRect>
#include <QString>

namespace seedbook {

enum class TileButton { None, Cancel, TryAgain, Dismiss, ResumeQueue };

// Where things lie in a gallery cell, in logical pixels: the picture's box above one line of text.
// Painting and hit testing both ask here.
class TileLayout final
{
public:
    static constexpr int padding = 8; // around everything, so that a selection has ground to show

    // `width` is the picture box's.
    TileLayout(int width, const QFont& font);

    // The smallest cell.
    [[nodiscard]] QSize cellSize() const;
    [[nodiscard]] QSize boxSize() const { return m_box; }
    // So narrow that buttons lie one above the other and the sign stands beside the seed.
    [[nodiscard]] bool isStacked() const { return m_stacked; }
    [[nodiscard]] const QFont& font() const { return m_font; }
    // How many lines a problem's words may take.
    [[nodiscard]] int mostLines() const { return m_stacked ? 4 : 3; }

    [[nodiscard]] QRect box(const QRect& cell) const;
    [[nodiscard]] QRect caption(const QRect& cell) const;

    struct Placed
    {
        TileButton button = TileButton::None;
        QString text;
        QRect rect;
    };
    // Those of the job's state, at the foot of the box.
    [[nodiscard]] QList<Placed> buttons(
        const QRect& cell, const Job& job, const QueueCondition& condition) const;
    // The one there, or none.
    [[nodiscard]] Placed buttonAt(
        const QRect& cell, const Job& job, const QueueCondition& condition, QPoint position) const;
    // What is left of the box above the buttons.
    [[nodiscard]] QRect content(
        const QRect& cell, const Job& job, const QueueCondition& condition) const;

private:
    [[nodiscard]] int buttonWidth(const QString& text) const;

    QSize m_box;
    QFont m_font;
    int m_lineHeight = 0;
    int m_buttonHeight = 0;
    bool m_stacked = false;
};

} // namespace seedbook
