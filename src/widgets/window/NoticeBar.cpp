#include "widgets/window/NoticeBar.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PressGuard.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace seedbook {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(0);
    hide();
}

void NoticeBar::say(
    const QString& name, MessageLine::Kind kind, const QString& text, const Action& action)
{
    takeBack(name);
    auto* notice = new QFrame;
    notice->setAutoFillBackground(true);
    notice->setBackgroundRole(QPalette::AlternateBase);
    auto* row = new QHBoxLayout(notice);
    row->setContentsMargins(12, 6, 8, 6);
    auto* line = new MessageLine;
    line->say(kind, text);
    row->addWidget(line, 1);
    if (!action.text.isEmpty()) {
        auto* button = new QPushButton(action.text);
        connect(button, &QPushButton::clicked, this, action.act);
        PressGuard::protect(button);
        row->addWidget(button);
    }
    auto* close = new QToolButton;
    close->setIcon(themedIcon(u"close"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Put this notice away"));
    close->setAccessibleName(tr("Close notice"));
    connect(close, &QToolButton::clicked, this, [this, name] { takeBack(name); });
    PressGuard::protect(close); // the next notice comes into its place
    row->addWidget(close);
    m_lines->addWidget(notice);
    m_notices.insert(name, notice);
    show();
}

void NoticeBar::takeBack(const QString& name)
{
    if (QWidget* notice = m_notices.take(name)) {
        notice->hide();
        notice->deleteLater();
    }
    setVisible(!m_notices.isEmpty());
}

} // namespace seedbook

#include "moc_NoticeBar.cpp"
