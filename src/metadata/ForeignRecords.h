#pragma once

#include "metadata/FoundRecord.h"

#include <QJsonObject>

#include <optional>

namespace seedbook {

// The texts of a file with those of them that are JSON, read once for all the formats.
struct RecordSources
{
    explicit RecordSources(const MetadataTexts& file);

    const MetadataTexts& texts;
    QJsonObject parameters;  // the PNG text "parameters"; empty where that is no JSON object
    QJsonObject userComment; // EXIF's
    QJsonObject comment;     // the PNG text "Comment", else JPEG's COM
};

// Each reads one program's own format and nothing else, and answers with nothing where the file has
// none of it. The fields are those of metadata.md, checked against the programs' sources.
[[nodiscard]] std::optional<FoundRecord> readOwnRecord(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readInvokeAi(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readSwarmUi(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readStabilityMatrix(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readFooocus(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readNovelAi(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readDrawThings(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readEasyDiffusion(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readComfyUi(const RecordSources& sources);
[[nodiscard]] std::optional<FoundRecord> readA1111(const RecordSources& sources);

} // namespace seedbook
