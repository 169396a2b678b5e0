#pragma once

#include "core/ModelSchema.h"
#include "core/Picture.h"
#include "widgets/common/DetailsTable.h"

namespace seedbook {

// What is said of a picture, wherever it is said.

// Every parameter but the prompts and the seed, by the model's titles; by field names where the
// model is not known here.
[[nodiscard]] DetailRows parameterRows(
    const ModelCatalog& models, const QString& modelId, const QJsonObject& values);
// The value of the parameter with that role; the contract's field name where the model is not
// known.
[[nodiscard]] QString textOf(const ModelCatalog& models, const QString& modelId,
    const QJsonObject& values, ParameterRole role, const QString& fallback);

// Empty where it has none.
[[nodiscard]] QString negativePrompt(const ModelCatalog& models, const Picture& picture);
// The model and every parameter but the prompts and the seed. Of one from elsewhere: what its file
// tells, and what it does not.
[[nodiscard]] DetailRows makingRows(const ModelCatalog& models, const Picture& picture);
// What it cost and how long it took, its pixels, its file, and when it was made.
[[nodiscard]] DetailRows fileRows(const Picture& picture);

} // namespace seedbook
