#pragma once

#include "core/ApiKey.h"

#include <QString>

#include <functional>

class QObject;

namespace seedbook {

// How a key is tested: by asking the service for the balance, which is free. The answer comes
// later, in words, unless `context` is gone by then.
using KeyCheckAnswer = std::function<void(bool works, const QString& words)>;
using KeyCheck =
    std::function<void(const ApiKey& key, QObject* context, const KeyCheckAnswer& answer)>;

} // namespace seedbook
