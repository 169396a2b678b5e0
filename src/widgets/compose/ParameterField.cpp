#include "widgets/compose/ParameterField.h"

#include "widgets/common/PlainWords.h"

namespace seedbook {

ParameterField::ParameterField(
    const ModelSchema& model, const Parameter& parameter, QObject* parent)
    : QObject(parent)
    , m_parameter(parameter)
    , m_editor(ParameterEditor::make(model, parameter, this))
    , m_message(new MessageLine)
{
    connect(m_editor, &ParameterEditor::changed, this, [this] {
        m_touched = true;
        m_message->clear();
        Q_EMIT changed();
    });
    connect(m_editor, &ParameterEditor::noted, m_message, &MessageLine::say);

    const QString words = help();
    if (!words.isEmpty())
        editor()->setToolTip(plainTip(words));
    editor()->setAccessibleName(title());
    editor()->setAccessibleDescription(words);
    if (!parameter.defaultValue.isUndefined())
        setValue(parameter.defaultValue);
    m_touched = false;
}

QString ParameterField::help() const
{
    return m_editor->help();
}

QString ParameterField::title() const
{
    return m_editor->title();
}

QJsonValue ParameterField::value() const
{
    const bool leaveOut =
        !m_touched && !m_parameter.required && m_parameter.defaultValue.isUndefined();
    return leaveOut ? QJsonValue(QJsonValue::Undefined) : m_editor->value();
}

void ParameterField::focusEditor()
{
    QWidget* place = wrong() ? m_editor->wrongPlace() : editor();
    place->setFocus(Qt::OtherFocusReason);
}

} // namespace seedbook

#include "moc_ParameterField.cpp"
