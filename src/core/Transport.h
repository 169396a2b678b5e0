#pragma once

#include <QString>

#include <optional>

namespace seedbook {

// How a request travels.
enum class Transport {
    Blocking,    // v1: one POST whose answer is the picture
    Recoverable, // v2: a POST that is answered with an id, then free GETs; survives a lost
                 // connection
};

// "v1" and "v2", as the ledger and the models' files call them.
[[nodiscard]] QString transportName(Transport transport);
[[nodiscard]] std::optional<Transport> transportFromName(const QString& name);

} // namespace seedbook
