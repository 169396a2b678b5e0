#pragma once

#include "widgets/common/TypedBox.h"

namespace seedbook {

// A number that can be typed with a point or a comma, whatever the locale, and that shows no more
// decimals than it has (but never fewer than its step). What cannot be used stays as it is typed.
class NumberBox final : public TypedBox<QDoubleSpinBox>
{
    Q_OBJECT

public:
    // Without decimals when `whole`; else two more decimals than the step has are kept.
    NumberBox(double step, bool whole, QWidget* parent = nullptr);

    [[nodiscard]] QString textFromValue(double value) const override;
    [[nodiscard]] double valueFromText(const QString& text) const override;
    [[nodiscard]] QValidator::State validate(QString& text, int& position) const override;

private:
    int m_leastDecimals = 0;
};

} // namespace seedbook
