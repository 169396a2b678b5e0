#pragma once

#include "core/Picture.h"
#include "core/Request.h"

#include <QFuture>

namespace seedbook {

// A picture's bytes on their way to the library. `draft` holds what is known: id, created,
// sequence, duration, price, practice, unclaimed, endpoint, serviceRequestId, provenance,
// reportedSeed; the store fills in the rest.
struct SaveRequest
{
    Request request;
    QByteArray bytes;
    ImageFormat format;
    Picture draft;
    // An earlier attempt may have filed it already, in a run that ended before it was noted: the
    // store looks before it makes a second file.
    bool maybeThere = false;
};

// The port to the library: bytes in, a durable file out.
class PictureStore
{
public:
    virtual ~PictureStore() = default;
    // Resolves when the bytes are durable under their final name and indexed. On an error nothing
    // half-written is left and the caller still has the bytes. PictureUndecodable: they are
    // no picture, or one too large to open. May be called from the GUI thread.
    [[nodiscard]] virtual QFuture<Result<PicturePtr>> file(SaveRequest filing) = 0;
    // What file() made of this in an earlier run, by its id: in the index, or where file() puts
    // it. Null where it is not there. The bytes need not be known.
    [[nodiscard]] virtual QFuture<Result<PicturePtr>> findFiled(SaveRequest filing) = 0;
    // Whether a picture of today could be filed: tried, without leaving a file behind. May be
    // called from the GUI thread.
    [[nodiscard]] virtual QFuture<Result<void>> probe() = 0;
};

} // namespace seedbook
