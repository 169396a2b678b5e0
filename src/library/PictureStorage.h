#pragma once

#include "core/PictureStore.h"

#include <QFuture>
#include <QThreadPool>

#include <functional>

namespace seedbook {

class FileIntake;
class FolderMark;
class LibraryIndex;

// Files what the service made into the folder: durable, and then in the index. PictureStore's
// promises are kept here.
class PictureStorage final
{
public:
    // All must outlive it.
    PictureStorage(LibraryIndex& index, FolderMark& mark, FileIntake& intake);
    // Finishes what was begun.
    ~PictureStorage();
    Q_DISABLE_COPY_MOVE(PictureStorage)

    // See Library.
    using ArrivalHook = std::function<void(const QUuid& id, const QByteArray& bytes)>;
    void setArrivalHook(ArrivalHook hook) { m_arrivalHook = std::move(hook); }
    [[nodiscard]] QFuture<Result<void>> checkFolder();
    [[nodiscard]] QFuture<Result<PicturePtr>> file(SaveRequest filing);
    [[nodiscard]] QFuture<Result<PicturePtr>> findFiled(SaveRequest filing);
    [[nodiscard]] QFuture<Result<void>> probe();
    void waitForDone();

private:
    // A durable picture into the index; `end` is called in either case.
    void enter(Picture picture, const std::function<void(Result<PicturePtr>)>& end);

    QString m_folder;
    LibraryIndex& m_index;
    FolderMark& m_mark;
    FileIntake& m_intake;
    ArrivalHook m_arrivalHook;
    QThreadPool m_files;
    QThreadPool m_probes;
};

} // namespace seedbook
