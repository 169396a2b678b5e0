#pragma once

#include "core/Picture.h"

namespace seedbook {

// What other pictures' records call it, when their settings were taken from it.
[[nodiscard]] inline QUuid parentIdOf(const Picture& picture)
{
    return picture.recordId.isNull() ? picture.id : picture.recordId;
}

// What travels with a request that is made of this picture's values.
[[nodiscard]] inline Provenance madeFrom(const Picture& picture)
{
    return {.parents = {parentIdOf(picture)}};
}

// Not made by this program: what is told of it is unchecked, and it has no price.
[[nodiscard]] inline bool isForeign(const Picture& picture)
{
    if (!picture.recordSource.isEmpty())
        return picture.recordSource != QLatin1String("Seedbook");
    return picture.recordId.isNull() && picture.modelId.isEmpty() && picture.endpoint.isEmpty();
}

} // namespace seedbook
