#pragma once

#include "core/ModelSchema.h"

namespace seedbook {

// A model's file. FileUnreadable, ModelFileInvalid.
[[nodiscard]] Result<ModelPtr> readModel(const QString& path);
// The built-in models and those of the folder's *.json, which may be empty or missing.
[[nodiscard]] ModelCatalog loadModels(const QString& folder);

} // namespace seedbook
