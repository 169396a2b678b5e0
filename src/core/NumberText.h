#pragma once

#include <QJsonValue>
#include <QString>

namespace seedbook {

// Numbers as files, bodies and command lines write them, in every locale.

// As short as 15 digits allow: "30", "3.5".
[[nodiscard]] QString numberText(double number);
// A number from a number or from a text that holds one: whole where it is whole, a text of digits
// where it is whole and beyond 64 bits; Undefined where it is none.
[[nodiscard]] QJsonValue numberFrom(const QJsonValue& value);

} // namespace seedbook
