#pragma once

class QAction;
class QPushButton;
class QWidget;

namespace seedbook {

// A push button that is an action's: its text, tool tip and state. Guarded: one press, one act.
[[nodiscard]] QPushButton* actionButton(QAction* action, QWidget* parent);

} // namespace seedbook
