#include "widgets/common/ComboAccess.h"

#include <QAbstractItemView>
#include <QAccessibleWidget>
#include <QComboBox>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Like Qt's own, except for the name: one child, the list, and an action that opens it.
class ComboAccess final : public QAccessibleWidget
{
public:
    explicit ComboAccess(QComboBox* combo)
        : QAccessibleWidget(combo, QAccessible::ComboBox)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? combo()->currentText() : QAccessibleWidget::text(kind);
    }

    [[nodiscard]] int childCount() const override { return 1; }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        return index == 0 ? QAccessible::queryAccessibleInterface(combo()->view()) : nullptr;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        return child && child->object() == combo()->view() ? 0 : -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.hasPopup = true;
        state.expandable = true;
        state.expanded = isOpen();
        state.collapsed = !isOpen();
        return state;
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        return {showMenuAction(), pressAction()};
    }
    void doAction(const QString& name) override
    {
        if (name != showMenuAction() && name != pressAction())
            return;
        if (isOpen())
            combo()->hidePopup();
        else
            combo()->showPopup();
    }
    [[nodiscard]] QString localizedActionDescription(const QString&) const override { return {}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] QComboBox* combo() const { return qobject_cast<QComboBox*>(object()); }
    [[nodiscard]] bool isOpen() const { return combo()->view()->isVisible(); }
};

QAccessibleInterface* makeAccess(const QString& className, QObject* object)
{
    auto* combo = className == "QComboBox"_L1 ? qobject_cast<QComboBox*>(object) : nullptr;
    return combo && !combo->isEditable() ? new ComboAccess(combo) : nullptr;
}

} // namespace

void nameCombosByLabel()
{
    // Qt adds a factory once, however often it is given.
    QAccessible::installFactory(makeAccess);
}

} // namespace seedbook
