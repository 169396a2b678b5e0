#pragma once

#include "settings/Settings.h"

#include <QColor>

class QApplication;
class QPalette;

namespace seedbook {

// Puts the house style (Fusion's metrics, flat and quiet) and the palette of `theme` on the
// application. System follows the palette that the platform gave before the first call. Colours are
// neutral greys, so that pictures are judged against no tint, with one accent. Also lets combo
// boxes have accessible names (ComboAccess.h): call it before the first window is made.
void applyTheme(QApplication& application, Theme theme);
// Whether the application's palette is a dark one.
[[nodiscard]] bool isDark();

// Colours that QPalette has no role for. Each is readable (4.5 : 1) as text on the palette's
// Window, Base and on tileBackground(). Ask again on QEvent::PaletteChange.
[[nodiscard]] QColor accentColour(const QPalette& palette);
[[nodiscard]] QColor successColour(const QPalette& palette);
[[nodiscard]] QColor warningColour(const QPalette& palette);
[[nodiscard]] QColor dangerColour(const QPalette& palette);
[[nodiscard]] QColor subtleTextColour(const QPalette& palette);
// Grounds and lines.
[[nodiscard]] QColor tileBackgroundColour(const QPalette& palette);
[[nodiscard]] QColor borderColour(const QPalette& palette);

} // namespace seedbook
