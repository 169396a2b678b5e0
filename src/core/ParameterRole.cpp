#include "core/ParameterRole.h"

#include "core/ModelSchema.h"
#include "core/Words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

using Kind = ParameterKind::Id;

struct RoleEntry
{
    ParameterRole role;
    QLatin1StringView name;  // under "x-seedbook.roles"
    QLatin1StringView field; // see usualField()
    Kind kind;               // an integer is a number, too
    bool ranged = false;     // with a minimum and a maximum
};

// Also the order in which a form shows the parameters.
constexpr std::array roles{
    RoleEntry{ParameterRole::Prompt, "prompt"_L1, "prompt"_L1, Kind::Text},
    RoleEntry{ParameterRole::NegativePrompt, "negativePrompt"_L1, "negative_prompt"_L1, Kind::Text},
    RoleEntry{ParameterRole::AspectRatio, "aspectRatio"_L1, "aspect_ratio"_L1, Kind::Choice},
    RoleEntry{ParameterRole::Steps, "steps"_L1, "steps"_L1, Kind::Integer, true},
    RoleEntry{ParameterRole::Guidance, "guidance"_L1, "guidance"_L1, Kind::Number, true},
    RoleEntry{ParameterRole::Seed, "seed"_L1, "seed"_L1, Kind::Integer},
    RoleEntry{ParameterRole::ImageFormat, "imageFormat"_L1, "image_format"_L1, Kind::Choice},
    RoleEntry{ParameterRole::Quality, "quality"_L1, "quality"_L1, Kind::Integer, true},
    RoleEntry{ParameterRole::Base64, "base64"_L1, "base64"_L1, Kind::Boolean},
};

const RoleEntry* find(ParameterRole role)
{
    const auto* found = std::ranges::find(roles, role, &RoleEntry::role);
    return found == roles.end() ? nullptr : found;
}

} // namespace

std::optional<ParameterRole> roleFromName(const QString& name)
{
    const auto* found = std::ranges::find(roles, name, &RoleEntry::name);
    return found == roles.end() ? std::nullopt : std::optional(found->role);
}

QString usualField(ParameterRole role)
{
    const RoleEntry* entry = find(role);
    return entry ? QString(entry->field) : QString();
}

ParameterRole roleOfField(const QString& field)
{
    if (field == "base_64"_L1) // as some of the service's other models have it
        return ParameterRole::Base64;
    const auto* found = std::ranges::find(roles, field, &RoleEntry::field);
    return found == roles.end() ? ParameterRole::None : found->role;
}

int rank(ParameterRole role)
{
    const auto* found = std::ranges::find(roles, role, &RoleEntry::role);
    return static_cast<int>(found - roles.begin());
}

std::optional<QString> wrongTypeForRole(const Parameter& parameter)
{
    const RoleEntry* entry = find(parameter.role);
    if (!entry)
        return std::nullopt;
    const ParameterKind& kind = kindOf(parameter);
    const bool isKind =
        kind.id() == entry->kind || (entry->kind == Kind::Number && kind.id() == Kind::Integer);
    if (isKind && (!entry->ranged || parameter.isRanged()))
        return std::nullopt;
    if (!entry->ranged)
        return QString(ParameterKind::of(entry->kind).jsonType());
    return entry->kind == Kind::Integer ? Words::tr("integer with a minimum and a maximum")
                                        : Words::tr("number with a minimum and a maximum");
}

} // namespace seedbook
