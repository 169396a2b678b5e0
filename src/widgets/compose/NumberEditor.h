#pragma once

#include "widgets/compose/ParameterEditor.h"

namespace seedbook {

class NumberBox;
class SliderField;

// A number, whole or not: a slider and a box where it has a range, else the box alone.
class NumberEditor final : public ParameterEditor
{
    Q_OBJECT

public:
    NumberEditor(const Parameter& parameter, QObject* parent);

    [[nodiscard]] QWidget* widget() const override;
    [[nodiscard]] QJsonValue value() const override;
    bool setValue(const QJsonValue& value, bool undoable) override;
    [[nodiscard]] std::optional<LimitWords> wrong() const override;
    [[nodiscard]] QWidget* wrongPlace() const override;

private:
    void noteTyped();

    SliderField* m_slider = nullptr; // where there is a range; the box is a part of it
    NumberBox* m_box;
    bool m_wasWrong = false; // what was typed last
};

} // namespace seedbook
