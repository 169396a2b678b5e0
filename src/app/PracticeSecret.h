#pragma once

#include <QByteArray>
#include <QString>

namespace seedbook {

// What the practice service signs its request ids with, from the data folder, so that the requests
// that it took on are answered after a restart; made at the first time. Empty where the folder does
// not take it: then this run has one of its own.
[[nodiscard]] QByteArray practiceSecret(const QString& dataFolder);

} // namespace seedbook
