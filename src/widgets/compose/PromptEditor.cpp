#include "widgets/compose/PromptEditor.h"

#include "widgets/compose/PromptEdit.h"

namespace seedbook {

PromptEditor::PromptEditor(const Parameter& parameter, QObject* parent)
    : ParameterEditor(parameter, parent)
    , m_edit(isMain() ? new PromptEdit(5, 14) : new PromptEdit(2, 8))
{
    m_edit->setPlaceholderText(
        isMain() ? tr("A lighthouse on black rocks at dusk, one lit window, gulls in the wind …")
                 : tr("Nothing is excluded"));
    connect(m_edit, &PromptEdit::textChanged, this, [this] {
        Q_EMIT changed();
        showLength();
    });
    connect(m_edit, &PromptEdit::pasteRefused, this, [this](qsizetype size) {
        Q_EMIT noted(MessageLine::Kind::Problem,
            tr("Not pasted: with %L1 more characters the text would be longer than %L2.")
                .arg(size)
                .arg(PromptEdit::longest));
    });
}

QWidget* PromptEditor::widget() const
{
    return m_edit;
}

QJsonValue PromptEditor::value() const
{
    return m_edit->text();
}

bool PromptEditor::setValue(const QJsonValue& value, bool undoable)
{
    const QString text = value.toString();
    if (text != m_edit->text()) {
        if (undoable)
            m_edit->replaceText(text);
        else
            m_edit->setText(text);
    }
    return this->value() == value;
}

ParameterEditor::Place PromptEditor::place() const
{
    return isMain() ? Place::Top : Place::Folded;
}

// Quiet until the end is near.
void PromptEditor::showLength()
{
    const auto length = m_edit->document()->characterCount() - 1;
    const int most = parameter().maxLength;
    if (length <= most - most / 10)
        return;
    Q_EMIT noted(length > most ? MessageLine::Kind::Problem : MessageLine::Kind::Note,
        tr("%L1 of %L2 characters").arg(length).arg(most));
}

} // namespace seedbook

#include "moc_PromptEditor.cpp"
