#include "widgets/common/PressGuard.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolButton>

#include <utility>

namespace seedbook {

std::chrono::milliseconds doublePressTime()
{
    return std::chrono::milliseconds(QGuiApplication::styleHints()->mouseDoubleClickInterval());
}

PressGuard* PressGuard::protect(QAbstractButton* button, QAction* action)
{
    if (const auto* tool = qobject_cast<QToolButton*>(button); tool && !action)
        action = tool->defaultAction();
    return new PressGuard(button, action);
}

PressGuard::PressGuard(QAbstractButton* button, QAction* action)
    : QObject(button)
    , m_widget(button)
    , m_action(action)
{
    button->installEventFilter(this);
    if (action)
        connect(action, &QAction::changed, this, &PressGuard::look);
    connect(qApp, &QApplication::focusChanged, this, &PressGuard::followFocus);
    watchAncestors();
    m_seen = sight();
}

void PressGuard::setClock(const PressClock& clock)
{
    m_pointer.setClock(clock);
    m_focus.setClock(clock);
    m_clock = clock;
}

QAbstractButton* PressGuard::button() const
{
    return qobject_cast<QAbstractButton*>(m_widget.data());
}

void PressGuard::watchAncestors()
{
    for (const QPointer<QWidget>& ancestor : std::as_const(m_ancestors)) {
        if (ancestor)
            ancestor->removeEventFilter(this);
    }
    m_ancestors.clear();
    for (QWidget* widget = m_widget; widget && !widget->isWindow();) {
        widget = widget->parentWidget();
        if (!widget)
            break;
        widget->installEventFilter(this);
        m_ancestors.append(widget);
    }
}

PressGuard::Sight PressGuard::sight() const
{
    const QAbstractButton* button = this->button();
    if (!button || !button->isVisible() || !button->isEnabled())
        return {};
    return {QRect(button->mapToGlobal(QPoint(0, 0)), button->size()),
        Meaning{button->text(), m_action ? m_action->data() : QVariant()}};
}

// Something may have changed while the hand rested.
void PressGuard::look()
{
    const Sight now = sight();
    if (now == m_seen || !button())
        return;
    const QPoint pointer = QCursor::pos();
    m_pointer.moved(m_seen.at(pointer)); // where it is by itself; then what was done to it
    m_pointer.came(now.at(pointer));
    if (m_widget->hasFocus())
        m_focus.came(now.meaning);
    m_seen = now;
}

bool PressGuard::eventFilter(QObject* watched, QEvent* event)
{
    const auto swallowed = [event](bool swallows) {
        if (swallows)
            event->accept(); // nothing behind the button gets it either
        return swallows;
    };
    if (!button())
        return false;
    if (watched != m_widget) {
        if (event->type() == QEvent::ParentChange)
            watchAncestors();
        if (event->type() == QEvent::ParentChange || event->type() == QEvent::Move)
            look();
        return false;
    }
    switch (event->type()) {
    case QEvent::ParentChange:
        watchAncestors();
        look();
        return false;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::EnabledChange:
    case QEvent::Paint: // no event tells of other words, but they are painted
        look();
        return false;
    case QEvent::Leave:
        m_pointer.moved({});
        return false;
    case QEvent::FocusIn:
        look();
        m_focus.came(m_seen.meaning); // followFocus() tells whether a person moved it
        return false;
    case QEvent::FocusOut:
        m_lastKey.reset();
        m_focus.moved({});
        return false;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        return swallowed(swallowsPress(*static_cast<QMouseEvent*>(event)));
    case QEvent::MouseButtonRelease:
        return swallowed(swallowsRelease(*static_cast<QMouseEvent*>(event)));
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        return swallowed(swallowsKey(*static_cast<QKeyEvent*>(event)));
    default:
        return false;
    }
}

bool PressGuard::swallowsPress(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    look();
    m_pointer.moved(m_seen.at(event.globalPosition().toPoint()));
    m_isDown = m_pointer.takes(event);
    m_pressed = m_seen.meaning;
    return !m_isDown;
}

bool PressGuard::swallowsRelease(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    if (!std::exchange(m_isDown, false))
        return true; // of a press that was swallowed
    letGoOfAnother();
    return false;
}

bool PressGuard::swallowsKey(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Space:
    case Qt::Key_Select:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        break;
    default:
        return false;
    }
    if (event.isAutoRepeat())
        return true;
    if (event.type() == QEvent::KeyRelease) {
        letGoOfAnother();
        return false;
    }
    look();
    m_pressed = m_seen.meaning;
    const std::chrono::milliseconds now = m_clock();
    const bool again = m_lastKey && now - *m_lastKey < doublePressTime();
    const bool takes = !again && m_focus.isRested();
    if (takes || again)
        m_lastKey = now;
    return !takes;
}

// The button acts when it is let go of; not if it became another one meanwhile.
void PressGuard::letGoOfAnother()
{
    look();
    if (m_seen.meaning != m_pressed)
        button()->setDown(false);
}

// A person goes on from what is still there; the focus of what was hidden, disabled or closed goes
// to its neighbour, or back to another window, while the finger rests on the key.
void PressGuard::followFocus(const QWidget* old, const QWidget* now)
{
    if (!now || now != m_widget || !old || !old->isVisible() || !old->isEnabled())
        return;
    m_focus.moved({});
    m_focus.moved(m_seen.meaning);
}

} // namespace seedbook

#include "moc_PressGuard.cpp"
