#include "widgets/undo/UndoBar.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PressGuard.h"
#include "widgets/common/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace seedbook {

UndoBar::UndoBar(QWidget* neighbour, QWidget* parent)
    : QWidget(parent)
    , m_neighbour(neighbour)
    , m_line(new MessageLine)
    , m_action(new QPushButton)
    , m_refusal(new QPushButton)
    , m_close(new QToolButton)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_close->setIcon(themedIcon(u"close"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 7, 8, 6);
    row->addWidget(m_line, 1);
    row->addWidget(m_action);
    row->addWidget(m_refusal);
    row->addWidget(m_close);
    // By Tab alone: a click leaves the focus where the person works.
    for (QAbstractButton* button :
        std::initializer_list<QAbstractButton*>{m_action, m_refusal, m_close}) {
        button->setFocusPolicy(Qt::TabFocus);
        PressGuard::protect(button);
    }
    hide();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const QWidget* focused = QApplication::focusWidget();
        if (underMouse() || (focused && isAncestorOf(focused))) {
            m_timer.start(m_time);
            Q_EMIT stayed();
        } else {
            putAway();
        }
    });
    connect(m_action, &QPushButton::clicked, this, [this] {
        putAway();
        Q_EMIT actionTriggered();
    });
    connect(m_refusal, &QPushButton::clicked, this, &UndoBar::putAway);
    connect(m_close, &QToolButton::clicked, this, &UndoBar::putAway);
}

void UndoBar::say(MessageLine::Kind kind, const QString& text, const QString& action)
{
    show(kind, text, action, {});
    if (kind != MessageLine::Kind::Problem)
        m_timer.start(m_time);
}

void UndoBar::sayWorking(const QString& text)
{
    show(MessageLine::Kind::Note, text, {}, {});
}

void UndoBar::offer(const QString& text, const QString& action, const QString& refusal)
{
    show(MessageLine::Kind::Note, text, action, refusal);
}

void UndoBar::show(
    MessageLine::Kind kind, const QString& text, const QString& action, const QString& refusal)
{
    m_timer.stop();
    const QWidget* focused = QApplication::focusWidget();
    const bool hadFocus = focused && isAncestorOf(focused);
    const QString before = isVisible() ? m_line->text() : QString();
    m_line->say(kind, text);
    setAccessibleName(text);
    // Read out together with the line: "Undo" alone does not tell what.
    m_action->setAccessibleDescription(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_refusal->setText(refusal);
    m_refusal->setVisible(!refusal.isEmpty());
    m_close->setVisible(refusal.isEmpty());
    setVisible(true);
    if (hadFocus && m_neighbour)
        m_neighbour->setFocus(); // what it was on means something else now
    if (text != before) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void UndoBar::putAway()
{
    m_timer.stop();
    const QWidget* focused = QApplication::focusWidget();
    if (focused && isAncestorOf(focused) && m_neighbour)
        m_neighbour->setFocus();
    hide();
}

void UndoBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        putAway();
    else
        QWidget::keyPressEvent(event);
}

void UndoBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(borderColour(palette()));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace seedbook

#include "moc_UndoBar.cpp"
