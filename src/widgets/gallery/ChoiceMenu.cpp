#include "widgets/gallery/ChoiceMenu.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>

using namespace Qt::StringLiterals;

namespace seedbook {

ChoiceMenu::ChoiceMenu(const QString& name, Fill fill, QWidget* parent)
    : QMenu(name, parent)
    , m_fill(std::move(fill))
{
    setAccessibleName(name);
    connect(this, &QMenu::aboutToShow, this, &ChoiceMenu::refill);
}

void ChoiceMenu::refill()
{
    // clear() leaves what belongs to the menu besides its own actions.
    clear();
    qDeleteAll(findChildren<QActionGroup*>(Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
    m_fill(*this);
}

QString ChoiceMenu::choiceText(const QString& text, int count)
{
    return QString(text).replace(u'&', u"&&"_s) + u'\t' + QLocale().toString(count);
}

QAction* ChoiceMenu::addChoice(QActionGroup* group, const QString& text, int count, bool checked,
    const std::function<void()>& chosen)
{
    QAction* action = addAction(choiceText(text, count));
    action->setCheckable(true);
    action->setChecked(checked);
    action->setActionGroup(group);
    connect(action, &QAction::triggered, this, chosen);
    return action;
}

bool ChoiceMenu::isOneOfMany(const QAction* action)
{
    return action && action->isEnabled() && action->isCheckable() && !action->actionGroup();
}

void ChoiceMenu::mouseReleaseEvent(QMouseEvent* event)
{
    QAction* action = actionAt(event->position().toPoint());
    if (isOneOfMany(action) && action == activeAction())
        action->trigger();
    else
        QMenu::mouseReleaseEvent(event);
}

void ChoiceMenu::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && isOneOfMany(activeAction()))
        activeAction()->trigger();
    else
        QMenu::keyPressEvent(event);
}

} // namespace seedbook

#include "moc_ChoiceMenu.cpp"
