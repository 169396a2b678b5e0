#pragma once

#include "core/Result.h"

#include <QJsonObject>
#include <QMutex>
#include <QString>
#include <QStringList>
#include <QUuid>

namespace seedbook {

// The mark of a library: `.seedbook-library`, a small JSON file ({"version": 1, "id": …}) in its
// folder. It tells the library from the empty place that its disk leaves behind, where nothing may
// be filed: it would be hidden below the disk when that comes back. A file elsewhere remembers the
// marks of the libraries that were seen. A folder that was never seen gets one, if it can be
// written to; a person who begins anew in the same place says so with a file of that name that is
// empty.
class FolderMark final
{
public:
    // `known` remembers the marks, of several libraries: JSON, made if need be.
    FolderMark(QString folder, QString known);

    // LibraryGone where the library of before is not there. Makes folder and mark where there was
    // none. Reads a small file; for workers alone.
    [[nodiscard]] Result<void> check();
    // The same, but makes nothing.
    [[nodiscard]] bool isGone();
    // LibraryGone where it went while this was written into its `folder`: what lies in the place
    // that it left is taken away again.
    [[nodiscard]] Result<void> stillHere(const QStringList& written, const QString& folder);
    // It has been there before.
    [[nodiscard]] bool isKnown();

private:
    struct Seen;
    // Which folder it is on this computer, as long as it is not copied: device and inode.
    [[nodiscard]] QString place() const;
    [[nodiscard]] Seen look() const;
    [[nodiscard]] bool isLost(const Seen& seen);
    void recall(); // under the mutex
    void remember(const QUuid& id);
    void make(const QUuid& id); // not where it cannot be written: a library to be looked at

    QString m_folder;
    QString m_known;
    QMutex m_mutex;
    QUuid m_id; // under the mutex, as the rest; null: none is known
    QString m_place;
    bool m_wasRead = false;
    bool m_isWritten = false; // both, into `known`
};

} // namespace seedbook
