#pragma once

#include "metadata/FoundRecord.h"

#include <QJsonObject>

#include <optional>

namespace seedbook {

// ComfyUI's API graph, {id: {"class_type": …, "inputs": {…}}}: the first sampler and what leads to
// it. Where no sampler tells anything the record is not readable. Nothing where it is no such
// graph. Cycles and depth are bounded.
[[nodiscard]] std::optional<FoundRecord> readComfyGraph(const QJsonObject& graph);

} // namespace seedbook
