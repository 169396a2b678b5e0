#pragma once

#include <QByteArray>
#include <QString>

namespace seedbook {

class OutsideJson;

// What an answer that is not a picture says, in one line: JSON under "error", "message", "detail",
// "error_description" (a string, an object with a message, or a list of {"msg", "loc"}), plain
// text, or an HTML page's title. Empty where it says nothing. Not yet redacted or cut. Of a long
// body its first 64 KiB are looked at.
[[nodiscard]] QString serviceMessage(const QByteArray& body);
// The same for a body of any size that was read already.
[[nodiscard]] QString serviceMessage(const OutsideJson& json, const QByteArray& body);

} // namespace seedbook
