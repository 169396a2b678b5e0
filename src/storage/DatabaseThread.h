#pragma once

#include "storage/Database.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace seedbook {

// A database with a thread of its own: work runs there in the order it was given, and the caller
// gets a future. The file is opened by the first piece of work; if that fails, every piece of work
// answers with the error (and the next one tries to open again).
class DatabaseThread final
{
public:
    // What to do with a file that is damaged, no database, or made by a newer program.
    enum class Damage {
        Report,
        StartAnew, // rename it to <path>.set-aside and begin with an empty one: for a cache
    };

    DatabaseThread(QString path, QStringList migrations, Database::Durability durability,
        Damage damage = Damage::Report);
    // Finishes all that was given, then closes the file on its thread.
    ~DatabaseThread();
    Q_DISABLE_COPY_MOVE(DatabaseThread)

    // `work` takes Database& and returns a Result<T>. With StartAnew it may run a second time.
    template <typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work, Database&>>
    {
        using R = std::invoke_result_t<Work, Database&>;
        // Not QtConcurrent::run: waiting for such a future may run the work on the waiting thread,
        // which the connection must not be used on.
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        m_pool.start([this, promise, work = std::move(work)]() mutable {
            promise->addResult(answer<R>(work));
            promise->finish();
        });
        return promise->future();
    }

    // Blocks until all that was given is done.
    void wait();

private:
    template <typename R, typename Work>
    R answer(Work& work)
    {
        if (auto ready = ensureOpen(); !ready)
            return ready.error();
        R result = work(*m_database);
        if (result || m_damage == Damage::Report || !m_database->isDamaged())
            return result;
        if (auto ready = startAnew(); !ready)
            return ready.error();
        return work(*m_database);
    }

    Result<void> ensureOpen(); // these on the thread
    Result<void> startAnew();
    Result<void> open(bool* damaged);

    QString m_path;
    QStringList m_migrations;
    Database::Durability m_durability;
    Damage m_damage;
    std::unique_ptr<Database> m_database; // touched by the pool's one thread only
    QThreadPool m_pool;
};

} // namespace seedbook
