#pragma once

#include "widgets/compose/ParameterEditor.h"

namespace seedbook {

// The prompt, or the negative prompt, which folds away.
class PromptEditor final : public ParameterEditor
{
    Q_OBJECT

public:
    PromptEditor(const Parameter& parameter, QObject* parent);

    [[nodiscard]] QWidget* widget() const override;
    [[nodiscard]] QJsonValue value() const override;
    bool setValue(const QJsonValue& value, bool undoable) override;
    [[nodiscard]] Place place() const override;
    [[nodiscard]] PromptEdit* promptEdit() const override { return m_edit; }

private:
    [[nodiscard]] bool isMain() const { return parameter().role == ParameterRole::Prompt; }
    void showLength();

    PromptEdit* m_edit;
};

} // namespace seedbook
