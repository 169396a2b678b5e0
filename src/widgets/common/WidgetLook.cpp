#include "widgets/common/WidgetLook.h"

#include "widgets/common/Icons.h"
#include "widgets/common/Theme.h"

#include <QDockWidget>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qreal radius = 4;
constexpr int grooveHeight = 4;
constexpr int handleSize = 14;
constexpr int scrollBarWidth = 12;
constexpr int menuRightMargin = 15; // as Fusion leaves for the arrow of a submenu
constexpr int titleIndent = 6;      // puts a dock's title in line with the panel in it

bool has(const QStyleOption* option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

// A colour between two, `share` of the way from the first.
QColor between(const QColor& from, const QColor& to, qreal share)
{
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

QColor lineColour(const QStyleOption* option, bool focus)
{
    if (focus)
        return accentColour(option->palette);
    const QColor line = borderColour(option->palette);
    return has(option, QStyle::State_Enabled) && has(option, QStyle::State_MouseOver)
               ? between(line, option->palette.color(QPalette::WindowText), 0.25)
               : line;
}

// The outline runs through the middle of the pixels at the rim, so that it is sharp.
void drawField(QPainter* painter, const QRect& rect, const QColor& ground, const QColor& line,
    qreal width = 1, qreal corner = radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    painter->setBrush(ground.isValid() ? QBrush(ground) : QBrush(Qt::NoBrush));
    const qreal inset = line.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), corner, corner);
    painter->restore();
}

void drawInput(QPainter* painter, const QStyleOption* option, const QRect& rect)
{
    const bool focus = has(option, QStyle::State_HasFocus) && has(option, QStyle::State_Enabled);
    drawField(painter, rect, option->palette.color(QPalette::Base), lineColour(option, focus),
        focus ? 1.5 : 1);
}

void drawChevron(QPainter* painter, const QRectF& rect, bool up, const QColor& colour)
{
    const QPointF middle = rect.center();
    const qreal rise = up ? -1.75 : 1.75;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {
        middle + QPointF(-3.5, -rise), middle + QPointF(0, rise), middle + QPointF(3.5, -rise)};
    painter->drawPolyline(points, 3);
    painter->restore();
}

// The ground of something that is pressed: darker on light, lighter on dark when touched.
QColor buttonGround(const QStyleOption* option, const QColor& ground)
{
    if (!has(option, QStyle::State_Enabled))
        return ground;
    const QColor ink = option->palette.color(QPalette::ButtonText);
    if (has(option, QStyle::State_Sunken))
        return between(ground, ink, 0.14);
    if (has(option, QStyle::State_MouseOver))
        return between(ground, ink, 0.06);
    return ground;
}

bool isDefaultButton(const QStyleOption* option)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    return button && button->features.testFlag(QStyleOptionButton::DefaultButton);
}

void drawPushButton(QPainter* painter, const QStyleOption* option)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (button && button->features.testFlag(QStyleOptionButton::Flat) &&
        !has(option, QStyle::State_MouseOver) && !has(option, QStyle::State_Sunken) &&
        !has(option, QStyle::State_On))
        return;
    if (isDefaultButton(option) && enabled) {
        QColor ground = option->palette.color(QPalette::Highlight);
        if (has(option, QStyle::State_Sunken))
            ground = ground.darker(118);
        else if (has(option, QStyle::State_MouseOver))
            ground = ground.darker(108);
        drawField(painter, option->rect, ground, {});
        if (focus)
            drawField(painter, option->rect.adjusted(2, 2, -2, -2), {},
                option->palette.color(QPalette::HighlightedText), 1, radius - 1.5);
        return;
    }
    QColor ground = buttonGround(option, option->palette.color(QPalette::Button));
    if (has(option, QStyle::State_On))
        ground = between(ground, option->palette.color(QPalette::Highlight), 0.22);
    drawField(painter, option->rect, ground, lineColour(option, focus), focus ? 1.5 : 1);
}

