#include "metadata/FoundRecord.h"

#include "metadata/ForeignRecords.h"

namespace seedbook {

std::optional<FoundRecord> findRecord(const MetadataTexts& texts)
{
    const RecordSources sources(texts);
    // The order matters: several of them use the same keywords, and ComfyUI's graph lies in files
    // of programs that stand on it.
    for (const auto read : {readOwnRecord, readInvokeAi, readSwarmUi, readStabilityMatrix,
             readFooocus, readNovelAi, readDrawThings, readEasyDiffusion, readComfyUi, readA1111}) {
        if (auto record = read(sources))
            return record;
    }
    return std::nullopt;
}

} // namespace seedbook
