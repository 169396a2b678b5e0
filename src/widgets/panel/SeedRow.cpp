#include "widgets/panel/SeedRow.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/CopyableLabel.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int iconSize = 16;

QToolButton* iconButton(QStringView icon, const QString& name, QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setText(name);
    button->setIconSize({iconSize, iconSize});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    button->setToolTip(action->toolTip());
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

SeedRow::SeedRow(PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_number(new CopyableLabel({}, this))
    , m_badge(new PlainLabel(this))
{
    auto* label = new PlainLabel(tr("Seed"), this);
    label->setForegroundRole(QPalette::PlaceholderText);
    QFont large = m_number->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_number->setFont(large);
    m_number->setWordWrap(false);
    m_number->setAccessibleName(tr("Seed of the picture"));
    m_badge->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label);
    layout->addWidget(m_number);
    layout->addWidget(iconButton(u"copy", tr("Copy seed"), actions.copySeed(), this));
    layout->addWidget(iconButton(u"pin", tr("Pin seed"), actions.useSeed(), this));
    layout->addStretch(1);
    layout->addWidget(m_badge);
}

void SeedRow::setSeed(const QString& seed)
{
    m_number->setText(seed);
}

void SeedRow::setBadge(const QString& text)
{
    m_badge->setText(text);
}

} // namespace seedbook

#include "moc_SeedRow.cpp"
