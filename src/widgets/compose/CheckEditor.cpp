#include "widgets/compose/CheckEditor.h"

#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace seedbook {

CheckEditor::CheckEditor(const Parameter& parameter, QObject* parent)
    : ParameterEditor(parameter, parent)
    , m_check(new QCheckBox(title().replace(u'&', u"&&"_s)))
{
    connect(m_check, &QCheckBox::toggled, this, &ParameterEditor::changed);
}

QWidget* CheckEditor::widget() const
{
    return m_check;
}

QJsonValue CheckEditor::value() const
{
    return m_check->isChecked();
}

bool CheckEditor::setValue(const QJsonValue& value, bool)
{
    if (value.isBool())
        m_check->setChecked(value.toBool());
    return this->value() == value;
}

} // namespace seedbook

#include "moc_CheckEditor.cpp"
