#pragma once

#include "app/CommandLine.h"

namespace seedbook {

// `seedbook generate`, which has an option for every parameter of the model, from its schema.
[[nodiscard]] Parsed<GenerateOptions> readGenerate(
    const QStringList& arguments, const ModelCatalog& models);
[[nodiscard]] int runGenerate(Program& program, const GenerateOptions& options);

} // namespace seedbook
