#pragma once

#include "app/CommandLine.h"

namespace seedbook {

struct BalanceOptions
{
    std::optional<Endpoint> endpoint;
    bool json = false;
};

// `seedbook balance`: asks the service what the account can spend, which is free. Needs the key
// that `generate` would use, and neither display, lock nor ledger.
[[nodiscard]] Parsed<BalanceOptions> readBalanceOptions(
    const QStringList& arguments, const ModelCatalog& models);
[[nodiscard]] int runBalance(Program& program, const BalanceOptions& options);

} // namespace seedbook
