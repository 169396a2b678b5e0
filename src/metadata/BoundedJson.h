#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace seedbook {

// A JSON object from a text that anybody may have written: at most 4 Mi UTF-16 units, 64 levels and
// 200,000 values, counted before Qt's parser, which takes far more, sees it. What Python writes and
// JSON does not know (NaN, Infinity) becomes null; a whole number beyond 64 bits becomes a text
// with its digits. Nothing where it is no such object.
[[nodiscard]] std::optional<QJsonObject> readBoundedJson(const QString& text);

} // namespace seedbook
