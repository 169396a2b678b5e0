#include "metadata/RecordValues.h"

#include "core/NumberText.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype longestNumber = 64;
constexpr int largestSide = 1'000'000;

int sideFrom(const QJsonValue& value)
{
    const qint64 side = numberFrom(value).toInteger(0);
    return side >= 1 && side <= largestSide ? static_cast<int>(side) : 0;
}

} // namespace

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
