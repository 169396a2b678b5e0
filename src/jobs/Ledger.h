#pragma once

#include "core/Job.h"
#include "storage/DatabaseThread.h"

#include <QDate>
#include <QFuture>
#include <QList>
#include <QMap>
#include <QMutex>
#include <QPromise>
#include <QSet>

#include <chrono>
#include <memory>
#include <optional>

namespace seedbook {

// One finished call, from which expected times and prices are learned.
struct CallTime
{
    Request request;
    bool practice = false;
    std::chrono::milliseconds duration{0};
    std::optional<Money> told; // by the service
};

// What a person did about a job, for the ledger.
enum class Action { Cancel, StopWaiting, TryAgain, SendAgain, LetBe, Clear, RunAnyway };

// ledger.sqlite: the truth about money and open jobs. Durable: what a future says was committed
// survives a power cut. Its thread does all the disk; nothing here blocks the caller.
class Ledger final
{
public:
    enum class Access {
        ReadWrite,
        ReadOnly, // beside whoever else has it open; nothing is created, migrated or written
    };
    explicit Ledger(const QString& path, Access access = Access::ReadWrite);
    [[nodiscard]] static QString pathIn(const QString& dataFolder);

    struct State
    {
        JobId lastId = 0;
        double lastPosition = 0;
        QList<Job> jobs; // those with a tile: not filed, not cancelled, not dismissed; by id
        QList<CallTime> callTimes;  // the newest, oldest first
        QMap<QDate, Money> charges; // by local day of sending, of all jobs but `jobs`
    };
    // Opens the file. A job whose model is not in `models`, or that does not fit it any more, is
    // there all the same (Request::asItWas()).
    [[nodiscard]] QFuture<Result<State>> load(const ModelCatalog& models);

    // All or none. For those of `anyway` it is noted that a person wanted them although they are
    // there, or may have been paid.
    [[nodiscard]] QFuture<Result<void>> insert(QList<Job> jobs, QSet<JobId> anyway = {});
    // Writes everything about the jobs that can change, all or none; one without a row gets it.
    // What waits for the disk goes in one transaction: where many calls end together, the last need
    // not wait for one sync each.
    [[nodiscard]] QFuture<Result<void>> update(QList<Job> jobs);
    [[nodiscard]] QFuture<Result<void>> update(const Job& job) { return update(QList{job}); }
    [[nodiscard]] QFuture<Result<void>> dismiss(QList<JobId> ids);
    [[nodiscard]] QFuture<Result<void>> note(QList<JobId> ids, Action action);

    // One that cannot be dismissed.
    struct Undismissable
    {
        JobId id = 0;
        QString state; // the ledger's word; empty where there is no such row
    };
    // For who has no queue: dismisses what is over without a picture (refused, failed, unknown),
    // and notes it as the window would. What was dismissed before stays as it is. All or none:
    // unless the answer is empty, it names those in the way and nothing was changed.
    [[nodiscard]] QFuture<Result<QList<Undismissable>>> dismissEnded(QList<JobId> ids);

    // Those of the identities that have a job at that endpoint whose outcome is not known, put away
    // or not.
    [[nodiscard]] QFuture<Result<QSet<QByteArray>>> unknownAmong(
        QList<QByteArray> identities, const QString& endpoint);
    // Which of these pictures are filed.
    [[nodiscard]] QFuture<Result<QSet<QUuid>>> filedAmong(QList<QUuid> pictureIds);
    // What is known of the pictures that were filed before their files had a record, for
    // Library::backfill(); but for those that noteRecords() was told of.
    [[nodiscard]] QFuture<Result<QList<Picture>>> picturesWithoutRecord(const ModelCatalog& models);
    [[nodiscard]] QFuture<Result<void>> noteRecords(QList<QUuid> pictureIds);

    // The ledger's own thread, for what only reads, and soon (SpendingLog).
    [[nodiscard]] DatabaseThread& thread() { return m_database; }
    // Another thread and connection, for what reads long: no commit waits for it. Only once load()
    // has answered.
    [[nodiscard]] DatabaseThread& reader() { return m_reader; }

private:
    struct Update
    {
        QList<Job> jobs;
        std::shared_ptr<QPromise<Result<void>>> promise;
        void answer(const Result<void>& result) const;
    };
    using Batch = std::shared_ptr<QList<Update>>;
    [[nodiscard]] QList<Update> take(const Batch& batch);
    static void write(Database& database, const QList<Update>& updates);
    static Result<void> dismissRow(Database& database, JobId id);
    static Result<void> noteAction(Database& database, JobId id, Action action, qint64 at);
    void closeBatch(); // what is updated from now on comes after what is given next

    QMutex m_mutex;
    Batch m_batch; // under it: waits for its turn and takes more; null: none does
    DatabaseThread m_database;
    DatabaseThread m_reader;
};

} // namespace seedbook
