#pragma once

#include "core/ParameterKind.h"

#include <QString>

#include <optional>

namespace seedbook {

// What a parameter is for, whatever the model's file calls it. A model has at most one of each, and
// need not have any: what a request has no prompt or no seed for, nobody else has either.
enum class ParameterRole {
    None,
    Prompt,
    NegativePrompt,
    AspectRatio,
    Steps,
    Guidance,
    Seed,
    ImageFormat,
    Quality,
    Base64,
};

// By the name that a model's file has for it, e.g. "aspectRatio".
[[nodiscard]] std::optional<ParameterRole> roleFromName(const QString& name);
// What records of pictures call the field, and most models: "aspect_ratio". Empty for None.
[[nodiscard]] QString usualField(ParameterRole role);
// The reverse; None for any other name.
[[nodiscard]] ParameterRole roleOfField(const QString& field);
// Its place in a form; those without a role come last.
[[nodiscard]] int rank(ParameterRole role);
// Of what type a parameter must be for its role, where it is not.
[[nodiscard]] std::optional<QString> wrongTypeForRole(const Parameter& parameter);

} // namespace seedbook
