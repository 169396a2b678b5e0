#include "widgets/common/MessageLine.h"

#include "core/Text.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/Theme.h"

#include <QAccessible>
#include <QEvent>
#include <QVBoxLayout>

namespace seedbook {

namespace {

constexpr qsizetype longestMessage = 1000;

} // namespace

MessageLine::MessageLine(QWidget* parent)
    : QWidget(parent)
    , m_label(new PlainLabel)
{
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 0, 2, 0);
    layout->addWidget(m_label);
    hide();
}

QString MessageLine::text() const
{
    return m_label->text();
}

void MessageLine::say(Kind kind, const QString& text)
{
    m_kind = kind;
    m_label->setText(elided(text, longestMessage));
    showColour();
    setVisible(!text.isEmpty());
    if (kind != Kind::Note && !text.isEmpty()) {
        QAccessibleEvent alert(m_label, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void MessageLine::clear()
{
    m_label->clear();
    hide();
}

void MessageLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showColour();
}

void MessageLine::showColour()
{
    QPalette colours;
    colours.setColor(QPalette::WindowText, m_kind == Kind::Note      ? subtleTextColour(palette())
                                           : m_kind == Kind::Warning ? warningColour(palette())
                                                                     : dangerColour(palette()));
    m_label->setPalette(colours);
}

} // namespace seedbook

#include "moc_MessageLine.cpp"
