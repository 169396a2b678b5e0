#pragma once

#include "widgets/compose/ParameterEditor.h"

#include <QIcon>
#include <QList>

class QComboBox;

namespace seedbook {

// One of several texts.
class ChoiceEditor final : public ParameterEditor
{
    Q_OBJECT

public:
    // How one of the values is shown.
    struct Option
    {
        QString value;
        QString words;
        QIcon icon = {};
    };

    ChoiceEditor(const Parameter& parameter, QObject* parent);
    ChoiceEditor(const Parameter& parameter, const QList<Option>& options, QObject* parent);

    [[nodiscard]] QWidget* widget() const override;
    [[nodiscard]] QJsonValue value() const override;
    bool setValue(const QJsonValue& value, bool undoable) override;

private:
    QComboBox* m_choice;
};

// Aspect ratios with their shapes and the model's pixel sizes.
[[nodiscard]] QList<ChoiceEditor::Option> ratioOptions(
    const ModelSchema& model, const Parameter& parameter);

} // namespace seedbook