void drawToolButton(QPainter* painter, const QStyleOption* option)
{
    QColor ink = option->palette.color(QPalette::WindowText);
    const bool enabled = has(option, QStyle::State_Enabled);
    if (enabled && has(option, QStyle::State_On)) {
        ink = option->palette.color(QPalette::Highlight);
        ink.setAlphaF(0.28F);
    } else if (enabled && has(option, QStyle::State_Sunken)) {
        ink.setAlphaF(0.16F);
    } else if (enabled && has(option, QStyle::State_MouseOver)) {
        ink.setAlphaF(0.08F);
    } else if (has(option, QStyle::State_AutoRaise)) {
        return;
    } else {
        return drawField(painter, option->rect, option->palette.color(QPalette::Button),
            borderColour(option->palette));
    }
    drawField(painter, option->rect, ink, {});
}

void drawCheckBox(QPainter* painter, const QStyleOption* option)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool partly = has(option, QStyle::State_NoChange);
    const QRect box = option->rect;
    if (!partly && !has(option, QStyle::State_On)) {
        const QColor line = between(borderColour(option->palette),
            option->palette.color(QPalette::WindowText), enabled ? 0.3 : 0);
        return drawField(painter, box, option->palette.color(QPalette::Base), line, 1, 3);
    }
    drawField(painter, box, option->palette.color(QPalette::Highlight), {}, 1, 3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option->palette.color(QPalette::HighlightedText), box.width() / 7.5,
        Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    if (partly) {
        painter->drawLine(at(0.27, 0.5), at(0.73, 0.5));
    } else {
        const QPointF points[] = {at(0.23, 0.53), at(0.42, 0.71), at(0.77, 0.31)};
        painter->drawPolyline(points, 3);
    }
    painter->restore();
}

void drawSpinBox(
    const QStyle* style, QPainter* painter, const QStyleOptionSpinBox* box, const QWidget* widget)
{
    if (box->frame)
        drawInput(painter, box, box->rect);
    if (box->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    for (const auto part : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
        const bool up = part == QStyle::SC_SpinBoxUp;
        const bool live = has(box, QStyle::State_Enabled) &&
                          box->stepEnabled.testFlag(up ? QAbstractSpinBox::StepUpEnabled
                                                       : QAbstractSpinBox::StepDownEnabled);
        const QRect rect = style->subControlRect(QStyle::CC_SpinBox, box, part, widget);
        if (live && box->activeSubControls == part && has(box, QStyle::State_MouseOver)) {
            QColor ink = box->palette.color(QPalette::WindowText);
            ink.setAlphaF(has(box, QStyle::State_Sunken) ? 0.18F : 0.1F);
            drawField(painter, rect.adjusted(1, 1, -1, -1), ink, {}, 1, 2);
        }
        drawChevron(painter, QRectF(rect).translated(0, up ? 0.5 : -0.5), up,
            live ? subtleTextColour(box->palette)
                 : box->palette.color(QPalette::Disabled, QPalette::Text));
    }
}

void drawComboBox(
    const QStyle* style, QPainter* painter, const QStyleOptionComboBox* box, const QWidget* widget)
{
    const bool focus = has(box, QStyle::State_HasFocus) && has(box, QStyle::State_Enabled);
    if (box->editable)
        drawInput(painter, box, box->rect);
    else if (box->frame)
        drawField(painter, box->rect, buttonGround(box, box->palette.color(QPalette::Button)),
            lineColour(box, focus), focus ? 1.5 : 1);
    drawChevron(painter,
        style->subControlRect(QStyle::CC_ComboBox, box, QStyle::SC_ComboBoxArrow, widget), false,
        has(box, QStyle::State_Enabled)
            ? subtleTextColour(box->palette)
            : box->palette.color(QPalette::Disabled, QPalette::ButtonText));
}

// Horizontal, without tick marks; all others are Fusion's.
void drawSlider(
    const QStyle* style, QPainter* painter, const QStyleOptionSlider* slider, const QWidget* widget)
{
    const bool enabled = has(slider, QStyle::State_Enabled);
    const QRect handle =
        style->subControlRect(QStyle::CC_Slider, slider, QStyle::SC_SliderHandle, widget);
    const int middle = slider->rect.center().y();
    QRect groove(
        slider->rect.x(), middle - grooveHeight / 2 + 1, slider->rect.width(), grooveHeight);
    const QColor ground = slider->palette.color(QPalette::Window);
    const QColor ink = slider->palette.color(QPalette::WindowText);
    drawField(painter, groove, between(ground, ink, 0.2), {}, 1, grooveHeight / 2.0);
    QRect filled = groove;
    if (slider->upsideDown)
        filled.setLeft(handle.center().x());
    else
        filled.setRight(handle.center().x());
    const QColor accent = slider->palette.color(QPalette::Highlight);
    drawField(painter, filled, accent, {}, 1, grooveHeight / 2.0);

    QRectF knob(0, 0, handleSize, handleSize);
    knob.moveCenter(QRectF(handle).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (enabled && has(slider, QStyle::State_HasFocus)) {
        QColor halo = accentColour(slider->palette);
        halo.setAlphaF(0.35F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(halo);
        painter->drawEllipse(knob.adjusted(-3, -3, 3, 3));
    }
    // A ring of the ground keeps the knob apart from its groove.
    painter->setPen(QPen(ground, 2));
    const bool hot =
        enabled && (has(slider, QStyle::State_MouseOver) || has(slider, QStyle::State_Sunken));
    painter->setBrush(hot ? accentColour(slider->palette) : accent);
    painter->drawEllipse(knob);
    painter->restore();
}

void drawScrollBar(
    const QStyle* style, QPainter* painter, const QStyleOptionSlider* bar, const QWidget* widget)
{
    if (bar->minimum == bar->maximum)
        return;
    QRect handle =
        style->subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, widget);
    handle = bar->orientation == Qt::Vertical ? handle.adjusted(3, 1, -3, -1)
                                              : handle.adjusted(1, 3, -1, -3);
    const bool hot = has(bar, QStyle::State_MouseOver) || has(bar, QStyle::State_Sunken);
    QColor ink = bar->palette.color(QPalette::WindowText);
    ink.setAlphaF(hot ? 0.5F : 0.28F);
    drawField(painter, handle, ink, {}, 1, std::min(handle.width(), handle.height()) / 2.0);
}

QRect scrollBarPart(const QStyleOptionSlider* bar, QStyle::SubControl part)
{
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const qint64 range = qint64{bar->maximum} - bar->minimum;
    int handle = length;
    if (range > 0)
        handle =
            std::clamp(static_cast<int>(qint64{bar->pageStep} * length / (range + bar->pageStep)),
                std::min(28, length), length);
    const int start = QStyle::sliderPositionFromValue(
        bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    int from = 0;
    int size = 0;
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        from = start;
        size = handle;
        break;
    case QStyle::SC_ScrollBarGroove:
        size = length;
        break;
    case QStyle::SC_ScrollBarSubPage:
        size = start;
        break;
    case QStyle::SC_ScrollBarAddPage:
        from = start + handle;
        size = length - from;
        break;
    default:
        return {};
    }
    const QRect rect = upright
                           ? QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size)
                           : QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height());
    return QStyle::visualRect(bar->direction, bar->rect, rect);
}

