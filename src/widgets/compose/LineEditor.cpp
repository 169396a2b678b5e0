#include "widgets/compose/LineEditor.h"

#include <QLineEdit>

namespace seedbook {

LineEditor::LineEditor(const Parameter& parameter, QObject* parent)
    : ParameterEditor(parameter, parent)
    , m_line(new QLineEdit)
{
    m_line->setMaxLength(parameter.maxLength);
    connect(m_line, &QLineEdit::textChanged, this, &ParameterEditor::changed);
}

QWidget* LineEditor::widget() const
{
    return m_line;
}

QJsonValue LineEditor::value() const
{
    return m_line->text();
}

bool LineEditor::setValue(const QJsonValue& value, bool)
{
    m_line->setText(value.toString());
    return this->value() == value;
}

} // namespace seedbook

#include "moc_LineEditor.cpp"
