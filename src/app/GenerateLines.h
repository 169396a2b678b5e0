#pragma once

#include "core/Job.h"

namespace seedbook {

// The lines that `generate` prints on standard output, one for each picture: for people, or one
// JSON object.

[[nodiscard]] QString jobLine(const Job& job, bool isEarlier, bool json);
// It is in the library, and nothing was sent.
[[nodiscard]] QString thereLine(const Request& request, const Picture& picture, bool json);
// It was sent before. `job` is null where only the ledger still knows of it.
[[nodiscard]] QString unknownLine(const Request& request, const Job* job, bool practice, bool json);
[[nodiscard]] QString notSentLine(const Request& request, const Error& error, bool json);

} // namespace seedbook
