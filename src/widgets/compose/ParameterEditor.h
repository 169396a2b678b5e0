#pragma once

#include "core/ModelSchema.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/TypedBox.h"

#include <QJsonValue>
#include <QObject>

#include <optional>

class QWidget;

namespace seedbook {

class PromptEdit;

// The control for a parameter's value, one class a kind. What a role wants otherwise, and which
// kind has which editor, is in one table, in ParameterEditor.cpp; the seed has a row of its own.
class ParameterEditor : public QObject
{
    Q_OBJECT

public:
    // Where a form has it.
    enum class Place {
        Row,
        Top,    // across the whole form
        Folded, // below its title, which unfolds it
    };

    // The parameter and the model must outlive the editor.
    [[nodiscard]] static ParameterEditor* make(
        const ModelSchema& model, const Parameter& parameter, QObject* parent);

    [[nodiscard]] QString title() const; // translated
    [[nodiscard]] QString help() const;  // translated
    // Owned by whatever layout it is put in.
    [[nodiscard]] virtual QWidget* widget() const = 0;
    // Undefined: nothing is chosen.
    [[nodiscard]] virtual QJsonValue value() const = 0;
    // Takes what fits, the nearest where it is a number out of range. False if `value` is not what
    // it has now. `undoable` only matters to texts.
    virtual bool setValue(const QJsonValue& value, bool undoable) = 0;
    // What is typed is nothing that the parameter can have: value() is an older one.
    [[nodiscard]] virtual std::optional<LimitWords> wrong() const { return std::nullopt; }
    // Where what is wrong() is typed.
    [[nodiscard]] virtual QWidget* wrongPlace() const { return widget(); }
    [[nodiscard]] virtual Place place() const { return Place::Row; }
    // The title stands on the control itself.
    [[nodiscard]] virtual bool bringsLabel() const { return false; }
    [[nodiscard]] virtual PromptEdit* promptEdit() const { return nullptr; }

Q_SIGNALS:
    void changed();
    // After changed(): something about what was typed.
    void noted(seedbook::MessageLine::Kind kind, const QString& words);

protected:
    ParameterEditor(const Parameter& parameter, QObject* parent);

    [[nodiscard]] const Parameter& parameter() const { return m_parameter; }

private:
    const Parameter& m_parameter;
};

} // namespace seedbook
