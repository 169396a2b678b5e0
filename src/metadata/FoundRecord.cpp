#include "metadata/FoundRecord.h"

namespace seedbook {

std::optional<FoundRecord> findRecord(const MetadataTexts&)
{
    return std::nullopt;
}

} // namespace seedbook
