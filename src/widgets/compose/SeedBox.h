#pragma once

#include "widgets/common/TypedBox.h"

namespace seedbook {

// The number of the seed row: 0 … 2147483647, and −1, which means that there is none.
class SeedBox final : public TypedBox<QSpinBox>
{
    Q_OBJECT

public:
    explicit SeedBox(QWidget* parent = nullptr);

    // Neither leaves the seeds: 0 is the last way down.
    void stepBy(int steps) override;

Q_SIGNALS:
    // The person typed, pasted or stepped a number, even the one that stood there.
    void edited(int number);

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;
    // Without −1, which people are not told to type.
    [[nodiscard]] NumberLimits limits() const override;
};

} // namespace seedbook
