#include "widgets/common/MenuGuard.h"

#include <QActionEvent>
#include <QKeyEvent>
#include <QMenu>

namespace seedbook {

MenuGuard* MenuGuard::protect(QMenu* menu)
{
    return new MenuGuard(menu);
}

MenuGuard::MenuGuard(QMenu* menu)
    : QObject(menu)
    , m_menu(menu)
{
    menu->installEventFilter(this);
}

QList<MenuGuard::Entry> MenuGuard::entries() const
{
    QList<Entry> entries;
    for (const QAction* action : m_menu->actions())
        entries.append(
            {action->text(), action->data(), action->isVisible() && action->isEnabled()});
    return entries;
}

void MenuGuard::look()
{
    QList<Entry> now = entries();
    if (now == m_seen)
        return;
    m_seen = std::move(now);
    m_changed = m_clock();
}

bool MenuGuard::isRested() const
{
    return !m_changed || m_clock() - *m_changed >= PressRest<bool>::restTime;
}

bool MenuGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_menu)
        return false;
    switch (event->type()) {
    case QEvent::Show:
        m_seen = entries();
        m_changed.reset();
        return false;
    case QEvent::ActionAdded:
    case QEvent::ActionRemoved:
    case QEvent::ActionChanged:
        if (m_menu->isVisible())
            look();
        return false;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
        if (!m_menu->rect().contains(static_cast<QMouseEvent*>(event)->position().toPoint()))
            return false; // it closes
        return !isRested();
    case QEvent::KeyPress: {
        const auto& key = *static_cast<QKeyEvent*>(event);
        const bool chooses = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter ||
                             key.key() == Qt::Key_Select ||
                             (!key.text().isEmpty() && key.text().front().isPrint());
        return chooses && (key.isAutoRepeat() || !isRested());
    }
    default:
        return false;
    }
}

} // namespace seedbook

#include "moc_MenuGuard.cpp"