bool isTextEdit(const QWidget* widget)
{
    return qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget);
}

bool isPlainSlider(const QStyleOptionComplex* option)
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    return slider && slider->orientation == Qt::Horizontal &&
           slider->tickPosition == QSlider::NoTicks;
}

} // namespace

WidgetLook::WidgetLook()
    : QProxyStyle(u"Fusion"_s)
{
}

// The labels of Qt's own dialogs, which name files; those of the window are plain as they are. A
// tool tip is a label, too: what may be rich there is escaped.
void WidgetLook::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    auto* label = qobject_cast<QLabel*>(widget);
    if (label && label->textFormat() == Qt::AutoText && !label->inherits("QTipLabel"))
        label->setTextFormat(Qt::PlainText);
}

void WidgetLook::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0)
            drawInput(painter, option, option->rect);
        return;
    }
    case PE_FrameLineEdit:
        return drawInput(painter, option, option->rect);
    case PE_Frame:
        if (isTextEdit(widget))
            return drawInput(painter, option, option->rect);
        break;
    case PE_PanelButtonCommand:
        return drawPushButton(painter, option);
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelButtonTool:
        return drawToolButton(painter, option);
    case PE_IndicatorCheckBox:
        return drawCheckBox(painter, option);
    case PE_FrameFocusRect:
        if (!has(option, State_KeyboardFocusChange) && !has(option, State_HasFocus))
            return;
        return drawField(painter, option->rect, {}, accentColour(option->palette), 1, radius - 1);
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void WidgetLook::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (element == CE_PushButton && button) {
        // Fusion would put a focus rectangle inside; the panel shows the focus.
        drawControl(CE_PushButtonBevel, option, painter, widget);
        QStyleOptionButton label = *button;
        label.rect = subElementRect(SE_PushButtonContents, option, widget);
        drawControl(CE_PushButtonLabel, &label, painter, widget);
        return;
    }
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (element == CE_MenuItem && item && item->text.contains(u'\t')) {
        // What stands behind the tab, a key or a count, is lighter and in line at the right.
        QStyleOptionMenuItem plain = *item;
        plain.text = item->text.section(u'\t', 0, 0);
        QProxyStyle::drawControl(element, &plain, painter, widget);
        painter->save();
        painter->setFont(item->font);
        const bool lit = has(option, State_Selected) && has(option, State_Enabled);
        drawItemText(painter,
            visualRect(item->direction, item->rect, item->rect.adjusted(0, 0, -menuRightMargin, 0)),
            int(visualAlignment(item->direction, Qt::AlignRight)) | Qt::AlignVCenter |
                Qt::TextSingleLine,
            item->palette, true, item->text.section(u'\t', 1),
            lit ? QPalette::HighlightedText : QPalette::PlaceholderText);
        painter->restore();
        return;
    }
    if (element == CE_ToolBar)
        return; // no gradient, no lines: the window shows through
    if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option);
        element == CE_DockWidgetTitle && dock && !dock->verticalTitleBar) {
        painter->save();
        QFont font = painter->font();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        const QRect room = visualRect(dock->direction, dock->rect,
            subElementRect(SE_DockWidgetTitleBarText, option, widget)
                .adjusted(titleIndent, 0, 0, 0));
        const QString title =
            QFontMetrics(font).elidedText(dock->title, Qt::ElideRight, room.width());
        drawItemText(painter, room, Qt::AlignLeft | Qt::AlignVCenter, dock->palette, true, title,
            QPalette::WindowText);
        painter->restore();
        return;
    }
    if (element == CE_PushButtonLabel && button && isDefaultButton(option) &&
        has(option, State_Enabled)) {
        QStyleOptionButton label = *button;
        label.palette.setColor(
            QPalette::ButtonText, option->palette.color(QPalette::HighlightedText));
        return QProxyStyle::drawControl(element, &label, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void WidgetLook::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
    QPainter* painter, const QWidget* widget) const
{
    if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        control == CC_SpinBox && box)
        return drawSpinBox(proxy(), painter, box, widget);
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        control == CC_ComboBox && box)
        return drawComboBox(proxy(), painter, box, widget);
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
        if (control == CC_ScrollBar)
            return drawScrollBar(proxy(), painter, bar, widget);
        if (control == CC_Slider && isPlainSlider(option))
            return drawSlider(proxy(), painter, bar, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect WidgetLook::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
    SubControl part, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        control == CC_ScrollBar && bar)
        return scrollBarPart(bar, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

// Every input has one height, so that rows line up.
QSize WidgetLook::sizeFromContents(ContentsType type, const QStyleOption* option,
    const QSize& contents, const QWidget* widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_SpinBox:
        // What came is the line edit's height, which has been raised already.
        if (option)
            size.setHeight(option->fontMetrics.height() + 14);
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_PushButton:
        if (option)
            size.setHeight(std::max(size.height(), option->fontMetrics.height() + 14));
        break;
    case CT_ToolButton:
        size += QSize(2, 2);
        break;
    default:
        break;
    }
    return size;
}

int WidgetLook::pixelMetric(
    PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_DefaultFrameWidth:
        // The square viewport of a text edit must lie within the rounded frame.
        if (isTextEdit(widget))
            return 2;
        break;
    case PM_DockWidgetTitleMargin:
        return 6;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int WidgetLook::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    // A click on a slider's groove means that value, not "a page that way".
    if (hint == SH_Slider_AbsoluteSetButtons)
        return Qt::LeftButton;
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QIcon WidgetLook::standardIcon(
    StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const
{
    // A dock's buttons; Fusion's own are hard to see on a dark ground.
    if (pixmap == SP_TitleBarCloseButton && qobject_cast<const QDockWidget*>(widget))
        return themedIcon(u"close");
    if (pixmap == SP_TitleBarNormalButton && qobject_cast<const QDockWidget*>(widget))
        return themedIcon(u"float");
    return QProxyStyle::standardIcon(pixmap, option, widget);
}

} // namespace seedbook

#include "moc_WidgetLook.cpp"
