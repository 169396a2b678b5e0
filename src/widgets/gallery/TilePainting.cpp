#include "widgets/gallery/TilePainting.h"

#include "widgets/common/Painting.h"
#include "widgets/common/Theme.h"
#include "widgets/live/JobStatusIcons.h"
#include "widgets/live/JobText.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qreal radius = 5;
// One turn of the spinner.
constexpr qint64 turnMilliseconds = 1600;

} // namespace

void JobTile::paint(QPainter& painter) const
{
    const QRectF box = layout.box(cell);
    const QColor sign = signColour(job, palette);
    painter.setBrush(tileBackgroundColour(palette));
    painter.setPen(sign.isValid() ? faded(sign, 0.55) : borderColour(palette));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    if (hasProblem(job))
        paintProblem(painter);
    else if (isInFlight(job.state) || job.state == JobState::Received)
        paintProgress(painter);
    else
        paintQuiet(painter);
    paintButtons(painter);
}

void JobTile::paintProblem(QPainter& painter) const
{
    const QRect content = this->content();
    const QString words = summaryText(job, condition);
    painter.setPen(palette.color(QPalette::Text));
    if (layout.isStacked()) { // the sign stands beside the seed
        paintWords(&painter, content, layout.font(), words, layout.mostLines());
        return;
    }
    const int side = std::clamp(layout.boxSize().height() / 7, 20, 34);
    const int gap = 6;
    const int height = paintWords(
        nullptr, content.adjusted(0, side + gap, 0, 0), layout.font(), words, layout.mostLines());
    const int top = content.top() + std::max(0, (content.height() - side - gap - height) / 2);
    paintSign(painter, QRectF(content.center().x() - side / 2.0 + 0.5, top, side, side),
        signColour(job, palette), isTriangle(job));
    painter.setPen(palette.color(QPalette::Text));
    paintWords(&painter,
        QRect(content.left(), top + side + gap, content.width(),
            content.bottom() + 1 - top - side - gap),
        layout.font(), words, layout.mostLines(), Qt::AlignTop);
}

QRect JobTile::content() const
{
    return layout.content(cell, job, condition);
}

// An arc, and below it the state and its time.
void JobTile::paintProgress(QPainter& painter) const
{
    const QRect content = this->content();
    const int line = QFontMetrics(layout.font()).height();
    const bool stacked = layout.isStacked();
    const bool arriving = job.phase == CallPhase::Downloading || job.state == JobState::Received;
    const QString time = arriving ? QString() : timeText(job, condition);
    const int gap = stacked ? 4 : 8;
    // Room for both lines at any time, so that the arc stays where it is.
    const int most = content.height() - 2 * line - gap;
    const int side =
        std::clamp(most, 12, stacked ? 40 : std::clamp(layout.boxSize().height() * 5 / 10, 40, 96));
    const int top = content.top() + std::max(0, (content.height() - side - gap - 2 * line) / 2);
    const QRectF ring = QRectF(content.left() + (content.width() - side) / 2.0, top, side, side)
                            .adjusted(2, 2, -2, -2);

    const auto gone = elapsed(job, now);
    const qreal thickness = std::clamp(side / 18.0, 2.0, 4.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(borderColour(palette), thickness));
    painter.drawEllipse(ring);
    painter.setPen(QPen(accentColour(palette), thickness, Qt::SolidLine, Qt::RoundCap));
    if (arriving) {
        painter.drawEllipse(ring);
    } else if (gone <= job.expected) {
        const double part = static_cast<double>(gone.count()) /
                            static_cast<double>(std::max<qint64>(1, job.expected.count()));
        painter.drawArc(ring, 90 * 16, -std::max(1, static_cast<int>(part * 360 * 16)));
    } else {
        const qint64 phase = gone.count() % turnMilliseconds;
        painter.drawArc(
            ring, 90 * 16 - static_cast<int>(phase * 360 * 16 / turnMilliseconds), -80 * 16);
    }

    const QRect below(content.left(), top + side + gap, content.width(), line);
    painter.setPen(palette.color(QPalette::Text));
    paintWords(&painter, below, layout.font(), stateText(job, condition), 1);
    painter.setPen(subtleTextColour(palette));
    paintWords(&painter, below.translated(0, line), layout.font(), time, 1);
}

// Waiting and Cancelled: what it is, and what it is about.
void JobTile::paintQuiet(QPainter& painter) const
{
    const QRect content = this->content();
    QFont strong = layout.font();
    strong.setWeight(QFont::DemiBold);
    const QString state = stateTimeText(job, condition);
    // Why it waits may need a second line, and a third where there is little room.
    const int stateHeight = paintWords(nullptr, content, strong, state, layout.isStacked() ? 3 : 2);
    const QRect rest = content.adjusted(0, stateHeight + 2, 0, 0);
    const int promptLines = layout.isStacked() ? 2 : 3;
    // A long prompt's first words are enough to wrap.
    const QString prompt = job.request.prompt().left(300).simplified();
    const int height = paintWords(nullptr, rest, layout.font(), prompt, promptLines);
    const int top = content.top() + (content.height() - stateHeight - 2 - height) / 2;
    painter.setPen(palette.color(QPalette::Text));
    paintWords(&painter, QRect(content.left(), top, content.width(), stateHeight), strong, state,
        layout.isStacked() ? 3 : 2, Qt::AlignTop);
    painter.setPen(subtleTextColour(palette));
    paintWords(&painter, QRect(content.left(), top + stateHeight + 2, content.width(), height),
        layout.font(), prompt, promptLines, Qt::AlignTop);
}

void JobTile::paintButtons(QPainter& painter) const
{
    const bool dark = isDark();
    for (const TileLayout::Placed& placed : layout.buttons(cell, job, condition)) {
        const bool hot = placed.button == hovered;
        QColor ground = palette.color(QPalette::Button);
        if (hot)
            ground = pressed ? (dark ? ground.darker(130) : ground.darker(114))
                             : (dark ? ground.lighter(128) : ground.darker(105));
        painter.setBrush(ground);
        painter.setPen(hot ? subtleTextColour(palette) : borderColour(palette));
        painter.drawRoundedRect(QRectF(placed.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(palette.color(QPalette::ButtonText));
        painter.setFont(layout.font());
        painter.drawText(placed.rect, Qt::AlignCenter, placed.text);
    }
}

} // namespace seedbook
