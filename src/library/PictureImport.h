#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QFuture>
#include <QList>
#include <QStringList>
#include <QThreadPool>

#include <atomic>

namespace seedbook {

class FileIntake;
class FolderMark;
class LibraryIndex;

// Copies picture files from elsewhere into the library, with their sidecars.
class PictureImport final
{
public:
    // All must outlive it.
    PictureImport(LibraryIndex& index, FolderMark& mark, FileIntake& intake);

    // See Library.
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> import(QStringList paths);
    void stop() { m_stop = true; } // the rest is not copied
    void waitForDone() { m_thread.waitForDone(); }

private:
    [[nodiscard]] Result<PicturePtr> importOne(const QString& path);

    QString m_folder;
    LibraryIndex& m_index;
    FolderMark& m_mark;
    FileIntake& m_intake;
    std::atomic_bool m_stop = false;
    QThreadPool m_thread;
};

} // namespace seedbook
