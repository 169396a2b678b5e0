#include "widgets/panel/TagEditor.h"

#include "core/Text.h"
#include "widgets/common/FlowLayout.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/PressGuard.h"
#include "widgets/common/Theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int gap = 5;
constexpr qsizetype shownLength = 40; // of a tag from any file; all of it is in the tool tip
constexpr qsizetype mostShown = 100;
constexpr int fieldLetters = 14;

// A tag with its ✕, on a quiet ground.
class Chip final : public QWidget
{
    Q_OBJECT

public:
    Chip(const QString& tag, QWidget* parent)
        : QWidget(parent)
    {
        auto* label = new PlainLabel(this);
        label->setText(elided(tag, shownLength));
        if (tag.size() > shownLength)
            setToolTip(plainTip(tag));
        auto* button = new QToolButton(this);
        button->setIcon(themedIcon(u"close"));
        button->setIconSize({11, 11});
        button->setFixedSize(18, 18);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(TagEditor::tr("Remove tag %1").arg(elided(tag, shownLength)));
        button->setToolTip(TagEditor::tr("Take this tag off"));
        PressGuard::protect(button); // the next tag slides into its place
        connect(button, &QToolButton::clicked, this, &Chip::removed);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(9, 2, 3, 2);
        row->setSpacing(2);
        row->addWidget(label);
        row->addWidget(button);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

Q_SIGNALS:
    void removed();

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(palette().color(QPalette::Button));
        painter.setPen(borderColour(palette()));
        const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    }
};

QStringList commonTags(const QList<PicturePtr>& pictures)
{
    if (pictures.isEmpty())
        return {};
    QStringList common = pictures.first()->tags;
    common.removeDuplicates();
    for (const PicturePtr& picture : pictures) {
        common.removeIf([&picture](const QString& tag) { return !picture->tags.contains(tag); });
        if (common.isEmpty())
            break;
    }
    return common;
}

} // namespace

TagEditor::TagEditor(QWidget* parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(gap, this))
    , m_field(new QLineEdit(this))
    , m_known(new QStringListModel(this))
{
    m_field->setAccessibleName(tr("Tags"));
    m_field->setPlaceholderText(tr("Add a tag"));
    m_field->setToolTip(tr("Return or a comma adds the tag (T in the gallery comes here)"));
    m_field->setTextMargins(4, 0, 4, 0);
    m_field->setAcceptDrops(false); // a picture that is dropped is not a tag
    m_field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_field->setMinimumWidth(m_field->fontMetrics().averageCharWidth() * fieldLetters);
    m_field->installEventFilter(this);
    auto* completer = new QCompleter(m_known, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->popup()->setAccessibleName(tr("Known tags"));
    m_field->setCompleter(completer);
    m_flow->addWidget(m_field);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            Q_EMIT typingEnded();
    });
    connect(m_field, &QLineEdit::returnPressed, this, &TagEditor::commitInput);
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (text.contains(u',') || text.contains(u'，'))
            commitInput();
    });
    // The completer writes the chosen tag into the field after it has told of it.
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this,
        &TagEditor::commitInput, Qt::QueuedConnection);
}

void TagEditor::setPictures(const QList<PicturePtr>& pictures)
{
    const auto sameIds = [&] {
        return std::equal(pictures.begin(), pictures.end(), m_pictures.begin(), m_pictures.end(),
            [](const PicturePtr& a, const PicturePtr& b) { return a->id == b->id; });
    };
    // What is typed belongs to the pictures it was begun for.
    if (!sameIds())
        m_field->clear();
    m_pictures = pictures;
    m_asked.clear();
    showTags(commonTags(pictures));
}

bool TagEditor::isTyping() const
{
    // Not hasFocus(): somebody may look something up in another program.
    return !m_field->text().isEmpty() && window()->focusWidget() == m_field;
}

void TagEditor::setKnownTags(const QStringList& tags)
{
    if (m_known->stringList() != tags)
        m_known->setStringList(tags);
}

void TagEditor::showTags(const QStringList& tags)
{
    if (tags == m_tags)
        return;
    m_tags = tags;
    for (QWidget* chip : std::as_const(m_chips)) {
        m_flow->removeWidget(chip);
        chip->hide();
        chip->deleteLater(); // its button may be the one that was pressed
    }
    m_chips.clear();
    for (const QString& tag : tags.first(std::min(tags.size(), mostShown))) {
        auto* chip = new Chip(tag, this);
        connect(chip, &Chip::removed, this, [this, tag] { remove(tag); });
        m_flow->insertWidget(static_cast<int>(m_chips.size()), chip);
        m_chips.append(chip);
        chip->show();
    }
    QWidget* before = nullptr;
    for (QWidget* chip : std::as_const(m_chips)) {
        auto* button = chip->findChild<QToolButton*>();
        if (before)
            setTabOrder(before, button);
        before = button;
    }
    if (before)
        setTabOrder(before, m_field);
    updateGeometry();
}

void TagEditor::commitInput()
{
    const QString text = m_field->text();
    m_field->clear();
    add(text);
}

void TagEditor::add(const QString& text)
{
    QStringList added;
    const QString plain = QString(text).replace(u'，', u',');
    for (const QString& part : plain.split(u',', Qt::SkipEmptyParts)) {
        const QString tag = part.simplified().left(longestTag).trimmed();
        if (!tag.isEmpty() && !m_tags.contains(tag) && !m_asked.contains(tag)) {
            added.append(tag);
            m_asked.insert(tag);
        }
    }
    if (!added.isEmpty() && !m_pictures.isEmpty())
        Q_EMIT changeRequested(m_pictures, added, {});
}

void TagEditor::remove(const QString& tag)
{
    m_field->setFocus(Qt::OtherFocusReason); // the button goes
    Q_EMIT changeRequested(m_pictures, {}, {tag});
}

bool TagEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        Q_EMIT knownTagsWanted();
    } else if (event->type() == QEvent::FocusOut) {
        Q_EMIT typingEnded();
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            if (m_field->text().isEmpty())
                Q_EMIT left();
            m_field->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace seedbook

#include "TagEditor.moc"
#include "moc_TagEditor.cpp"
