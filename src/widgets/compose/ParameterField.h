#pragma once

#include "core/ModelSchema.h"
#include "widgets/common/TypedBox.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace seedbook {

class MessageLine;
class NumberBox;
class PromptEdit;

// The control for one parameter of a model (all but the seed), made from its schema: type, range,
// values, texts. Asks nowhere for the field's name.
class ParameterField final : public QObject
{
    Q_OBJECT

public:
    // The parameter and the model must outlive the field.
    ParameterField(const ModelSchema& model, const Parameter& parameter, QObject* parent);

    [[nodiscard]] const Parameter& parameter() const { return m_parameter; }
    // Owned by whatever layout it is put in, as is the line below it.
    [[nodiscard]] QWidget* editor() const { return m_editor; }
    [[nodiscard]] MessageLine* message() const { return m_message; }
    [[nodiscard]] PromptEdit* promptEdit() const { return m_promptEdit; }
    [[nodiscard]] QString help() const;  // translated
    [[nodiscard]] QString title() const; // translated

    // Undefined: an optional parameter without a default that was not touched.
    [[nodiscard]] QJsonValue value() const;
    // What is typed is no number that the parameter can have: value() is an older one.
    [[nodiscard]] std::optional<LimitWords> wrong() const;
    void focusEditor(); // where something is wrong
    // Takes what fits, the nearest where it is a number out of range. False if `value` is not what
    // the field has now. `undoable` only matters to texts.
    bool setValue(const QJsonValue& value, bool undoable = false);

Q_SIGNALS:
    void changed();

private:
    void makeText();
    void makeLine();
    void makeChoice(const ModelSchema& model);
    void makeRanged();
    void makeNumber();
    void makeCheck();
    void follow(NumberBox* box);
    void noteChange();
    void noteTyped();
    void showLength();
    [[nodiscard]] QJsonValue number(double value) const;

    const Parameter& m_parameter;
    QWidget* m_editor = nullptr;
    PromptEdit* m_promptEdit = nullptr;
    NumberBox* m_box = nullptr; // of a number
    MessageLine* m_message;
    std::function<QJsonValue()> m_read;
    std::function<void(const QJsonValue&, bool)> m_write;
    bool m_touched = false;
    bool m_wasWrong = false; // what was typed last
};

} // namespace seedbook
