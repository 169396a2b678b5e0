#include "widgets/gallery/TileDelegate.h"

#include "widgets/common/Painting.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Stars.h"
#include "widgets/common/Theme.h"
#include "widgets/gallery/TilePainting.h"
#include "widgets/live/JobStatusIcons.h"
#include "widgets/live/JobText.h"
#include "widgets/live/PictureListModel.h"

#include <QAbstractItemView>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qreal corner = 4; // subtle: the picture's corners belong to the artist
constexpr int defaultWidth = 200;

QColor mixed(const QColor& a, const QColor& b, float part)
{
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * part,
        a.greenF() + (b.greenF() - a.greenF()) * part, a.blueF() + (b.blueF() - a.blueF()) * part);
}

QString buttonTip(TileButton button, const Job& job, const QueueCondition& condition)
{
    switch (button) {
    case TileButton::Cancel:
        return cancelTip(job);
    case TileButton::TryAgain:
        return tryAgainTip(job, condition);
    case TileButton::Dismiss:
        return dismissTip(job);
    case TileButton::ResumeQueue:
        return resumeQueueTip(condition);
    case TileButton::None:
        break;
    }
    return {};
}

constexpr int badgeGap = 6;
constexpr qsizetype seedDigits = 10; // of the largest
constexpr qreal rejectedOpacity = 0.32;

int widestSeed(const QFont& font)
{
    return QFontMetrics(font).horizontalAdvance(Seed::fromNumber(Seed::largest)->text());
}

// "practice", on what a practice service made; "unclaimed", on what came after the person had
// stopped waiting.
struct Badge
{
    Badge(QFont base, bool practice)
        : text(practice ? TileDelegate::tr("practice") : TileDelegate::tr("unclaimed"))
        , font(std::move(base))
    {
        font.setPointSizeF(std::max(6.5, font.pointSizeF() * 0.85));
        width = QFontMetrics(font).horizontalAdvance(text) + 10;
    }
    void paint(QPainter& painter, const QRectF& place, const QColor& ground, const QColor& line,
        const QColor& ink) const
    {
        painter.setBrush(ground);
        painter.setPen(line);
        painter.drawRoundedRect(
            place.adjusted(0.5, 0.5, -0.5, -0.5), place.height() / 2, place.height() / 2);
        painter.setPen(ink);
        painter.setFont(font);
        painter.drawText(place, Qt::AlignCenter, text);
    }

    QString text;
    QFont font;
    int width = 0;
};

} // namespace

TileDelegate::TileDelegate(const PictureListModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_layout(defaultWidth, QGuiApplication::font())
    , m_cell(m_layout.cellSize())
    , m_widestSeed(widestSeed(m_layout.font()))
{
}

void TileDelegate::setBoxWidth(int width, const QFont& font)
{
    m_layout = TileLayout(width, font);
    m_cell = m_layout.cellSize();
    m_widestSeed = widestSeed(m_layout.font());
}

bool TileDelegate::setHot(JobId job, TileButton button, bool pressed)
{
    if (m_hotJob == job && m_hotButton == button && m_pressed == pressed)
        return false;
    m_hotJob = job;
    m_hotButton = button;
    m_pressed = pressed;
    return true;
}

QSize TileDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return m_cell;
}

void TileDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto entry = index.data(PictureListModel::EntryRole).value<PictureEntry>();
    const auto job = index.data(PictureListModel::JobRole).value<JobPtr>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option);
    if (!job) {
        if (entry.rating < 0)
            painter->setOpacity(rejectedOpacity);
        paintPicture(*painter, option, index, entry);
        painter->setOpacity(1);
        paintCaption(*painter, option,
            {index.data().toString(), entry.has(PictureEntry::Practice),
                entry.has(PictureEntry::Unclaimed), entry.rating,
                entry.has(PictureEntry::OtherSeed)});
    } else {
        const bool hot = job->id == m_hotJob;
        const QueueCondition condition = m_model.live().condition();
        JobTile{*job, m_layout, option.rect, option.palette, condition,
            QDateTime::currentDateTimeUtc(), hot ? m_hotButton : TileButton::None, hot && m_pressed}
            .paint(*painter);
        paintCaption(*painter, option,
            {job->request.seedText(), job->practice, job->unclaimed, 0, false, job.get()});
    }
    painter->restore();
}

void TileDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    const QRect box = m_layout.box(option.rect);
    const QRect caption = m_layout.caption(option.rect);
    const int out = TileLayout::padding - 2;
    const QRectF frame =
        QRectF(box.united(caption)).adjusted(-out + 0.5, -out + 0.5, out - 0.5, out - 0.5);
    const QPalette& palette = option.palette;
    const QColor ground = palette.color(QPalette::Window);
    const QColor accent = accentColour(palette);
    if (selected) {
        painter.setBrush(mixed(
            ground, accent, focus || option.state.testFlag(QStyle::State_Active) ? 0.18F : 0.10F));
        painter.setPen(QPen(focus ? accent : mixed(ground, accent, 0.6F), focus ? 2 : 1));
        painter.drawRoundedRect(frame, 7, 7);
    } else if (focus) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(accent, 1.5, Qt::DashLine));
        painter.drawRoundedRect(frame, 7, 7);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.setBrush(mixed(ground, palette.color(QPalette::Text), 0.06F));
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(frame, 7, 7);
    }
}

