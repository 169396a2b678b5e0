#pragma once

#include "metadata/MetadataTexts.h"

#include <QJsonObject>
#include <QSize>
#include <QString>

#include <optional>

namespace seedbook {

// What a picture's file tells of how it was made, whoever wrote it there.
struct FoundRecord
{
    // The program whose record it is: Seedbook, InvokeAI, SwarmUI, StabilityMatrix, Fooocus,
    // RuinedFooocus, NovelAI, Draw Things, Easy Diffusion, ComfyUI, Automatic1111. A proper name,
    // not translated.
    QString source;
    // By the contract's field names (prompt, negative_prompt, seed, steps, guidance, aspect_ratio,
    // …): only what was found, in the type that it has there, unchecked and unclamped. A whole
    // number that does not fit 64 bits stays text.
    QJsonObject values;
    QString model; // as the record names it
    QSize size;    // pixels, as the record tells; may differ from the file's
    // Whose record it is could be told, but not what it says (ComfyUI's workflow alone).
    bool readable = true;
};

// The best record in the file, in the order in which the formats exclude each other; nothing where
// none is known. Pure; bounded in time and depth for any input.
[[nodiscard]] std::optional<FoundRecord> findRecord(const MetadataTexts& texts);

} // namespace seedbook
