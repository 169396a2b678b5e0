#pragma once

#include "app/CommandLine.h"

namespace seedbook {

// Opens the window and runs until it is closed. Returns the program's exit code.
[[nodiscard]] int runWindow(
    int argc, char** argv, const ModelCatalog& models, const WindowOptions& options);

} // namespace seedbook
