#include "widgets/compose/ChoiceEditor.h"

#include "widgets/common/WheelGuard.h"
#include "widgets/compose/RatioIcon.h"

#include <QComboBox>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QList<ChoiceEditor::Option> plainOptions(const Parameter& parameter)
{
    QList<ChoiceEditor::Option> options;
    for (const QString& value : parameter.allowed)
        options.append({value, value});
    return options;
}

} // namespace

QList<ChoiceEditor::Option> ratioOptions(const ModelSchema& model, const Parameter& parameter)
{
    QList<ChoiceEditor::Option> options;
    for (const QString& value : parameter.allowed) {
        const QSize size = model.pixelSize(value);
        const QString words = size.isEmpty()
                                  ? value
                                  : u"%1 · %2×%3"_s.arg(value).arg(size.width()).arg(size.height());
        options.append({value, words, ratioIcon(value)});
    }
    return options;
}

ChoiceEditor::ChoiceEditor(const Parameter& parameter, QObject* parent)
    : ChoiceEditor(parameter, plainOptions(parameter), parent)
{
}

ChoiceEditor::ChoiceEditor(
    const Parameter& parameter, const QList<Option>& options, QObject* parent)
    : ParameterEditor(parameter, parent)
    , m_choice(new QComboBox)
{
    if (!parameter.required && parameter.defaultValue.isUndefined())
        m_choice->addItem(tr("not set"));
    for (const Option& option : options)
        m_choice->addItem(option.icon, option.words, option.value);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(6);
    m_choice->setIconSize({18, 16});
    WheelGuard::protect(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &ParameterEditor::changed);
}

QWidget* ChoiceEditor::widget() const
{
    return m_choice;
}

QJsonValue ChoiceEditor::value() const
{
    const QVariant data = m_choice->currentData();
    return data.isValid() ? QJsonValue(data.toString()) : QJsonValue(QJsonValue::Undefined);
}

bool ChoiceEditor::setValue(const QJsonValue& value, bool)
{
    const int index = m_choice->findData(value.toString());
    if (value.isString() && index >= 0)
        m_choice->setCurrentIndex(index);
    return this->value() == value;
}

} // namespace seedbook

#include "moc_ChoiceEditor.cpp"
