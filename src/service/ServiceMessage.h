#pragma once

#include <QByteArray>
#include <QString>

namespace seedbook {

// What an answer that is not a picture says, in one line: JSON under "error", "message", "detail",
// "error_description" (a string, an object with a message, or a list of {"msg", "loc"}), plain
// text, or an HTML page's title. Empty where it says nothing. Not yet redacted or cut.
[[nodiscard]] QString serviceMessage(const QByteArray& body);

} // namespace seedbook
