#pragma once

#include "core/ImageService.h"
#include "core/Job.h"
#include "core/PictureStore.h"
#include "jobs/Arrivals.h"
#include "jobs/Calls.h"
#include "jobs/Departure.h"
#include "jobs/EarlierRun.h"
#include "jobs/Endings.h"
#include "jobs/EndpointStates.h"
#include "jobs/ExpectedTime.h"
#include "jobs/JobPrices.h"
#include "jobs/Ledger.h"
#include "jobs/OpenJobs.h"
#include "jobs/PictureSaver.h"
#include "jobs/RowWriter.h"
#include "jobs/WaitingTimes.h"
#include "jobs/Wishes.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace seedbook {

// The life of paid requests: in order, at most limit() at once. A job's whole request is a
// committed row of the ledger before its POST leaves, and so is every later step before what
// follows from it; where the ledger cannot be written nothing is sent. What is sent again, and
// when, is RetryTable's word; a job whose outcome is not known is never sent again from here.
//
// It leads those who do the work: a job is in OpenJobs' table; when its turn comes by
// EndpointStates it goes through Departure to Calls, what comes of it through Arrivals to the
// PictureSaver, and RowWriter writes each step down. EarlierRun begins in the middle of that;
// Wishes and Endings take it out of it.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    static constexpr int largestLimit = 6;

    // `spoolFolder` takes bytes that are not filed yet, or cannot be read. All must outlive the
    // queue.
    JobQueue(Ledger& ledger, PictureStore& store, const QString& spoolFolder,
        const QStringList& otherFolders = {}, QObject* parent = nullptr);
    ~JobQueue() override;

    // A service for the jobs of its endpoint and transport. Replaces an earlier one of the same.
    void addService(ImageService& service);
    // The endpoint of that name, if it is served in this run.
    [[nodiscard]] std::optional<Endpoint> endpoint(const QString& name) const
    {
        return m_endpoints.endpoint(name);
    }
    [[nodiscard]] bool serves(const QString& name) const { return endpoint(name).has_value(); }
    void setLimit(int atOnce); // 1 … largestLimit
    [[nodiscard]] int limit() const { return m_limit; }
    void setRequestsPerMinute(int requests); // 0: no limit
    // How new jobs travel, where model and service can.
    void setTransport(Transport transport) { m_transport = transport; }
    void setCaps(const Caps& caps);
    [[nodiscard]] const Caps& caps() const { return m_jobs.budget().caps(); }
    void setPracticeTime(std::chrono::milliseconds duration);
    void setRetryTable(const RetryTable& table) { m_calls.setRetryTable(table); } // for tests
    // A disk did not take what it was given, last time.
    [[nodiscard]] bool hasDiskProblem() const { return m_rows.problem().has_value(); }
    void setDiskRetry(std::chrono::milliseconds pause); // how soon a full disk is tried again

    // Takes up what an earlier run left: waiting jobs (held until release()), ended ones with a
    // tile, accepted ones (polled on), received bytes that were not filed. A job that was out on v1
    // is Unknown. Ends with restored() or restoreFailed(). Call once, before submit().
    void restore(const ModelCatalog& models) { m_earlierRun.adopt(models); }
    [[nodiscard]] bool isRestored() const { return m_earlierRun.isTakenUp(); }

    // What a request will probably cost where it is paid for.
    [[nodiscard]] Money estimate(const Request& request) const
    {
        return m_prices.estimate(request);
    }
    // The same there; nothing for practice.
    [[nodiscard]] Money estimate(const Request& request, const Endpoint& endpoint) const
    {
        return endpoint.isPractice() ? Money() : estimate(request);
    }
    // Why this sum, as one press of Generate, would pass a cap beside what is spent, out and
    // waiting (but not on hold): CapReached.
    [[nodiscard]] std::optional<Error> objection(Money cost) const
    {
        return m_prices.objection(cost);
    }
    // The jobs with an equal request at that endpoint that are not over, or filed just now, or of
    // which it is not known how they ended.
    [[nodiscard]] QList<JobId> alike(const QByteArray& identity, const QString& endpoint) const
    {
        return m_jobs.table().alike(identity, endpoint);
    }
    // Those of `identities` that have a job there whose outcome is not known, put away or not.
    [[nodiscard]] QFuture<Result<QSet<QByteArray>>> unknownAmong(
        QList<QByteArray> identities, const QString& endpoint)
    {
        return m_rows.unknownAmong(std::move(identities), endpoint);
    }

    // What one job is made from.
    struct Order
    {
        Request request;
        Provenance provenance;
        bool anyway = false; // a person pays for it although it is there, or may have been paid
    };
    // For Sender alone: it asks what there is to ask before money is spent, this does not.
    // One job an order, shown at once (jobsAdded is emitted before this returns), committed, then
    // sent when its turn comes.
    QList<JobId> submit(const QList<Order>& orders, const Endpoint& endpoint);
    // Likewise: lets waiting jobs of an earlier run go on, or the reverse.
    void release(const QList<JobId>& ids) { m_wishes.release(ids); }
    void hold(const QList<JobId>& ids) { m_wishes.hold(ids); }
    // Likewise: a person wants these although they are there, or may have been paid.
    void noteAnyway(const QList<JobId>& ids) { m_rows.note(ids, Action::RunAnyway); }
    // Refused, Failed, Unknown, and nothing of it is on its way to a disk. One that may have been
    // paid keeps its tile until the ledger says so: what was put away is found there alone.
    [[nodiscard]] bool canSendAgain(JobId id) const { return m_endings.canSendAgain(id); }
    // Likewise: the tiles of Refused, Failed and Unknown jobs go, for their requests are sent
    // again.
    void replace(const QList<JobId>& ids) { m_endings.replace(ids); }

    // Waiting only: gone, free. Nothing is sent between the first and the last of a list.
    void cancel(const QList<JobId>& ids) { m_wishes.cancel(ids); }
    // What a person means by Cancel: those that wait are cancelled; where none of them waits, those
    // that are out are not waited for any more.
    void giveUp(const QList<JobId>& ids) { m_wishes.giveUp(ids); }
    // Sending, Accepted: the service cannot be stopped and may charge. The call and its slot stay
    // to its end; a picture that comes is filed as unclaimed.
    void stopWaiting(const QList<JobId>& ids) { m_wishes.stopWaiting(ids); }
    // Received that could not be filed: files it again, for no money. Waiting for its next attempt:
    // now, and its endpoint goes on with it.
    void hurry(JobId id);
    // Ended jobs' tiles go; the ledger keeps the rows. As canSendAgain().
    void dismiss(const QList<JobId>& ids) { m_endings.dismiss(ids); }
    // Waiting jobs to before another waiting one, or to the end (0), in the order they have.
    void moveBefore(const QList<JobId>& ids, JobId before) { m_wishes.moveBefore(ids, before); }

    // The waiting jobs of an earlier run: a person says when money is spent, see Sender.
    [[nodiscard]] int onHoldCount() const { return m_jobs.table().onHoldCount(); }
    [[nodiscard]] const std::map<QString, JobTable::OnHoldSum>& onHoldSums() const
    {
        return m_jobs.table().onHoldSums();
    }
    [[nodiscard]] QList<JobId> onHold(const QString& endpoint) const
    {
        return m_jobs.table().onHold(endpoint);
    }

    // What an endpoint was paused for is mended, or a person asks for one of its jobs. What slept
    // there is asked after at once.
    void resumeEndpoint(const QString& endpoint);
    // A person's own pause: nothing more is sent, what is out goes on.
    void pauseAll();
    // Ends the person's pause and every endpoint's, and every waiting time.
    void resumeAll();
    [[nodiscard]] bool isPausedByPerson() const { return m_endpoints.isPausedByPerson(); }
    using EndpointStatus = EndpointStates::State;
    // Those that are blocked.
    [[nodiscard]] QList<EndpointStatus> blockedEndpoints() const;

    // Those with a tile: not filed, not dismissed; by id.
    [[nodiscard]] QList<Job> jobs() const { return m_jobs.table().jobs(); }
    [[nodiscard]] const Job* job(JobId id) const { return m_jobs.table().job(id); }
    [[nodiscard]] int waitingCount() const { return m_jobs.table().count(JobState::Waiting); }
    [[nodiscard]] int inFlightCount() const
    {
        return m_jobs.table().inFlightCount();
    } // Sending, Accepted
    [[nodiscard]] int recoverableCount() const { return m_jobs.table().count(JobState::Accepted); }
    // Those of them that are asked after once a service or a key is there for them.
    [[nodiscard]] int suspendedCount() const { return m_jobs.table().suspendedCount(); }
    // Pictures that came and that no disk has taken yet: they end with the program.
    [[nodiscard]] int inMemoryCount() const { return m_saver.inMemory(); }
    // The program is to end: nothing more is sent, and once no answer is in memory alone, left()
    // follows, later. What is out is not waited for.
    void leave();
    // Nothing is waiting to be sent (but for held and paused jobs), out and not asleep, or being
    // filed.
    [[nodiscard]] bool isIdle() const;
    // What the jobs out now and the waiting ones (not those on hold) may cost, practice not
    // counted.
    [[nodiscard]] Money moneyInFlight() const { return m_jobs.table().moneyInFlight(); }
    [[nodiscard]] Money moneyWaiting() const { return m_jobs.table().moneyWaiting(); }
    [[nodiscard]] const Budget& budget() const { return m_jobs.budget(); }

    // The account behind an endpoint; null where none is served, or for practice.
    [[nodiscard]] Account* account(const QString& endpointName) const
    {
        return m_prices.account(endpointName);
    }

