#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QList>

namespace seedbook {

// The port to what the library has already.
class PictureFinder
{
public:
    virtual ~PictureFinder() = default;
    // For each identity (Request::identity()) the picture that such a request made at that endpoint
    // (Endpoint::name()), or null. The pictures' own records tell that, so that every computer with
    // this library answers alike; a practice picture counts for practice alone. Its file is there,
    // wherever it was moved to: the folder is looked through before the answer, as far as that is
    // needed. Of several the best rated is answered, else the newest; one that is rejected only
    // where all are.
    [[nodiscard]] virtual QFuture<Result<QList<PicturePtr>>> findMade(
        QList<QByteArray> identities, const QString& endpoint, bool practice) = 0;
};

} // namespace seedbook
