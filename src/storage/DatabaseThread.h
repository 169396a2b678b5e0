#pragma once

#include "storage/Database.h"

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <type_traits>

namespace seedbook {

// A database with a thread of its own: work runs there in the order it was given, and the caller
// gets a future. The file is opened by the first piece of work; if that fails, every piece of work
// answers with the error (and the next one tries to open again).
class DatabaseThread final
{
public:
    DatabaseThread(QString path, QStringList migrations, Database::Durability durability);
    // Finishes all that was given, then closes the file on its thread.
    ~DatabaseThread();
    Q_DISABLE_COPY_MOVE(DatabaseThread)

    // `work` takes Database& and returns a Result<T>.
    template <typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work, Database&>>
    {
        using R = std::invoke_result_t<Work, Database&>;
        return QtConcurrent::run(&m_pool, [this, work = std::move(work)]() mutable -> R {
            if (auto ready = ensureOpen(); !ready)
                return ready.error();
            return work(*m_database);
        });
    }

    // Blocks until all that was given is done.
    void wait();

private:
    Result<void> ensureOpen(); // on the thread

    QString m_path;
    QStringList m_migrations;
    Database::Durability m_durability;
    std::unique_ptr<Database> m_database; // touched by the pool's one thread only
    QThreadPool m_pool;
};

} // namespace seedbook
