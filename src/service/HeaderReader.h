#pragma once

#include "core/ImageService.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QPair>

namespace seedbook {

// What the service says of a call in its headers. Names in any case, numbers as doubles, every one
// optional; a value that makes no sense is as good as none. `now` is what a date in Retry-After is
// counted from.
[[nodiscard]] CallInfo readHeaders(int status, const QList<QPair<QByteArray, QByteArray>>& headers,
    const QDateTime& now = QDateTime::currentDateTimeUtc());

} // namespace seedbook
