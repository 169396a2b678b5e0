#pragma once

#include "core/ImageService.h"
#include "core/Job.h"
#include "core/PictureStore.h"
#include "jobs/Budget.h"
#include "jobs/ExpectedTime.h"
#include "jobs/Filer.h"
#include "jobs/JobTable.h"
#include "jobs/Lane.h"
#include "jobs/Ledger.h"
#include "jobs/PriceBook.h"
#include "jobs/RetryTable.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace seedbook {

class Account;

// The life of paid requests: in order, at most limit() at once. A job's whole request is a
// committed row of the ledger before its POST leaves, and so is every later step before what
// follows from it; where the ledger cannot be written nothing is sent. What is sent again, and
// when, is RetryTable's word; a job whose outcome is not known is never sent again from here.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    static constexpr int largestLimit = 6;

    // `keptFolder` takes bytes that are not filed yet, or cannot be read. All must outlive the
    // queue.
    JobQueue(Ledger& ledger, PictureStore& store, const QString& keptFolder,
        const QStringList& otherFolders = {}, QObject* parent = nullptr);
    ~JobQueue() override;

    // A service for the jobs of its endpoint and transport. Replaces an earlier one of the same.
    void addService(ImageService& service);
    // The endpoint of that name, if it is served in this run.
    [[nodiscard]] std::optional<Endpoint> endpoint(const QString& name) const;
    [[nodiscard]] bool serves(const QString& name) const { return endpoint(name).has_value(); }
    void setLimit(int atOnce); // 1 … largestLimit
    [[nodiscard]] int limit() const { return m_limit; }
    void setRequestsPerMinute(int requests); // 0: no limit
    // How new jobs travel, where model and service can.
    void setTransport(Transport transport) { m_transport = transport; }
    void setCaps(const Caps& caps);
    [[nodiscard]] const Caps& caps() const { return m_budget.caps(); }
    void setPracticeTime(std::chrono::milliseconds duration);
    void setRetryTable(const RetryTable& table) { m_retries = table; } // for tests
    // A disk did not take what it was given, last time.
    [[nodiscard]] bool hasDiskProblem() const { return m_diskProblem.has_value(); }
    void setDiskRetry(std::chrono::milliseconds pause); // how soon a full disk is tried again

    // Takes up what an earlier run left: waiting jobs (held until release()), ended ones with a
    // card, accepted ones (polled on), received bytes that were not filed. A job that was out on v1
    // is Unknown. Ends with restored() or restoreFailed(). Call once, before submit().
    void restore(const ModelCatalog& models);
    [[nodiscard]] bool isRestored() const { return m_restored; }

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
    [[nodiscard]] std::optional<Error> objection(Money cost) const;
    // The jobs with an equal request at that endpoint that are not over, or filed just now, or of
    // which it is not known how they ended.
    [[nodiscard]] QList<JobId> alike(const QByteArray& identity, const QString& endpoint) const
    {
        return m_table.alike(identity, endpoint);
    }
    // Those of `identities` that have a job there whose outcome is not known, put away or not.
    [[nodiscard]] QFuture<Result<QSet<QByteArray>>> unknownAmong(
        QList<QByteArray> identities, const QString& endpoint);

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
    void release(const QList<JobId>& ids);
    void hold(const QList<JobId>& ids);
    // Likewise: a person wants these although they are there, or may have been paid.
    void noteAnyway(const QList<JobId>& ids) { note(ids, Action::RunAnyway); }
    // Refused, Failed, Unknown, and nothing of it is on its way to a disk. One that may have been
    // paid keeps its card until the ledger says so: what was put away is found there alone.
    [[nodiscard]] bool canSendAgain(JobId id) const;
    // Likewise: the cards of Refused, Failed and Unknown jobs go, for their requests are sent
    // again.
    void replace(const QList<JobId>& ids);

    // Waiting only: gone, free. Nothing is sent between the first and the last of a list.
    void cancel(const QList<JobId>& ids);
    // What a person means by Cancel: those that wait are cancelled; where none of them waits, those
    // that are out are not waited for any more.
    void giveUp(const QList<JobId>& ids);
    // Sending, Accepted: the service cannot be stopped and may charge. The call and its slot stay
    // to its end; a picture that comes is filed as unclaimed.
    void stopWaiting(const QList<JobId>& ids);
    // Received that could not be filed: files it again, for no money. Waiting for its next attempt:
    // now, and its lane goes on with it.
    void hurry(JobId id);
    // Ended jobs' cards go; the ledger keeps the rows. As canSendAgain().
    void dismiss(const QList<JobId>& ids);
    // Waiting jobs to before another waiting one, or to the end (0), in the order they have.
    void moveBefore(const QList<JobId>& ids, JobId before);

    // The waiting jobs of an earlier run: a person says when money is spent, see Sender.
    [[nodiscard]] int heldCount() const { return m_table.heldCount(); }
    [[nodiscard]] const std::map<QString, JobTable::HeldSum>& heldSums() const
    {
        return m_table.heldSums();
    }
    [[nodiscard]] QList<JobId> held(const QString& endpoint) const
    {
        return m_table.held(endpoint);
    }

    // What a lane was paused for is mended, or a person asks for one of its jobs. What slept there
    // is asked after at once.
    void resumeLane(const QString& endpoint);
    // A person's own pause: nothing more is sent, what is out goes on.
    void pauseAll();
    // Ends the person's pause and every lane's, and every waiting time.
    void resumeAll();
    [[nodiscard]] bool isPausedByPerson() const { return m_pausedByPerson; }
    struct LaneState
    {
        QString endpoint;
        std::optional<Pause> pause;
        QDateTime heldUntil; // UTC; invalid if not held
    };
    // Those that do not flow.
    [[nodiscard]] QList<LaneState> blockedLanes() const;

    // Those with a card: not filed, not dismissed; by id.
    [[nodiscard]] QList<Job> jobs() const { return m_table.jobs(); }
    [[nodiscard]] const Job* job(JobId id) const { return m_table.job(id); }
    [[nodiscard]] int waitingCount() const { return m_table.count(JobState::Waiting); }
    [[nodiscard]] int outCount() const { return m_table.outCount(); } // Sending, Accepted
    [[nodiscard]] int recoverableCount() const { return m_table.count(JobState::Accepted); }
    // Those of them that are asked after once a service or a key is there for them.
    [[nodiscard]] int asleepCount() const { return m_table.asleepCount(); }
    // Pictures that came and that no disk has taken yet: they end with the program.
    [[nodiscard]] int inMemoryCount() const { return m_filer.inMemory(); }
    // The program is to end: nothing more is sent, and once no answer is in memory alone, left()
    // follows, later. What is out is not waited for.
    void leave();
    // Nothing is waiting to be sent (but for held and paused jobs), out and not asleep, or being
    // filed.
    [[nodiscard]] bool isIdle() const;
    // What the jobs out now and the waiting ones (not those on hold) may cost, practice not
    // counted.
    [[nodiscard]] Money moneyOut() const { return m_table.moneyOut(); }
    [[nodiscard]] Money moneyWaiting() const { return m_table.moneyWaiting(); }
    [[nodiscard]] const Budget& budget() const { return m_budget; }

    // The account behind an endpoint; null where none is served, or for practice.
    [[nodiscard]] Account* account(const QString& endpointName) const;

