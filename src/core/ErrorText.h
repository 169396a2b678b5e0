#pragma once

#include "core/Error.h"

namespace seedbook {

// An error in a person's words. Each is a sentence or more; `what` is short enough for a tile.
struct ErrorText
{
    QString what; // what happened
    QString why;  // the reason, with what the service or system said where that helps
    QString todo; // what to do now
};

// The window and the command line say the same; that is why this is not in widgets.
[[nodiscard]] ErrorText describe(const Error& error);
// The three as one line.
[[nodiscard]] QString sentence(const Error& error);
[[nodiscard]] QString sentence(const ErrorText& words);

} // namespace seedbook
