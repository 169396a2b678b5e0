#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QFuture>
#include <QList>
#include <QThreadPool>

namespace seedbook {

class FolderScan;
class LibraryIndex;

// Finds the pictures that a request has made already. Money hangs on it: that one is not there is
// said only once all of the folder was looked at.
class MadePictures final
{
public:
    // Both must outlive it.
    MadePictures(LibraryIndex& index, FolderScan& scan);

    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> find(
        QList<QByteArray> identities, const QString& endpoint, bool practice);
    void waitForDone() { m_lookups.waitForDone(); }

private:
    // By the index as it is. Once all was looked at (`looked`) a file that it still knows of and
    // that is not to be seen is on a disk that is away: it counts. Waits.
    [[nodiscard]] Result<QList<PicturePtr>> findNow(const QList<QByteArray>& identities,
        const QString& endpoint, bool practice, bool looked, bool& anyGone);

    QString m_folder;
    LibraryIndex& m_index;
    FolderScan& m_scan;
    QThreadPool m_lookups; // one thread, which waits for the index and for looks at the folder
};

} // namespace seedbook
