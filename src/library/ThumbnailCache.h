#pragma once

#include "core/Picture.h"
#include "core/Result.h"
#include "library/PictureSource.h"

#include <QImage>

namespace seedbook {

// Thumbnails on disk: <folder>/<first two digits of the id>/<id>-<edge>.jpg, or .png where there is
// transparency. Each says in its own text which state of the picture's file it was made from; one
// that is damaged or made from another state counts as missing. Thread-safe: it holds no state.
class ThumbnailCache final
{
public:
    explicit ThumbnailCache(QString folder)
        : m_folder(std::move(folder))
    {
    }

    // Null where there is none.
    [[nodiscard]] QImage find(
        const Picture& picture, int edge, const StopAsked& stopAsked = {}) const;
    // From the picture's file. PictureMissing, PictureUndecodable or Stopped.
    [[nodiscard]] static Result<QImage> make(
        const Picture& picture, int edge, const StopAsked& stopAsked = {});
    // A thumbnail that make() gave. That a full disk does not take it is no harm.
    void keep(const Picture& picture, int edge, const QImage& thumbnail) const;

private:
    [[nodiscard]] QString basePath(const Picture& picture, int edge) const;

    QString m_folder;
};

} // namespace seedbook
