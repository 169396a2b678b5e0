#pragma once

class QWidget;

namespace seedbook {

// The two boxes of the Help menu, over `window`. They do not block.
void showShortcuts(QWidget* window);
void showAbout(QWidget* window);

} // namespace seedbook
