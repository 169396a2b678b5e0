#pragma once

#include <QList>

namespace seedbook {

class LivePictures;
class Page;
class PictureActions;

// What pages are made from; all outlive them.
struct PageContext
{
    LivePictures& pictures;
    PictureActions& actions;
};

// Every page of the window, in the order of their tabs; the first is in front at the first start.
[[nodiscard]] QList<Page*> makePages(const PageContext& context);

} // namespace seedbook