void TileDelegate::paintPicture(QPainter& painter, const QStyleOptionViewItem& option,
    const QModelIndex& index, const PictureEntry& entry) const
{
    const QRect box = m_layout.box(option.rect);
    const QPixmap pixmap = index.data(Qt::DecorationRole).value<QPixmap>();
    const qreal ratio = painter.device()->devicePixelRatioF();
    if (!pixmap.isNull()) {
        const QRectF place = fitted(pixmap.size(), box, ratio);
        paintRounded(painter, place, pixmap, corner);
        // Where the badge and a long seed cannot share the line below, all badges are up here.
        const bool practice = entry.has(PictureEntry::Practice);
        const bool unclaimed = entry.has(PictureEntry::Unclaimed);
        const Badge badge(m_layout.font(), practice && !unclaimed);
        if ((practice || unclaimed) && m_widestSeed + badgeGap + badge.width > box.width()) {
            const qreal right = std::max(place.right() - 3, box.left() + qreal(badge.width));
            badge.paint(painter,
                QRectF(right - badge.width, place.top() + 3, badge.width,
                    QFontMetrics(badge.font).height() + 2),
                QColor(20, 20, 20, 190), Qt::transparent, QColor(240, 240, 240));
        }
        return;
    }
    const QPalette& palette = option.palette;
    const QRectF place = fitted({entry.width, entry.height}, box, ratio);
    const QColor tone =
        mixed(palette.color(QPalette::Window), palette.color(QPalette::Text), 0.09F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone);
    const QString failure = index.data(PictureListModel::FailureRole).toString();
    if (failure.isEmpty()) {
        painter.drawRoundedRect(place, corner, corner);
        return;
    }
    // The words need more room than the picture's own shape may have.
    painter.drawRoundedRect(box, corner, corner);
    const int side = m_layout.isStacked() ? 16 : std::clamp(box.height() / 7, 20, 34);
    const QRect inner = box.adjusted(6, 6, -6, -6);
    const int height = paintWords(
        nullptr, inner.adjusted(0, side + 6, 0, 0), m_layout.font(), failure, m_layout.mostLines());
    const int top = inner.top() + std::max(0, (inner.height() - side - 6 - height) / 2);
    paintSign(painter, QRectF(inner.center().x() - side / 2.0 + 0.5, top, side, side),
        warningColour(palette), true);
    painter.setPen(palette.color(QPalette::Text));
    paintWords(&painter, inner.adjusted(0, top + side + 6 - inner.top(), 0, 0), m_layout.font(),
        failure, m_layout.mostLines(), Qt::AlignTop);
}

void TileDelegate::paintCaption(
    QPainter& painter, const QStyleOptionViewItem& option, const Caption& caption) const
{
    const auto& [seed, practice, unclaimed, rating, otherSeed, job] = caption;
    QRect line = m_layout.caption(option.rect);
    const QPalette& palette = option.palette;
    const QFontMetrics metrics(m_layout.font());

    if (job && m_layout.isStacked() && signColour(*job, palette).isValid()) {
        const int side = metrics.height() - 2;
        paintSign(painter, QRectF(line.left(), line.top() + 1, side, side),
            signColour(*job, palette), isTriangle(*job));
        line.setLeft(line.left() + side + 4);
    }

    if (otherSeed) {
        const int side = metrics.height() - 2;
        paintSign(
            painter, QRectF(line.left(), line.top() + 1, side, side), warningColour(palette), true);
        line.setLeft(line.left() + side + 4);
    }
    if (practice || unclaimed) {
        const Badge badge(m_layout.font(), practice && !unclaimed);
        // On a tile it may go where this seed, not the longest one, leaves it room.
        const int seedWidth = job ? metrics.horizontalAdvance(seed) : m_widestSeed;
        if (seedWidth + badgeGap + badge.width <= line.width()) {
            const QRect place(
                line.right() + 1 - badge.width, line.top(), badge.width, line.height());
            badge.paint(
                painter, place, Qt::transparent, borderColour(palette), subtleTextColour(palette));
            line.setRight(place.left() - badgeGap);
        }
    }
    painter.setFont(m_layout.font());
    if (rating != 0) {
        // Beside the seed; where that would cut it short, as one star with the number.
        const int height = line.height();
        const int seedWidth = metrics.horizontalAdvance(seed) + badgeGap;
        const bool brief = seedWidth + ratingWidth(rating, height) > line.width();
        const int width = ratingWidth(rating, height, brief);
        const int left = std::min(line.left() + seedWidth, line.right() + 1 - width);
        paintRating(painter, QRectF(left, line.top(), width, height), rating, accentColour(palette),
            dangerColour(palette), brief);
        line.setRight(left - badgeGap / 2);
    }
    painter.setPen(option.state.testFlag(QStyle::State_Selected) ? palette.color(QPalette::Text)
                                                                 : subtleTextColour(palette));
    const bool fits = m_widestSeed <= line.width() && seed.size() <= seedDigits;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        fits ? seed : metrics.elidedText(seed, Qt::ElideRight, line.width()));
}

bool TileDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto job = index.data(PictureListModel::JobRole).value<JobPtr>();
    if (event->type() == QEvent::ToolTip && job) {
        const QueueCondition condition = m_model.live().condition();
        const TileButton button =
            m_layout.buttonAt(option.rect, *job, condition, event->pos()).button;
        if (button != TileButton::None) {
            QToolTip::showText(
                event->globalPos(), plainTip(buttonTip(button, *job, condition)), view);
            return true;
        }
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace seedbook

#include "moc_TileDelegate.cpp"
