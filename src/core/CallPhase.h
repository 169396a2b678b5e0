#pragma once

namespace seedbook {

// Where a call stands while its request is out. It only goes on from one to a later one.
enum class CallPhase {
    Connecting,  // nothing has left yet
    Generating,  // the request is with the service; on v2 also while it is asked after
    Downloading, // the picture is on its way here
};

} // namespace seedbook
