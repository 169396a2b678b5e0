#include "widgets/gallery/CardPainting.h"

#include "widgets/common/Theme.h"
#include "widgets/gallery/JobWords.h"

#include <QCoreApplication>
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

QString tr(const char* text)
{
    return QCoreApplication::translate("seedbook", text);
}

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
    const QRect content = layout.content(cell, job);
    const QString words = shortWords(job);
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

void JobCard::paintProgress(QPainter& painter) const
{
    const QRect content = layout.content(cell, job);
    const QFontMetrics metrics(layout.font());
    const int wordsHeight = metrics.height();
    const int gap = layout.isStacked() ? 4 : 8;
    // Compact cards have no room for figures inside the arc.
    const int most = layout.isStacked() ? content.height() - 2 * wordsHeight - gap
                                        : content.height() - wordsHeight - gap - 8;
    const int side = std::clamp(most, 16,
        layout.isStacked() ? 40 : std::clamp(layout.boxSize().height() * 6 / 10, 56, 112));
    const int lines = layout.isStacked() ? 2 : 1;
    const int top = content.top() + (content.height() - side - gap - lines * wordsHeight) / 2;
    const QRectF ring = QRectF(content.left() + (content.width() - side) / 2.0, top, side, side)
                            .adjusted(2, 2, -2, -2);

    const auto gone = elapsed(job, now);
    const bool arriving = job.phase == CallPhase::Downloading || job.state == JobState::Received;
    const qreal thickness = std::clamp(side / 18.0, 2.5, 4.5);
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

    const QString figures = job.sent.isValid() ? elapsedWords(job, now) : QString();
    const QRect below(content.left(), top + side + gap, content.width(), wordsHeight);
    painter.setFont(layout.font());
    if (layout.isStacked()) {
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(below, Qt::AlignCenter, stateWord(job));
        painter.setPen(subtleTextColour(palette));
        painter.drawText(below.translated(0, wordsHeight), Qt::AlignCenter, figures);
        return;
    }
    painter.setPen(palette.color(QPalette::Text));
    const bool inside = metrics.horizontalAdvance(figures) + 4 * thickness < side;
    if (inside)
        painter.drawText(ring, Qt::AlignCenter, figures);
    painter.setPen(subtleTextColour(palette));
    painter.drawText(below, Qt::AlignCenter,
        inside || figures.isEmpty() ? stateWord(job) : tr("%1 · %2").arg(stateWord(job), figures));
}

// Waiting and Cancelled: what it is, and what it is about.
void JobCard::paintQuiet(QPainter& painter) const
{
    const QRect content = layout.content(cell, job);
    QFont strong = layout.font();
    strong.setWeight(QFont::DemiBold);
    const int line = QFontMetrics(strong).height();
    const int promptLines = layout.isStacked() ? 2 : 3;
    // A long prompt's first words are enough to wrap.
    const QString prompt = job.request.prompt().left(300).simplified();
    const QRect below = content.adjusted(0, line + 2, 0, 0);
    const int height = paintWords(nullptr, below, layout.font(), prompt, promptLines);
    const int top = content.top() + (content.height() - line - 2 - height) / 2;
    painter.setPen(palette.color(QPalette::Text));
    painter.setFont(strong);
    painter.drawText(
        QRect(content.left(), top, content.width(), line), Qt::AlignCenter, stateWord(job));
    painter.setPen(subtleTextColour(palette));
    paintWords(&painter, QRect(content.left(), top + line + 2, content.width(), height),
        layout.font(), prompt, promptLines, Qt::AlignTop);
}

void JobCard::paintButtons(QPainter& painter) const
{
    const bool dark = isDark();
    for (const CardLayout::Placed& placed : layout.buttons(cell, job)) {
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
