#include "widgets/compose/SeedField.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Theme.h"
#include "widgets/common/WheelGuard.h"
#include "widgets/compose/SeedBox.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int pinnedIndex = 1;
// No seed has more characters, white space around it included; a clipboard can hold anything.
constexpr qsizetype longestPaste = 100;

} // namespace

SeedField::SeedField(const QString& title, const QString& help, QWidget* parent)
    : QWidget(parent)
    , m_label(new PlainLabel(QString(title).replace(u'&', u"&&"_s)))
    , m_mode(new QComboBox)
    , m_box(new SeedBox)
{
    m_mode->addItems({tr("Random"), tr("Pinned")});
    m_mode->setAccessibleName(tr("%1 mode").arg(title));
    m_mode->setToolTip(tr("Random: every picture gets a new seed. Pinned: this one is used."));
    WheelGuard::protect(m_mode);
    m_box->setAccessibleName(title);
    m_box->setAccessibleDescription(help);
    m_box->setToolTip(plainTip(help));
    m_label->setToolTip(m_box->toolTip());
    m_label->setBuddy(m_box);

    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(6);
    numbers->addWidget(m_mode, 2);
    numbers->addWidget(m_box, 3);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    buttons->addWidget(m_label, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(buttons);
    layout->addLayout(numbers);

    const auto add = [this, buttons](
                         const QString& icon, const QString& name, const QString& words) {
        QToolButton* button = addButton(icon, name, words);
        buttons->addWidget(button);
        return button;
    };
    QToolButton* dice = add(u"dice"_s, tr("New seed"), tr("Pin a new random seed"));
    m_copy = add(u"copy"_s, tr("Copy seed"), tr("Copy the seed"));
    QToolButton* paste = add(u"paste"_s, tr("Paste seed"), tr("Pin the seed on the clipboard"));

    connect(m_mode, &QComboBox::currentIndexChanged, this,
        [this](int index) { takeMode(index != pinnedIndex); });
    connect(m_box, &SeedBox::edited, this, &SeedField::takeNumber);
    connect(m_box, &QSpinBox::valueChanged, this, &SeedField::takeNumber);
    connect(m_box->line(), &QLineEdit::textChanged, this, &SeedField::noteTyped);
    connect(dice, &QToolButton::clicked, this, &SeedField::roll);
    connect(m_copy, &QToolButton::clicked, this, &SeedField::copy);
    connect(paste, &QToolButton::clicked, this, &SeedField::paste);
    show(true, std::nullopt);
}

QToolButton* SeedField::addButton(const QString& icon, const QString& name, const QString& help)
{
    auto* button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setIconSize({16, 16});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    button->setToolTip(plainTip(help));
    return button;
}

std::optional<Seed> SeedField::seed() const
{
    return Seed::fromNumber(m_box->value());
}

void SeedField::pin(Seed seed)
{
    show(false, seed);
    Q_EMIT changed();
}

void SeedField::setRandom()
{
    show(true, seed());
    Q_EMIT changed();
}

QList<Seed> SeedField::take(int count)
{
    QList<Seed> seeds;
    const auto pinned = seed();
    if (!m_random && pinned) {
        for (int i = 0; i < count; ++i)
            seeds.append(pinned->next(i));
        return seeds;
    }
    while (seeds.size() < count) {
        const Seed minted = Seed::random(*QRandomGenerator::global());
        if (!seeds.contains(minted))
            seeds.append(minted);
    }
    show(true, seeds.last());
    Q_EMIT changed();
    return seeds;
}

QJsonObject SeedField::state() const
{
    return {{u"random"_s, m_random}, {u"number"_s, m_box->value()}};
}

void SeedField::setState(const QJsonObject& state)
{
    const auto seed = Seed::fromNumber(state["number"_L1].toInteger(Seed::randomSentinel));
    show(state["random"_L1].toBool(true) || !seed, seed);
    Q_EMIT changed();
}

void SeedField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showColour();
}

void SeedField::takeNumber(int number)
{
    if (m_showing)
        return;
    const bool random = number < Seed::smallest;
    if (random == m_random && random)
        return;
    // The text is left alone: the person may be in the middle of it.
    const QScopedValueRollback showing(m_showing, true);
    m_random = random;
    m_mode->setCurrentIndex(random ? 0 : pinnedIndex);
    m_copy->setEnabled(!random);
    showColour();
    Q_EMIT changed();
}

void SeedField::noteTyped()
{
    const auto wrongNow = m_box->wrongSoFar(m_box->accessibleName());
    if (!wrong() && !m_wasWrong)
        return;
    m_wasWrong = wrong().has_value();
    Q_EMIT changed();
    if (wrongNow)
        Q_EMIT refused(wrongNow->sentence);
}

std::optional<LimitWords> SeedField::wrong() const
{
    return m_box->wrong(m_box->accessibleName());
}

void SeedField::focusNumber()
{
    m_box->setFocus(Qt::OtherFocusReason);
}

void SeedField::takeMode(bool random)
{
    if (m_showing)
        return;
    if (random)
        setRandom();
    else if (const auto shown = seed())
        pin(*shown);
    else
        roll();
}

void SeedField::roll()
{
    pin(Seed::random(*QRandomGenerator::global()));
}

void SeedField::copy()
{
    if (const auto shown = seed())
        QGuiApplication::clipboard()->setText(shown->text());
}

void SeedField::paste()
{
    const QString text = QGuiApplication::clipboard()->text().left(longestPaste).trimmed();
    if (const auto pasted = Seed::fromText(text))
        pin(*pasted);
    else if (text == QString::number(Seed::randomSentinel))
        setRandom();
    else
        Q_EMIT refused(tr("What is on the clipboard is not a seed. A seed is a whole number from "
                          "%1 to %2.")
                           .arg(Seed::smallest)
                           .arg(Seed::largest));
}

void SeedField::show(bool random, std::optional<Seed> seed)
{
    const QScopedValueRollback showing(m_showing, true);
    m_random = random;
    m_mode->setCurrentIndex(random ? 0 : pinnedIndex);
    m_box->setValue(static_cast<int>(seed ? seed->number() : Seed::randomSentinel));
    m_copy->setEnabled(seed.has_value());
    showColour();
}

// In random mode the number is what was used last, not what will be used: it is shown in grey.
void SeedField::showColour()
{
    QPalette colours;
    if (m_random)
        colours.setColor(QPalette::Text, palette().color(QPalette::PlaceholderText));
    m_box->setPalette(colours);
}

} // namespace seedbook

#include "moc_SeedField.cpp"
