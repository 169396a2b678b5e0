#pragma once

#include "core/ApiKey.h"
#include "core/Endpoint.h"

#include <optional>

namespace seedbook {

// The value of a variable, which is gone afterwards: no program that is started from here on
// inherits it, and /proc/PID/environ, which shows the bytes that the program was started with,
// shows zeros in its place. Before there are threads.
[[nodiscard]] ApiKey takeFromEnvironment(const char* name);

// SEGMIND_API_KEY, taken at the first call; empty where it was not set.
const ApiKey& environmentKey();

// The same for an endpoint's origin, where it is meant for that one: for the endpoint that the
// command line gives beside it, else for Segmind's own. An endpoint in the settings may have been
// entered long ago, or by somebody else, and has a key of its own.
[[nodiscard]] ApiKey environmentKeyFor(const QString& origin, const std::optional<Endpoint>& given);

} // namespace seedbook
