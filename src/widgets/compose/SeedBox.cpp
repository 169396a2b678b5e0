#include "widgets/compose/SeedBox.h"

#include "core/Seed.h"
#include "widgets/common/WheelGuard.h"

#include <QLineEdit>

#include <algorithm>

namespace seedbook {

SeedBox::SeedBox(QWidget* parent)
    : TypedBox(parent)
{
    setRange(Seed::randomSentinel, Seed::largest);
    setValue(Seed::randomSentinel);
    setSpecialValueText(tr("new"));
    setMinimumWidth(110);
    WheelGuard::protect(this);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] {
        if (hasAcceptableInput())
            Q_EMIT edited(value());
    });
}

void SeedBox::stepBy(int steps)
{
    if (value() < Seed::smallest)
        return;
    const qint64 number =
        std::clamp(value() + static_cast<qint64>(steps), Seed::smallest, Seed::largest);
    setValue(static_cast<int>(number));
    selectAll();
    Q_EMIT edited(value());
}

QAbstractSpinBox::StepEnabled SeedBox::stepEnabled() const
{
    StepEnabled ways = StepNone;
    if (value() > Seed::smallest)
        ways |= StepDownEnabled;
    if (value() >= Seed::smallest && value() < Seed::largest)
        ways |= StepUpEnabled;
    return ways;
}

NumberLimits SeedBox::limits() const
{
    return {double(Seed::smallest), double(Seed::largest), 0};
}

} // namespace seedbook

#include "moc_SeedBox.cpp"
