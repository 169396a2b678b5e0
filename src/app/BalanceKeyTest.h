#pragma once

#include "core/Endpoint.h"
#include "widgets/settings/KeyTest.h"

namespace seedbook {

// Whether the service takes a key: it is asked for the account's balance, which costs nothing.
[[nodiscard]] KeyTest balanceKeyTest(const Endpoint& endpoint);

} // namespace seedbook
