#pragma once

#include "core/Job.h"
#include "storage/DatabaseThread.h"

#include <QFuture>
#include <QList>

#include <chrono>

namespace seedbook {

// One finished call, from which expected times are learned.
struct CallTime
{
    Request request;
    bool practice = false;
    std::chrono::milliseconds duration{0};
};

// ledger.sqlite: the truth about money and open jobs. Durable: what a future says was committed
// survives a power cut. Its thread does all the disk; nothing here blocks the caller.
class Ledger final
{
public:
    explicit Ledger(const QString& path);

    struct State
    {
        JobId lastId = 0;
        QList<Job> jobs; // those with a card: not filed, not cancelled, not dismissed; by id
        QList<CallTime> callTimes; // the newest, oldest first
    };
    // Opens the file. Jobs whose model is not in `models` stay in the file and are left out.
    [[nodiscard]] QFuture<Result<State>> load(const ModelCatalog& models);

    // All or none.
    [[nodiscard]] QFuture<Result<void>> insert(QList<Job> jobs);
    // Writes everything about the job that can change.
    [[nodiscard]] QFuture<Result<void>> update(const Job& job);
    [[nodiscard]] QFuture<Result<void>> dismiss(JobId id);
    // What is known of every filed picture, for a library whose index is gone.
    [[nodiscard]] QFuture<Result<QList<Picture>>> filedPictures(const ModelCatalog& models);

private:
    DatabaseThread m_database;
};

} // namespace seedbook
