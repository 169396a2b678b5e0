#include "widgets/compose/NumberEditor.h"

#include "widgets/common/NumberBox.h"
#include "widgets/common/SliderField.h"

#include <cmath>

namespace seedbook {

NumberEditor::NumberEditor(const Parameter& parameter, QObject* parent)
    : ParameterEditor(parameter, parent)
{
    const bool whole = kindOf(parameter).id() == ParameterKind::Id::Integer;
    if (parameter.isRanged()) {
        m_slider = new SliderField({*parameter.minimum, *parameter.maximum, parameter.step, whole});
        m_slider->setFieldName(title(), help());
        m_slider->setDefaultValue(parameter.defaultValue.toDouble(*parameter.minimum));
        m_box = m_slider->box();
        connect(m_slider, &SliderField::valueChanged, this, &ParameterEditor::changed);
    } else {
        m_box = new NumberBox(parameter.step, whole);
        m_box->setRange(
            parameter.minimum.value_or(-exactIntegers), parameter.maximum.value_or(exactIntegers));
        connect(m_box, &NumberBox::valueChanged, this, &ParameterEditor::changed);
    }
    connect(m_box->line(), &QLineEdit::textChanged, this, &NumberEditor::noteTyped);
}

QWidget* NumberEditor::widget() const
{
    return m_slider ? static_cast<QWidget*>(m_slider) : m_box;
}

QJsonValue NumberEditor::value() const
{
    const double number = m_slider ? m_slider->value() : m_box->value();
    const auto checked = kindOf(parameter()).check(parameter(), number);
    return checked ? *checked : QJsonValue(number);
}

bool NumberEditor::setValue(const QJsonValue& value, bool)
{
    if (!value.isDouble())
        return false;
    if (m_slider)
        m_slider->setValue(value.toDouble());
    else
        m_box->setValue(value.toDouble());
    return std::fabs(this->value().toDouble() - value.toDouble()) < 1e-9;
}

std::optional<LimitWords> NumberEditor::wrong() const
{
    return m_box->wrong(title());
}

QWidget* NumberEditor::wrongPlace() const
{
    return m_box;
}

void NumberEditor::noteTyped()
{
    const bool isWrong = wrong().has_value();
    if (!isWrong && !m_wasWrong)
        return; // told of as a value
    m_wasWrong = isWrong;
    Q_EMIT changed();
    if (const auto words = m_box->wrongSoFar(title()))
        Q_EMIT noted(MessageLine::Kind::Problem, words->sentence);
}

} // namespace seedbook

#include "moc_NumberEditor.cpp"
