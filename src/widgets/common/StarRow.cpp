#include "widgets/common/StarRow.h"

#include "widgets/common/Commands.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Stars.h"
#include "widgets/common/Theme.h"

#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int mostStars = 5;
constexpr int side = 20;
constexpr int step = 24; // from one star to the next
constexpr int crossGap = 10;
constexpr int edge = 2; // room for the focus frame

// A value from −1 to 5, told in words.
class StarAccess final : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit StarAccess(StarRow* row)
        : QAccessibleWidget(row, QAccessible::Slider)
    {
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Value)
            return QAccessibleWidget::text(kind);
        const QString words = ratingText(row()->rating());
        return words.isEmpty() ? StarRow::tr("no rating") : words;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QVariant currentValue() const override { return row()->rating(); }
    void setCurrentValue(const QVariant& value) override
    {
        Q_EMIT row()->chosen(std::clamp(value.toInt(), -1, mostStars));
    }
    [[nodiscard]] QVariant maximumValue() const override { return mostStars; }
    [[nodiscard]] QVariant minimumValue() const override { return -1; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    [[nodiscard]] StarRow* row() const { return qobject_cast<StarRow*>(object()); }
};

QAccessibleInterface* makeAccess(const QString& className, QObject* object)
{
    auto* row = className == "seedbook::StarRow"_L1 ? qobject_cast<StarRow*>(object) : nullptr;
    return row ? new StarAccess(row) : nullptr;
}

} // namespace

StarRow::StarRow(QWidget* parent)
    : QWidget(parent)
{
    QAccessible::installFactory(makeAccess); // once, however often it is given
    setAccessibleName(tr("Rating"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StarRow::setRating(int rating)
{
    rating = std::clamp(rating, -1, mostStars);
    if (rating == m_rating)
        return;
    m_rating = rating;
    update();
    QAccessibleValueChangeEvent event(this, rating);
    QAccessible::updateAccessibility(&event);
}

QSize StarRow::sizeHint() const
{
    return {placeOf(-1).right() + 1 + edge, side + 2 * edge};
}

QRect StarRow::placeOf(int rating) const
{
    const int left = rating < 0 ? mostStars * step + crossGap : (rating - 1) * step;
    return {edge + left, edge, side, side};
}

int StarRow::ratingAt(QPoint position) const
{
    for (const int rating : {-1, 1, 2, 3, 4, 5}) {
        // The gaps belong to the stars: a miss by a pixel is none.
        if (placeOf(rating).adjusted(-2, -edge, 2, edge).contains(position))
            return rating;
    }
    return 0;
}

bool StarRow::event(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hovered != 0) {
        m_hovered = 0;
        update();
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int at = ratingAt(help->pos());
        if (at == 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(),
                plainTip(at == m_rating ? tr("Take it back")
                         : at < 0       ? tr("Reject (X)")
                                        : tr("%1 (%2)").arg(ratingText(at)).arg(at)),
                this);
        return true;
    }
    return QWidget::event(event);
}

void StarRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor full = accentColour(palette());
    const QColor quiet = subtleTextColour(palette());
    const int shown = m_hovered > 0 ? m_hovered : m_hovered < 0 ? 0 : m_rating;
    for (int star = 1; star <= mostStars; ++star) {
        const bool filled = star <= shown;
        paintStar(painter, placeOf(star), filled ? full : quiet, filled);
    }
    const bool rejected = m_rating < 0 || m_hovered < 0;
    paintCross(painter, QRectF(placeOf(-1)).adjusted(1, 1, -1, -1),
        rejected ? dangerColour(palette()) : quiet);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(full);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void StarRow::mousePressEvent(QMouseEvent* event)
{
    const int at = ratingAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || at == 0) {
        event->ignore();
        return;
    }
    Q_EMIT chosen(at == m_rating ? 0 : at);
}

void StarRow::mouseMoveEvent(QMouseEvent* event)
{
    const int at = ratingAt(event->position().toPoint());
    if (at == m_hovered)
        return;
    m_hovered = at;
    update();
}

void StarRow::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (event->modifiers() & ~Qt::KeypadModifier) {
        QWidget::keyPressEvent(event);
    } else if (const int rating = keyIndex(*event, Command::Rate); rating >= 0) {
        Q_EMIT chosen(rating);
    } else if (isKeyOf(*event, Command::Reject)) {
        Q_EMIT chosen(m_rating < 0 ? 0 : -1);
    } else if (key == Qt::Key_Right || key == Qt::Key_Up) {
        if (m_rating < mostStars)
            Q_EMIT chosen(m_rating + 1);
    } else if (key == Qt::Key_Left || key == Qt::Key_Down) {
        if (m_rating > -1)
            Q_EMIT chosen(m_rating - 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace seedbook

#include "moc_StarRow.cpp"
