#pragma once

#include "app/CommandLine.h"

namespace seedbook {

struct LedgerOptions
{
    bool json = false;
    bool unknown = false; // only those whose outcome is unknown and that were not dismissed
};

// `seedbook ledger`: the rows of the data folder's ledger, newest first, and their sums. Only
// reads, whoever holds the folder; where there is no ledger there will be none afterwards.
[[nodiscard]] Parsed<LedgerOptions> readLedger(
    const QStringList& arguments, const ModelCatalog& models);
[[nodiscard]] int runLedger(Program& program, const LedgerOptions& options);

} // namespace seedbook
