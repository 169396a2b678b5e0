#include "widgets/picture/DetailsParts.h"

#include "core/Words.h"
#include "widgets/common/CopyableLabel.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PressGuard.h"
#include "widgets/picture/PictureActions.h"

#include <QAction>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int iconSize = 16;
constexpr int buttonMargins = 28; // both sides of a button's text
// A value comes from a file; a table cell is no place for a novel.
constexpr qsizetype valueLimit = 500;

QString valueText(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? Words::tr("yes") : Words::tr("no");
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const qint64 whole = value.toInteger();
        return static_cast<double>(whole) == number
                   ? QString::number(whole)
                   : QLocale().toString(number, 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::String:
        return value.toString().left(valueLimit);
    default:
        return {};
    }
}

bool isShownElsewhere(ParameterRole role)
{
    return role == ParameterRole::Prompt || role == ParameterRole::NegativePrompt ||
           role == ParameterRole::Seed;
}

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

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new PlainLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

DetailRows parameterRows(
    const ModelCatalog& models, const QString& modelId, const QJsonObject& values)
{
    DetailRows rows;
    const ModelPtr model = models.find(modelId);
    if (!model) {
        for (auto it = values.begin(); it != values.end(); ++it) {
            if (it.key() != "prompt"_L1 && it.key() != "negative_prompt"_L1 &&
                it.key() != "seed"_L1)
                rows.append({it.key(), valueText(it.value())});
        }
        return rows;
    }
    for (const Parameter& parameter : model->parameters()) {
        if (!isShownElsewhere(parameter.role) && values.contains(parameter.name)) {
            rows.append({Words::ofModel(parameter.title), valueText(values.value(parameter.name))});
        }
    }
    return rows;
}

QString textOf(const ModelCatalog& models, const QString& modelId, const QJsonObject& values,
    ParameterRole role, const QString& fallback)
{
    const ModelPtr model = models.find(modelId);
    const Parameter* parameter = model ? model->parameter(role) : nullptr;
    return values.value(parameter ? parameter->name : fallback).toString();
}

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
    m_number->setText(seed.isEmpty() ? tr("not known") : seed);
}

void SeedRow::setBadge(const QString& text)
{
    m_badge->setText(text);
}

TextBlock::TextBlock(const QString& name, int mostLines, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_mostLines(mostLines)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(false);
    QPalette plain = palette();
    plain.setColor(QPalette::Base, Qt::transparent);
    setPalette(plain);
}

void TextBlock::setText(const QString& text)
{
    setPlainText(text);
    resizeEvent(nullptr);
}

void TextBlock::resizeEvent(QResizeEvent* event)
{
    if (event)
        QPlainTextEdit::resizeEvent(event);
    // Measured only as far as it matters: a text may have a million lines. Lines of other scripts
    // are taller than the font's own.
    const int most = m_mostLines * fontMetrics().lineSpacing();
    qreal height = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && height < most;
         block = block.next())
        height += blockBoundingRect(block).height();
    const int wanted = std::min(most, static_cast<int>(std::ceil(height)));
    if (wanted != m_height) {
        m_height = wanted;
        updateGeometry();
    }
}

QSize TextBlock::sizeHint() const
{
    return {200, std::max(m_height, fontMetrics().lineSpacing()) + 2};
}

DetailsTable::DetailsTable(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
}

void DetailsTable::setRows(const DetailRows& rows)
{
    for (int row = 0; row < rows.size() || m_grid->itemAtPosition(row, 0); ++row) {
        if (!m_grid->itemAtPosition(row, 0)) {
            auto* name = new PlainLabel(this);
            name->setForegroundRole(QPalette::PlaceholderText);
            m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
            auto* value = new CopyableLabel({}, this);
            value->setMinimumWidth(1); // a long word is cut rather than the panel widened
            m_grid->addWidget(value, row, 1);
        }
        auto* name = static_cast<QLabel*>(m_grid->itemAtPosition(row, 0)->widget());
        auto* value = static_cast<QLabel*>(m_grid->itemAtPosition(row, 1)->widget());
        const bool used = row < rows.size();
        name->setVisible(used);
        value->setVisible(used);
        if (used) {
            name->setText(rows.at(row).first);
            value->setText(rows.at(row).second);
            value->setAccessibleName(tr("%1: %2").arg(rows.at(row).first, rows.at(row).second));
        }
    }
}

} // namespace seedbook

#include "moc_DetailsParts.cpp"
