#include "widgets/live/SeedWords.h"

#include "core/Words.h"
#include "library/PictureEntry.h"

namespace seedbook {

QString seedWarning(const Picture& picture)
{
    if (!hasOtherSeed(picture))
        return {};
    return Words::tr(
        "The service reports seed %1. This image may not be reproducible from its seed.")
        .arg(picture.reportedSeed->text());
}

} // namespace seedbook