Q_SIGNALS:
    void jobsAdded(const QList<seedbook::Job>& jobs);
    // A filed job comes with its picture, once, and has no tile from then on.
    void jobChanged(const seedbook::Job& job);
    void jobRemoved(seedbook::JobId id);
    void orderChanged(); // of the waiting ones
    // Numbers and sums. At most once a round of the event loop.
    void countsChanged();
    // An endpoint stopped for this reason: said once, not once a tile.
    void paused(const QString& endpoint, const seedbook::Pause& pause);
    void endpointsChanged(); // blockedEndpoints() or isPausedByPerson()
    void accountChanged(const QString& endpoint);
    void pricesChanged(); // estimate() may answer otherwise now
    void restored();
    void restoreFailed(const seedbook::Error& error);
    void left();
    void idle(); // isIdle(), at the end of a round of the event loop

private:
    // Sends what can be sent.
    void pump();
    // The same; tells of counts and idleness once control is back.
    void settle();
    void tellCounts();
    [[nodiscard]] bool holdsAnswers() const; // in memory alone

    Ledger& m_ledger;
    PictureSaver m_saver;
    ExpectedTime m_expectedTime;
    OpenJobs m_jobs;
    RowWriter m_rows;
    JobPrices m_prices;
    EndpointStates m_endpoints;
    WaitingTimes m_times;
    Endings m_endings;
    Arrivals m_arrivals;
    Calls m_calls; // those that are out end with it
    Departure m_departure;
    EarlierRun m_earlierRun;
    Wishes m_wishes;
    Transport m_transport = Transport::Blocking;
    QTimer m_wake; // the next moment at which something may be sent
    QTimer m_look; // while leaving: no call tells that it holds none now
    int m_limit = 2;
    bool m_pending = false;  // something will be sent by itself, later
    bool m_settling = false; // countsChanged() is on its way
};

} // namespace seedbook
