#pragma once

#include "metadata/FoundRecord.h"

#include <QDateTime>
#include <QJsonObject>
#include <QSize>
#include <QString>

#include <optional>

namespace seedbook {

// The text that Automatic1111's web UI began and many programs read: the prompt, the negative
// prompt, and one line of settings. `values` go by the contract's field names; what is not there is
// left out. `size` in pixels, from the decoded picture. The text has no escapes for a prompt with a
// line that begins "Negative prompt:", so it is for other programs; our own record is elsewhere.
[[nodiscard]] QString a1111Text(const QString& prompt, const QString& negative,
    const QJsonObject& values, QSize size, const QString& modelTitle, const QDateTime& created);

// Such a text from any of the programs that write it, its source Automatic1111 (Fooocus where it
// says so). Line feeds between lines; a second line that begins "Negative prompt:" belongs to the
// negative prompt, as in the first program. Nothing where the text has neither a line of settings
// nor a negative prompt. Linear in the text's length.
[[nodiscard]] std::optional<FoundRecord> readA1111Text(const QString& text);

} // namespace seedbook
