#pragma once

#include "core/Error.h"
#include "core/Picture.h"

#include <QStringList>

namespace seedbook {

class FileIntake;
class LibraryIndex;
class TrashedChanges;

// Knows where a picture lies before it is moved, and lets the index follow once it was. Of the edit
// queue's thread.
class MoveFollower final
{
public:
    // All must outlive it.
    MoveFollower(LibraryIndex& index, FileIntake& intake, const TrashedChanges& trashed);

    [[nodiscard]] QString pathNow(const PicturePtr& picture);
    // Whether a move failed because the file is gone. Not where its folder is missing too: then it
    // may be the disk that is gone.
    [[nodiscard]] static bool isMissing(const Error& error, const QString& path);
    // Absolute paths.
    void follow(const QStringList& there, const QStringList& gone);

private:
    LibraryIndex& m_index;
    FileIntake& m_intake;
    const TrashedChanges& m_trashed;
};

} // namespace seedbook
