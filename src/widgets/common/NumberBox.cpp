#include "widgets/common/NumberBox.h"

#include "widgets/common/WheelGuard.h"

#include <algorithm>
#include <cmath>

namespace seedbook {

namespace {

QString withOwnPoint(QString text, const QString& point)
{
    for (const QChar mark : {QChar(u'.'), QChar(u',')}) {
        if (point != mark)
            text.replace(mark, point);
    }
    return text;
}

} // namespace

NumberBox::NumberBox(double step, bool whole, QWidget* parent)
    : TypedBox(parent)
{
    if (!whole)
        m_leastDecimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
    setDecimals(whole ? 0 : m_leastDecimals + 2);
    setSingleStep(step);
    WheelGuard::protect(this);
}

QString NumberBox::textFromValue(double value) const
{
    QString text = QDoubleSpinBox::textFromValue(value);
    const qsizetype point = text.indexOf(locale().decimalPoint());
    if (point < 0)
        return text;
    const qsizetype shortest = m_leastDecimals > 0 ? point + 1 + m_leastDecimals : point;
    const QString zero = locale().zeroDigit();
    while (
        text.size() > shortest && (text.endsWith(zero) || text.endsWith(locale().decimalPoint())))
        text.chop(1);
    return text;
}

double NumberBox::valueFromText(const QString& text) const
{
    return QDoubleSpinBox::valueFromText(withOwnPoint(text, locale().decimalPoint()));
}

QValidator::State NumberBox::validate(QString& text, int& position) const
{
    text = withOwnPoint(text, locale().decimalPoint());
    return TypedBox::validate(text, position);
}

} // namespace seedbook

#include "moc_NumberBox.cpp"
