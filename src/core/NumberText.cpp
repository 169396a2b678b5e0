#include "core/NumberText.h"

#include <algorithm>
#include <cmath>

namespace seedbook {

namespace {

constexpr qsizetype longestNumber = 64;

bool isDigits(QStringView text)
{
    if (text.startsWith(u'-'))
        text = text.sliced(1);
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QJsonValue fromDouble(double number)
{
    constexpr double beyondWhole = 9223372036854775808.0; // 2^63
    if (!std::isfinite(number))
        return QJsonValue::Undefined;
    if (std::floor(number) != number)
        return number;
    if (std::fabs(number) < beyondWhole)
        return static_cast<qint64>(number);
    return QString::number(number, 'f', 0).left(longestNumber);
}

} // namespace

QString numberText(double number)
{
    return QString::number(number, 'g', 15);
}

QJsonValue numberFrom(const QJsonValue& value)
{
    if (value.isDouble()) {
        // Not through a double, which would round a large seed.
        const qint64 whole = value.toInteger(0);
        return whole != 0 ? QJsonValue(whole) : fromDouble(value.toDouble());
    }
    if (!value.isString())
        return QJsonValue::Undefined;
    const QString all = value.toString();
    if (all.size() > longestNumber)
        return QJsonValue::Undefined;
    const QString text = all.trimmed();
    bool ok = false;
    const qint64 whole = text.toLongLong(&ok);
    if (ok)
        return whole;
    if (isDigits(text))
        return text;
    const double number = text.toDouble(&ok);
    return ok ? fromDouble(number) : QJsonValue(QJsonValue::Undefined);
}

} // namespace seedbook