Q_SIGNALS:
    void jobsAdded(const QList<seedbook::Job>& jobs);
    // A filed job comes with its picture, once, and has no card from then on.
    void jobChanged(const seedbook::Job& job);
    void jobRemoved(seedbook::JobId id);
    void orderChanged(); // of the waiting ones
    // Numbers and sums. At most once a round of the event loop.
    void countsChanged();
    // A lane stopped for this reason: said once, not once a card.
    void paused(const QString& endpoint, const seedbook::Pause& pause);
    void lanesChanged(); // blockedLanes() or isPausedByPerson()
    void accountChanged(const QString& endpoint);
    void pricesChanged(); // estimate() may answer otherwise now
    void restored();
    void restoreFailed(const seedbook::Error& error);
    void left();
    void idle(); // isIdle(), at the end of a round of the event loop

private:
    using Entry = JobTable::Entry;
    struct Way // to one endpoint
    {
        std::map<Transport, ImageService*> services;
        Lane lane;
        std::unique_ptr<Account> account; // none for practice
    };

    // A picture's name in the folder of kept bytes.
    [[nodiscard]] static QString nameOf(const QUuid& pictureId);
    // Of an answer's several pictures the first has the job's own id; the others' follow from it,
    // so that another run knows whose they are.
    [[nodiscard]] static QUuid furtherId(const QUuid& first, int place);
    // Further pictures of one answer become jobs of their own: paid with the first, and received.
    void addFurther(const Job& first, const QList<std::pair<int, QString>>& keptPaths);
    void takeUpFurther(const Job& first, QHash<QString, QString>& orphans);
    // What the ledger may say of it: nothing that is not durable.
    [[nodiscard]] static Job rowOf(const Entry& entry);
    // An earlier run's job, with the path of what was kept of it, if anything was.
    void takeUp(JobId id, const QString& listedPath, bool outAlone);
    // Which of an earlier run's jobs, of which nothing else is known, the library has all the same:
    // filed straight into it by a run that could not write that down.
    using Filed = QHash<JobId, PicturePtr>;
    void findFiled(const QHash<QString, QString>& kept, const std::function<void(Filed)>& done);
    void takeUpAll(const QHash<QString, QString>& kept, const Filed& filed);
    void resumeAccepted(const QString& endpoint);
    void wakeAsleep(const QString& endpoint);
    void onKeyMissing(JobId id, bool missing);
    void removeOrphans(const QHash<QString, QString>& kept);
    // When the entry's turn can come: now or earlier, or later; nothing while its lane is paused.
    [[nodiscard]] std::optional<QDateTime> turnOf(const Entry& entry, const QDateTime& now);
    void pump();
    void start(Entry& entry);
    // Whether what would come could be kept and filed; `done` is called later.
    void probe(const std::function<void(const Result<void>&)>& done);
    void write(JobId id); // that it is being sent
    [[nodiscard]] bool mayLeave(const Entry& entry) const;
    void takeBack(JobId id, const Error& error);
    void send(JobId id);
    void watch(JobId id, ImageCall* call);
    void accept(JobId id, const Acceptance& acceptance);
    void finish(JobId id, const CallResult& result);
    void take(Entry& entry, const Answer& answer);
    void fail(Entry& entry, const CallFailure& failure);
    void finishCancel(const QList<JobId>& ids);
    void goAgain(Entry& entry, const RetryVerdict& verdict, const Error& error);
    void end(Entry& entry, JobState state, const Error& error);
    void settleAccount(Entry& entry, const CallInfo& info);
    void onSettled(JobId id, Money after);
    void takePrice(Job& job, Money price);
    void showPrices(); // on the cards that name one
    void onKept(JobId id, const QStringList& paths);
    void onFiled(JobId id, const PicturePtr& picture);
    void onUnusable(JobId id, const Error& error);
    void onNotFiled(JobId id, const Error& error);
    void onUnreadable(JobId id, const Error& error);
    [[nodiscard]] Filing filingOf(const Entry& entry) const;
    void diskFailed(const Error& error);
    void diskWorks(); // looks whether everything is on disk again
    void pauseLane(const QString& endpoint, const Pause& pause);
    [[nodiscard]] bool holdsAnswers() const; // in memory alone
    // Writes the job's row. Where that fails it is tried again, and nothing new is sent meanwhile.
    void commit(Entry& entry);
    void retryCommits();
    void onCommitted(JobId id, JobState state); // what had to wait for the row to say that
    void note(const QList<JobId>& ids, Action action);
    void changed(Entry& entry);
    void remove(JobId id);
    // What is waited for stays as far away as it was when the computer's clock is set.
    void followClock();
    void settle(); // sends what can be sent; tells of counts and idleness once control is back

    Ledger& m_ledger;
    Filer m_filer;
    ExpectedTime m_expectedTime;
    PriceBook m_prices;
    Budget m_budget;
    RetryTable m_retries;
    RateLimit m_rate;
    std::map<QString, Way> m_ways; // by endpoint name
    JobTable m_table;
    Transport m_transport = Transport::Blocking;
    QDateTime m_wall;                      // these two were
    std::chrono::milliseconds m_steady{0}; // the same moment
    QTimer m_wake;                         // the next moment at which something may be sent
    QTimer m_look;                         // while leaving: no call tells that it holds none now
    QTimer m_again;                        // tries commits that failed again
    JobId m_lastId = 0;
    double m_lastPosition = 0;
    int m_limit = 2;
    bool m_restored = false;
    bool m_pausedByPerson = false;
    std::optional<Error> m_diskProblem;
    bool m_noRoom = false; // the last probe said so
    bool m_leaving = false;
    bool m_pending = false;  // something will be sent by itself, later
    bool m_settling = false; // countsChanged() is on its way
    // Rows of jobs without a card that the ledger has yet to take.
    std::map<JobId, std::shared_ptr<const Job>> m_unwritten;
    std::map<JobId, Job> m_unpriced; // filed; what the balance says of their price is not here yet
};

} // namespace seedbook
