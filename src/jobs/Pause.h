#pragma once

#include "core/Error.h"

namespace seedbook {

// Why nothing is sent to an endpoint until a person says so (or, for Disk, until there is room).
enum class PauseReason {
    ByPerson,
    Offline,  // five tries did not reach the service
    Insecure, // its certificate does not verify
    Key,      // 401, 403, no key, or one that cannot be sent
    Credits,  // not enough of them, or the team's limit
    Disk,     // what arrives cannot be kept, or the ledger cannot be written
    Cap,      // the next job would pass one of the person's own caps
};

struct Pause
{
    PauseReason reason = PauseReason::ByPerson;
    Error error; // what led to it; none for ByPerson

    friend bool operator==(const Pause&, const Pause&) = default;
};

} // namespace seedbook
