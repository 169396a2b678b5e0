#pragma once

#include "core/Endpoint.h"
#include "widgets/settings/KeyCheck.h"

namespace seedbook {

// Whether the service takes a key: it is asked for the account's balance, which costs nothing.
[[nodiscard]] KeyCheck balanceKeyTest(const Endpoint& endpoint);

} // namespace seedbook
