#pragma once

#include "library/LibraryChanges.h"
#include "library/PictureIndex.h"
#include "library/ReadFile.h"
#include "storage/DatabaseThread.h"

#include <QFuture>
#include <QList>
#include <QMutex>

#include <functional>

namespace seedbook {

// The library's index on its thread, and the filed pictures that it has yet to take. One that is
// damaged or newer is set aside and begun anew.
class LibraryIndex final
{
public:
    // `changed` is told on the index's thread.
    using Listener = std::function<void(const LibraryChanges&)>;
    LibraryIndex(const QString& folder, const QString& cacheFolder, Listener changed);
    Q_DISABLE_COPY_MOVE(LibraryIndex)

    // `work` takes Database& and PictureIndex& and returns a Result<T>.
    template <typename Work>
    [[nodiscard]] auto run(Work work)
        -> QFuture<std::invoke_result_t<Work, Database&, PictureIndex&>>
    {
        return m_thread.run([this, work = std::move(work)](
                                Database& database) mutable { return work(database, m_contents); });
    }

    [[nodiscard]] const QString& folder() const { return m_contents.entry().folder(); }
    // Below the library's folder, or nothing. From any thread.
    [[nodiscard]] std::optional<QString> relativePath(const QString& path) const
    {
        return m_contents.entry().relativePath(path);
    }

    // A picture that was just filed. Where the index does not take it, it waits for its next use.
    [[nodiscard]] QFuture<Result<void>> enter(const ReadFile& file);
    // On the index's thread: enters all that wait for it; those that cannot be go on waiting.
    [[nodiscard]] Result<void> enterWaiting(Database& database);
    // A picture whose file is there, or null. Waits: for workers alone.
    [[nodiscard]] PicturePtr findThere(const QUuid& id);

private:
    Listener m_changed;
    QMutex m_mutex;
    QList<ReadFile> m_waiting; // filed and not yet in the index; under the mutex
    PictureIndex m_contents;   // used on the index's thread
    DatabaseThread m_thread;
};

} // namespace seedbook
