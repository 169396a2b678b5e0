#pragma once

#include "core/Endpoint.h"
#include "settings/Settings.h"

#include <optional>

namespace seedbook {

// How the service is reached, as the command line and the settings say.

struct ChosenEndpoint
{
    Endpoint endpoint;
    std::optional<Error> problem; // why the one in the settings is not used
};

// `given` (on the command line), else the settings' one, else Segmind's own.
[[nodiscard]] ChosenEndpoint chosenEndpoint(
    const std::optional<Endpoint>& given, const Settings& settings);

// For all of the program; what is on this computer is never asked for through a proxy.
void applyProxy(const ProxyChoice& choice);

} // namespace seedbook
