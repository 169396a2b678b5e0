#include "widgets/window/PageList.h"

#include "widgets/gallery/GalleryPage.h"

namespace seedbook {

QList<Page*> makePages(const PageContext& context)
{
    return {
        new GalleryPage(context.pictures, context.actions),
    };
}

} // namespace seedbook
