#include "widgets/gallery/CardPainting.h"

#include "widgets/common/Theme.h"
#include "widgets/gallery/JobWords.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qreal radius = 5;
// One turn of the spinner.
constexpr qint64 turnMilliseconds = 1600;

QColor faded(QColor colour, qreal alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

} // namespace

int paintWords(QPainter* painter, const QRect& rect, const QFont& font, const QString& text,
    int lines, Qt::Alignment vertical)
{
    const QFontMetrics metrics(font);
    lines = std::min(lines, rect.height() / std::max(1, metrics.height()));
    if (lines < 1 || rect.width() < 1)
        return 0;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList shown;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(rect.width());
        if (shown.size() + 1 == lines) {
            // elidedText() decides whether the rest fits: it does where this is the last line
            // anyway.
            shown.append(
                metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, rect.width()));
            break;
        }
        shown.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();

    const int height = static_cast<int>(shown.size()) * metrics.height();
    if (!painter)
        return height;
    painter->setFont(font);
    int top = rect.top();
    if (vertical.testFlag(Qt::AlignVCenter))
        top += (rect.height() - height) / 2;
    else if (vertical.testFlag(Qt::AlignBottom))
        top += rect.height() - height;
    for (const QString& line : std::as_const(shown)) {
        painter->drawText(QRect(rect.left(), top, rect.width(), metrics.height()),
            Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine, line);
        top += metrics.height();
    }
    return height;
}

void paintSign(QPainter& painter, const QRectF& rect, const QColor& colour, bool triangle)
{
    painter.save();
    const qreal side = rect.width();
    QPainterPath path;
    if (triangle) {
        QPolygonF corners;
        corners << QPointF(0.5, 0.1) << QPointF(0.96, 0.9) << QPointF(0.04, 0.9);
        for (QPointF& corner : corners)
            corner = rect.topLeft() + corner * side;
        path.addPolygon(corners);
        path.closeSubpath();
    } else {
        path.addEllipse(rect.adjusted(side * 0.04, side * 0.04, -side * 0.04, -side * 0.04));
    }
    painter.setPen(
        QPen(colour, std::max(1.2, side * 0.09), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(faded(colour, 0.14));
    painter.drawPath(path);
    const qreal top = triangle ? 0.40 : 0.27;
    const qreal middle = triangle ? 0.62 : 0.55;
    const qreal dot = triangle ? 0.76 : 0.73;
    painter.drawLine(
        rect.topLeft() + QPointF(0.5, top) * side, rect.topLeft() + QPointF(0.5, middle) * side);
    painter.drawPoint(rect.topLeft() + QPointF(0.5, dot) * side);
    painter.restore();
}

QRectF fitted(const QSize& size, const QRect& box, qreal devicePixelRatio)
{
    QSizeF scaled =
        QSizeF(size.isEmpty() ? QSize(16, 9) : size).scaled(box.size(), Qt::KeepAspectRatio);
    const auto snap = [devicePixelRatio](qreal value) {
        return std::round(value * devicePixelRatio) / devicePixelRatio;
    };
    scaled = {std::max(1.0, snap(scaled.width())), std::max(1.0, snap(scaled.height()))};
    return {QPointF(snap(box.left() + (box.width() - scaled.width()) / 2),
                snap(box.top() + (box.height() - scaled.height()) / 2)),
        scaled};
}

void paintRounded(QPainter& painter, const QRectF& rect, const QPixmap& pixmap, qreal corner)
{
    // As a brush rather than through a clip: a clip's edge is not antialiased.
    QPixmap plain = pixmap;
    plain.setDevicePixelRatio(1);
    QBrush brush(plain);
    QTransform toRect;
    toRect.translate(rect.left(), rect.top());
    toRect.scale(rect.width() / plain.width(), rect.height() / plain.height());
    brush.setTransform(toRect);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawRoundedRect(rect, corner, corner);
    painter.restore();
}

QColor signColour(const Job& job, const QPalette& palette)
{
    switch (job.state) {
    case JobState::Refused:
    case JobState::Failed:
        return dangerColour(palette);
    case JobState::Unknown:
        return warningColour(palette);
    case JobState::Received:
        return hasProblem(job) ? warningColour(palette) : QColor();
    default:
        return {};
    }
}

bool isTriangle(const Job& job)
{
    return job.state == JobState::Unknown || job.state == JobState::Received;
}

void JobCard::paint(QPainter& painter) const
{
    const QRectF box = layout.box(cell);
    const QColor sign = signColour(job, palette);
    painter.setBrush(cardBackgroundColour(palette));
    painter.setPen(sign.isValid() ? faded(sign, 0.55) : borderColour(palette));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    if (hasProblem(job))
        paintProblem(painter);
    else if (isOut(job.state) || job.state == JobState::Received)
        paintProgress(painter);
    else
        paintQuiet(painter);
    paintButtons(painter);
}

void JobCard::paintProblem(QPainter& painter) const
{
    const QRect content = this->content();
    const QString words = shortWords(job, condition);
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

QRect JobCard::content() const
{
    return layout.content(cell, job, condition);
}

// An arc, and below it the state and its time.
void JobCard::paintProgress(QPainter& painter) const
{
    const QRect content = this->content();
    const int line = QFontMetrics(layout.font()).height();
    const bool stacked = layout.isStacked();
    const bool arriving = job.phase == CallPhase::Downloading || job.state == JobState::Received;
    const QString time = arriving ? QString() : timeWords(job, condition);
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
    paintWords(&painter, below, layout.font(), stateWord(job, condition), 1);
    painter.setPen(subtleTextColour(palette));
    paintWords(&painter, below.translated(0, line), layout.font(), time, 1);
}

// Waiting and Cancelled: what it is, and what it is about.
void JobCard::paintQuiet(QPainter& painter) const
{
    const QRect content = this->content();
    QFont strong = layout.font();
    strong.setWeight(QFont::DemiBold);
    const QString state = stateWords(job, condition);
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

void JobCard::paintButtons(QPainter& painter) const
{
    const bool dark = isDark();
    for (const CardLayout::Placed& placed : layout.buttons(cell, job, condition)) {
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
