#pragma once

#include "app/CommandLine.h"

#include <functional>

namespace seedbook {

class MainWindow;
class Session;

// Called once the window is shown and joined to its back ends, before the event loop runs.
using WindowHook = std::function<void(MainWindow& window, Session& session)>;

// Opens the window and runs until it is closed. Returns the program's exit code.
[[nodiscard]] int runWindow(int argc, char** argv, const ModelCatalog& models,
    const WindowOptions& options, const WindowHook& hook = {});

} // namespace seedbook
