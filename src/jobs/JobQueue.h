#pragma once

#include "core/ImageService.h"
#include "core/Job.h"
#include "core/PictureStore.h"

#include <QHash>
#include <QList>
#include <QObject>


namespace seedbook {

class Ledger;

// The life of paid requests: in order, at most limit() at once. A job's whole request is a committed
// row of the ledger before its POST leaves; if it cannot be, nothing is sent. Nothing here sends a
// request twice: trying again is a new job, asked for by a person.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    static constexpr int largestLimit = 6;

    // `keptFolder` takes bytes that could not be filed or read. All must outlive the queue.
    JobQueue(Ledger& ledger, PictureStore& store, QString keptFolder, QObject* parent = nullptr);
    ~JobQueue() override;

    // A service for the jobs of its endpoint. Replaces an earlier one of the same name.
    void addService(ImageService& service);
    void setLimit(int atOnce); // 1 … largestLimit
    [[nodiscard]] int limit() const { return m_limit; }

    // Takes up what an earlier run left; restored() ends it. Call once, before submit().
    void restore(const ModelCatalog& models);

    // One job a request, shown at once (jobsAdded is emitted before this returns), committed, then
    // sent when its turn comes.
    QList<JobId> submit(const QList<Request>& requests, const Endpoint& endpoint);

    void cancel(JobId id);    // Waiting only: gone, free
    // Refused, Failed, Cancelled, Unknown: the same request as a new job in its place. Received that
    // could not be filed: files it again, for no money.
    void tryAgain(JobId id);
    void dismiss(JobId id);   // an ended job's card goes; the ledger keeps the row
    void abandon();           // at the program's end: stops all calls and leaves the rest as it is

    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }

    // Those with a card: not filed, not dismissed; by id.
    [[nodiscard]] QList<Job> jobs() const;
    [[nodiscard]] const Job* job(JobId id) const;
    [[nodiscard]] int waitingCount() const;
    [[nodiscard]] int sendingCount() const;
    // What the jobs out now may cost, practice not counted.
    [[nodiscard]] Money moneyOut() const;
    [[nodiscard]] std::chrono::milliseconds expectedTime(
        const Request& request, bool practice) const;

Q_SIGNALS:
    void jobsAdded(const QList<seedbook::Job>& jobs);
    // A filed job comes with its picture, and once only.
    void jobChanged(const seedbook::Job& job);
    void jobRemoved(seedbook::JobId id);
    void countsChanged();
    void pausedChanged(bool paused);
    void restored();
    // The queue has nothing waiting, out, or being filed.
    void idle();

private:
    int m_limit = 2;
    bool m_paused = false;
};

} // namespace seedbook
