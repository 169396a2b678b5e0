#pragma once

#include "core/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

namespace seedbook {

// A folder beside the ledger for bytes that were paid for and have no better place: pictures that
// the library's disk would not take, and answers that could not be read. The work runs on a thread
// of the pool.
class KeptFiles final
{
public:
    explicit KeptFiles(QString folder)
        : m_folder(std::move(folder))
    {
    }

    // Writes and syncs; resolves with the path. `name` is one of our own making.
    [[nodiscard]] QFuture<Result<QString>> keep(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] static QFuture<Result<QByteArray>> read(const QString& path);
    // Once its bytes are safe elsewhere. A path outside the folder is left alone.
    void remove(const QString& path) const;

private:
    QString m_folder;
};

} // namespace seedbook
