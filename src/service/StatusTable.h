#pragma once

#include "core/Error.h"

#include <QNetworkReply>

namespace seedbook {

// What an HTTP status means, with the service's message where a status has several meanings.
[[nodiscard]] ErrorKind kindOfStatus(int status, const QString& message);

// What kept a request from leaving this computer.
[[nodiscard]] ErrorKind kindOfNetworkError(QNetworkReply::NetworkError error);

} // namespace seedbook
