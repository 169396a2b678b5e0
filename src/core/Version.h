#pragma once

#include <QString>

namespace seedbook {

// "0.1.0", as CMakeLists.txt says. One source knows it, so that a new version compiles one file.
[[nodiscard]] QString programVersion();

} // namespace seedbook
