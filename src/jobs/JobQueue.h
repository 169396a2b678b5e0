#pragma once

#include "core/ImageService.h"
#include "core/Job.h"
#include "core/PictureStore.h"
#include "jobs/ExpectedTime.h"
#include "jobs/KeptFiles.h"

#include <QList>
#include <QObject>

#include <map>

namespace seedbook {

class Ledger;

// The life of paid requests: in order, at most limit() at once. A job's whole request is a
// committed row of the ledger before its POST leaves; if it cannot be, nothing is sent. Nothing
// here sends a request twice: trying again is a new job, asked for by a person.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    static constexpr int largestLimit = 6;

    // `keptFolder` takes bytes that could not be filed or read. All must outlive the queue.
    JobQueue(
        Ledger& ledger, PictureStore& store, const QString& keptFolder, QObject* parent = nullptr);
    ~JobQueue() override;

    // A service for the jobs of its endpoint. Replaces an earlier one of the same name.
    void addService(ImageService& service);
    [[nodiscard]] bool serves(const QString& endpointName) const;
    void setLimit(int atOnce); // 1 … largestLimit
    [[nodiscard]] int limit() const { return m_limit; }
    void setPracticeTime(std::chrono::milliseconds duration);

    // Takes up what an earlier run left: waiting jobs (held until releaseHeld()), ended ones with a
    // card, received bytes that were not filed. A job that was out is Unknown. Ends with restored()
    // or restoreFailed(). Call once, before submit().
    void restore(const ModelCatalog& models);
    [[nodiscard]] bool isRestored() const { return m_restored; }

    // One job a request, shown at once (jobsAdded is emitted before this returns), committed, then
    // sent when its turn comes.
    QList<JobId> submit(const QList<Request>& requests, const Endpoint& endpoint);

    // Waiting only: gone, free. Nothing is sent between the first and the last of a list.
    void cancel(const QList<JobId>& ids);
    // Refused, Failed, Unknown: the same request as a new job, and the old card goes. Received that
    // could not be filed: files it again, for no money.
    void tryAgain(JobId id);
    void dismiss(JobId id); // an ended job's card goes; the ledger keeps the row

    // Lets the waiting jobs of an earlier run go on: a person says when money is spent.
    void releaseHeld();
    [[nodiscard]] int heldCount() const;

    // Those with a card: not filed, not dismissed; by id.
    [[nodiscard]] QList<Job> jobs() const;
    [[nodiscard]] const Job* job(JobId id) const;
    [[nodiscard]] int waitingCount() const;
    [[nodiscard]] int sendingCount() const;
    // What the jobs out now and the waiting ones may cost, practice not counted.
    [[nodiscard]] Money moneyOut() const;
    [[nodiscard]] Money moneyWaiting() const;

Q_SIGNALS:
    void jobsAdded(const QList<seedbook::Job>& jobs);
    // A filed job comes with its picture, once, and has no card from then on.
    void jobChanged(const seedbook::Job& job);
    void jobRemoved(seedbook::JobId id);
    void countsChanged();
    void restored();
    void restoreFailed(const seedbook::Error& error);
    // Nothing is waiting (but for held jobs), out or being filed.
    void idle();

private:
    struct Entry
    {
        Job job;
        ImageCall* call = nullptr;
        QByteArray bytes; // of a picture that is not filed yet
        ImageFormat format = ImageFormat::Png;
        bool busy = false; // the ledger or the disk is at work on it
        bool held = false; // waits since an earlier run
    };

    Entry* find(JobId id);
    void pump();
    void start(Entry& entry);
    void send(JobId id);
    void finish(JobId id, const CallResult& result);
    void take(Entry& entry, const Answer& answer);
    void fail(Entry& entry, const CallFailure& failure);
    void end(Entry& entry, JobState state, const Error& error);
    void fileBytes(Entry& entry);
    void keepBytes(Entry& entry, const QString& suffix, const QByteArray& bytes);
    void refile(JobId id);
    void filed(JobId id, const PicturePtr& picture);
    void remove(JobId id);
    void changed(const Entry& entry);
    void settle(); // tells of counts, goes on, tells of idleness
    [[nodiscard]] int outCount() const;

    Ledger& m_ledger;
    PictureStore& m_store;
    KeptFiles m_kept;
    ExpectedTime m_expectedTime;
    std::map<QString, ImageService*> m_services; // by endpoint name
    std::map<JobId, Entry> m_entries;
    JobId m_lastId = 0;
    int m_limit = 2;
    bool m_restored = false;
};

} // namespace seedbook
