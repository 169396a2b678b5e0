#include "widgets/common/CollapsibleSection.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStyleOptionToolButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace seedbook {

namespace {

// Checkable, so that assistive programs see whether it is open; the chevron shows it to the eye.
class FoldButton final : public QToolButton
{
protected:
    void initStyleOption(QStyleOptionToolButton* option) const override
    {
        QToolButton::initStyleOption(option);
        option->state.setFlag(QStyle::State_On, false);
    }
};

} // namespace

CollapsibleSection::CollapsibleSection(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_button(new FoldButton)
    , m_summary(new PlainLabel)
{
    m_button->setText(QString(title).replace(u'&', QStringLiteral("&&")));
    m_button->setAutoRaise(true);
    m_button->setCheckable(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setIconSize({14, 14});
    m_button->setFocusPolicy(Qt::StrongFocus);
    // What is inside bears the title as its own name.
    m_button->setAccessibleName(tr("%1 section").arg(title));

    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_button);
    line->addStretch(1);
    line->addWidget(m_summary);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(line);

    connect(m_button, &QToolButton::toggled, this, &CollapsibleSection::setOpen);
    showState();
}

void CollapsibleSection::setContent(QWidget* content)
{
    m_content = content;
    layout()->addWidget(content);
    content->setVisible(m_open);
}

bool CollapsibleSection::isOpen() const
{
    return m_open;
}

void CollapsibleSection::setOpen(bool open)
{
    if (open == m_open)
        return;
    m_open = open;
    showState();
    Q_EMIT openChanged(open);
}

void CollapsibleSection::setSummary(const QString& words)
{
    m_summary->setText(words);
}

void CollapsibleSection::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}

void CollapsibleSection::showState()
{
    m_button->setChecked(m_open);
    m_button->setIcon(themedIcon(m_open ? u"chevron-down" : u"chevron-right"));
    m_button->setAccessibleDescription(m_open ? tr("unfolded") : tr("folded"));
    QPalette quiet;
    quiet.setColor(QPalette::WindowText, subtleTextColour(palette()));
    m_summary->setPalette(quiet);
    if (m_content)
        m_content->setVisible(m_open);
}

} // namespace seedbook

#include "moc_CollapsibleSection.cpp"
