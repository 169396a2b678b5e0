#include "widgets/common/ActionButton.h"

#include "widgets/common/PressGuard.h"

#include <QAction>
#include <QPushButton>

namespace seedbook {

namespace {

constexpr int buttonMargins = 28; // both sides of a button's text

} // namespace

QPushButton* actionButton(QAction* action, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setMinimumWidth(
            button->fontMetrics().horizontalAdvance(action->text()) + buttonMargins);
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    PressGuard::protect(button, action);
    return button;
}

} // namespace seedbook
