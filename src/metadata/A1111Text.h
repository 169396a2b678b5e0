#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QSize>
#include <QString>

namespace seedbook {

// The text that Automatic1111's web UI began and many programs read: the prompt, the negative
// prompt, and one line of settings. `values` go by the contract's field names; what is not there is
// left out. `size` in pixels, from the decoded picture. The text has no escapes for a prompt with a
// line that begins "Negative prompt:", so it is for other programs; our own record is elsewhere.
[[nodiscard]] QString a1111Text(const QString& prompt, const QString& negative,
    const QJsonObject& values, QSize size, const QString& modelTitle, const QDateTime& created);

} // namespace seedbook
