#pragma once

#include "metadata/FoundRecord.h"

#include <QJsonValue>
#include <QStringView>

#include <initializer_list>

namespace seedbook {

// What the readers of the foreign formats share: from the values of a file, whatever types they
// have, to the fields of a record.

// Pixels; empty unless both are whole numbers from 1 to 1,000,000.
[[nodiscard]] QSize sizeFrom(const QJsonValue& width, const QJsonValue& height);
// "1328x1328", "(1328, 1328)", "1328 × 1328": the first two whole numbers of a short text.
[[nodiscard]] QSize sizeFrom(QStringView text);

// Left out where the value is no text, or no number.
void addText(QJsonObject& values, const QString& field, const QJsonValue& value);
void addNumber(QJsonObject& values, const QString& field, const QJsonValue& value);

// The first of the keys that the object has.
[[nodiscard]] QJsonValue firstOf(
    const QJsonObject& object, std::initializer_list<QLatin1StringView> keys);

} // namespace seedbook
