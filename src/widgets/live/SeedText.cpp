#include "widgets/live/SeedText.h"

#include "core/PictureFacts.h"
#include "core/Words.h"
#include "library/PictureEntry.h"

namespace seedbook {

QString seedWords(const Picture& picture)
{
    const QString seed = picture.seedText();
    if (!seed.isEmpty())
        return seed;
    return isForeign(picture) ? Words::tr("not known") : Words::tr("none");
}

QString seedWarning(const Picture& picture)
{
    if (!hasOtherSeed(picture))
        return {};
    return Words::tr(
        "The service reports seed %1. This image may not be reproducible from its seed.")
        .arg(picture.reportedSeed->text());
}

} // namespace seedbook
