#pragma once

#include "core/ModelSchema.h"
#include "widgets/compose/ParameterEditor.h"

namespace seedbook {

// One parameter of a model in a form (all but the seed), made from its schema: its editor, a line
// for what is wrong with it, and whether the person has touched it. Asks nowhere for the field's
// name.
class ParameterField final : public QObject
{
    Q_OBJECT

public:
    // The parameter and the model must outlive the field.
    ParameterField(const ModelSchema& model, const Parameter& parameter, QObject* parent);

    [[nodiscard]] const Parameter& parameter() const { return m_parameter; }
    // Owned by whatever layout it is put in, as is the line below it.
    [[nodiscard]] QWidget* editor() const { return m_editor->widget(); }
    [[nodiscard]] MessageLine* message() const { return m_message; }
    [[nodiscard]] PromptEdit* promptEdit() const { return m_editor->promptEdit(); }
    [[nodiscard]] ParameterEditor::Place place() const { return m_editor->place(); }
    [[nodiscard]] bool bringsLabel() const { return m_editor->bringsLabel(); }
    [[nodiscard]] QString help() const;  // translated
    [[nodiscard]] QString title() const; // translated

    // Undefined: an optional parameter without a default that was not touched.
    [[nodiscard]] QJsonValue value() const;
    // As ParameterEditor has these.
    [[nodiscard]] std::optional<LimitWords> wrong() const { return m_editor->wrong(); }
    void focusEditor(); // where something is wrong
    bool setValue(const QJsonValue& value, bool undoable = false)
    {
        return m_editor->setValue(value, undoable);
    }

Q_SIGNALS:
    void changed();

private:
    const Parameter& m_parameter;
    ParameterEditor* m_editor;
    MessageLine* m_message;
    bool m_touched = false;
};

} // namespace seedbook
