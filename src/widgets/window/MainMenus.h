#pragma once

class QMenuBar;
class QWidget;

namespace seedbook {

// Fills the bar with the menus of a window that has all its actions: they are found by their
// commands.
void fillMenus(QMenuBar& bar, const QWidget& window);

} // namespace seedbook
