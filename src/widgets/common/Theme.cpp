#include "widgets/common/Theme.h"

#include "widgets/common/ComboAccess.h"
#include "widgets/common/WidgetLook.h"

#include <QApplication>
#include <QFont>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// One theme's colours. Greys have no tint; contrast is checked by a test.
struct Tones
{
    QRgb window, base, alternate, button, tile, border;
    QRgb text, subtle, placeholder, disabled;
    QRgb accent; // as a ground, under accentText
    QRgb accentText;
    QRgb accentAsText; // as text on window and base
    QRgb success, warning, danger;
    QRgb toolTip, toolTipText;
    QRgb light, midlight, mid, dark, shadow;
};

constexpr Tones lightTones{
    .window = 0xfff3f3f3,
    .base = 0xffffffff,
    .alternate = 0xfff8f8f8,
    .button = 0xfffcfcfc,
    .tile = 0xffffffff,
    .border = 0xffd2d2d2,
    .text = 0xff1d1d1d,
    .subtle = 0xff606060,
    .placeholder = 0xff6c6c6c,
    .disabled = 0xff9b9b9b,
    .accent = 0xff2f5fc0,
    .accentText = 0xffffffff,
    .accentAsText = 0xff2a57b3,
    .success = 0xff226e36,
    .warning = 0xff8a5300,
    .danger = 0xffb3261e,
    .toolTip = 0xff2b2b2b,
    .toolTipText = 0xfff2f2f2,
    .light = 0xffffffff,
    .midlight = 0xffe8e8e8,
    .mid = 0xffbcbcbc,
    .dark = 0xff8c8c8c,
    .shadow = 0xff505050,
};

constexpr Tones darkTones{
    .window = 0xff202020,
    .base = 0xff181818,
    .alternate = 0xff1d1d1d,
    .button = 0xff2b2b2b,
    .tile = 0xff292929,
    .border = 0xff444444,
    .text = 0xffe8e8e8,
    .subtle = 0xffa6a6a6,
    .placeholder = 0xff8f8f8f,
    .disabled = 0xff6b6b6b,
    .accent = 0xff3f6fd1,
    .accentText = 0xffffffff,
    .accentAsText = 0xff8fb4ff,
    .success = 0xff7ccf8e,
    .warning = 0xffe8b45c,
    .danger = 0xffff958a,
    .toolTip = 0xff3a3a3a,
    .toolTipText = 0xfff0f0f0,
    .light = 0xff4a4a4a,
    .midlight = 0xff383838,
    .mid = 0xff2a2a2a,
    .dark = 0xff141414,
    .shadow = 0xff0a0a0a,
};

bool isDarkPalette(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
}

const Tones& tonesOf(const QPalette& palette)
{
    return isDarkPalette(palette) ? darkTones : lightTones;
}

QPalette paletteOf(const Tones& tones)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(QPalette::All, role, QColor(rgb));
    };
    set(QPalette::Window, tones.window);
    set(QPalette::WindowText, tones.text);
    set(QPalette::Base, tones.base);
    set(QPalette::AlternateBase, tones.alternate);
    set(QPalette::Text, tones.text);
    set(QPalette::PlaceholderText, tones.placeholder);
    set(QPalette::Button, tones.button);
    set(QPalette::ButtonText, tones.text);
    set(QPalette::BrightText, tones.danger);
    set(QPalette::Highlight, tones.accent);
    set(QPalette::HighlightedText, tones.accentText);
    set(QPalette::Link, tones.accentAsText);
    set(QPalette::LinkVisited, tones.accentAsText);
    set(QPalette::ToolTipBase, tones.toolTip);
    set(QPalette::ToolTipText, tones.toolTipText);
    set(QPalette::Light, tones.light);
    set(QPalette::Midlight, tones.midlight);
    set(QPalette::Mid, tones.mid);
    set(QPalette::Dark, tones.dark);
    set(QPalette::Shadow, tones.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
             QPalette::PlaceholderText, QPalette::Link, QPalette::LinkVisited})
        palette.setColor(QPalette::Disabled, role, QColor(tones.disabled));
    palette.setColor(QPalette::Disabled, QPalette::Base, QColor(tones.window));
    palette.setColor(QPalette::Disabled, QPalette::Button, QColor(tones.window));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(tones.mid));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor(tones.disabled));
    return palette;
}

} // namespace

namespace {

// Left to itself, Qt's font fallback may show Chinese in a bold face beside text that is not.
void nameChineseFont()
{
    static const QString chinese = u"Noto Sans CJK SC"_s;
    QFont font = QApplication::font();
    if (font.families().contains(chinese) || !QFontDatabase::hasFamily(chinese))
        return;
    // The face that is used now stays first: the font's own name may be an alias like "Sans Serif",
    // after which a real family would win.
    font.setFamilies({QFontInfo(font).family(), chinese});
    QApplication::setFont(font);
}

} // namespace

void applyTheme(QApplication& application, Theme theme)
{
    static const bool systemIsDark = isDarkPalette(application.palette());

    nameCombosByLabel();
    nameChineseFont();
    if (!qobject_cast<WidgetLook*>(QApplication::style()))
        QApplication::setStyle(new WidgetLook);
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemIsDark);
    const QPalette palette = paletteOf(dark ? darkTones : lightTones);
    QApplication::setPalette(palette);
    // Tool tips draw with Window-like roles of a palette of their own.
    QPalette tip = palette;
    tip.setColor(QPalette::Window, palette.color(QPalette::ToolTipBase));
    tip.setColor(QPalette::WindowText, palette.color(QPalette::ToolTipText));
    QToolTip::setPalette(tip);
}

bool isDark()
{
    return isDarkPalette(QGuiApplication::palette());
}

QColor accentColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).accentAsText);
}

QColor successColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).success);
}

QColor warningColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).warning);
}

QColor dangerColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).danger);
}

QColor subtleTextColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).subtle);
}

QColor tileBackgroundColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).tile);
}

QColor borderColour(const QPalette& palette)
{
    return QColor(tonesOf(palette).border);
}

} // namespace seedbook
