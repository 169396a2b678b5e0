#include "metadata/RecordValues.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype longestNumber = 64;
constexpr int largestSide = 1'000'000;

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

int sideFrom(const QJsonValue& value)
{
    const qint64 side = numberFrom(value).toInteger(0);
    return side >= 1 && side <= largestSide ? static_cast<int>(side) : 0;
}

} // namespace

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

QSize sizeFrom(const QJsonValue& width, const QJsonValue& height)
{
    const QSize size(sideFrom(width), sideFrom(height));
    return size.isEmpty() ? QSize() : size;
}

QSize sizeFrom(QStringView text)
{
    QStringList numbers;
    bool inside = false;
    for (const QChar c : text.left(longestNumber)) {
        const bool digit = c >= u'0' && c <= u'9';
        if (digit && !inside)
            numbers.append(QString());
        if (digit)
            numbers.last() += c;
        inside = digit;
    }
    return numbers.size() < 2 ? QSize() : sizeFrom(numbers.at(0), numbers.at(1));
}

void addText(QJsonObject& values, const QString& field, const QJsonValue& value)
{
    if (value.isString())
        values.insert(field, value);
}

void addNumber(QJsonObject& values, const QString& field, const QJsonValue& value)
{
    const QJsonValue number = numberFrom(value);
    if (!number.isUndefined())
        values.insert(field, number);
}

QJsonValue firstOf(const QJsonObject& object, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        const auto found = object.find(key);
        if (found != object.end())
            return *found;
    }
    return QJsonValue::Undefined;
}

} // namespace seedbook
