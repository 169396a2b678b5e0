#pragma once

#include "core/Picture.h"

#include <QList>
#include <QPixmap>

class QMimeData;
class QWidget;

namespace seedbook {

// What another program is given of these pictures: their files, and of a single one the image too,
// if it is not very large; it is decoded only if it is asked for.
[[nodiscard]] QMimeData* pictureMimeData(const QList<PicturePtr>& pictures);

// Until it is dropped. Only copies are offered, so that a file manager never takes the library's
// own file away.
void dragPictures(QWidget* source, const QList<PicturePtr>& pictures, const QPixmap& thumbnail);

} // namespace seedbook
