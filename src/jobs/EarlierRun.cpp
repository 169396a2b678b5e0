#include "jobs/EarlierRun.h"

#include "core/Async.h"
#include "jobs/Account.h"
#include "jobs/Arrivals.h"
#include "jobs/Calls.h"
#include "jobs/Endings.h"
#include "jobs/EndpointStates.h"
#include "jobs/ExpectedTime.h"
#include "jobs/JobPrices.h"
#include "jobs/OpenJobs.h"
#include "jobs/PictureSaver.h"
#include "jobs/RowWriter.h"

#include <QFile>

#include <memory>

namespace seedbook {

EarlierRun::EarlierRun(Ledger& ledger, PictureSaver& saver, OpenJobs& jobs, RowWriter& rows,
    JobPrices& prices, EndpointStates& endpoints, ExpectedTime& expectedTime, Arrivals& arrivals,
    Calls& calls, Endings& endings, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_saver(saver)
    , m_jobs(jobs)
    , m_rows(rows)
    , m_prices(prices)
    , m_endpoints(endpoints)
    , m_expectedTime(expectedTime)
    , m_arrivals(arrivals)
    , m_calls(calls)
    , m_endings(endings)
{
}

void EarlierRun::adopt(const ModelCatalog& models)
{
    whenDone(m_ledger.load(models), this, [this](const Result<Ledger::State>& state) {
        if (!state) {
            Q_EMIT failed(state.error());
            return;
        }
        load(*state);
        whenDone(m_saver.listKept(), this, [this](const QHash<QString, QString>& kept) {
            findFiled(kept, [this, kept](const Filed& filed) { adoptAll(kept, filed); });
        });
    });
}

void EarlierRun::load(const Ledger::State& state)
{
    m_jobs.setLast(state.lastId, state.lastPosition);
    for (const CallTime& time : state.callTimes) {
        m_expectedTime.learn(time.request, time.practice, time.duration);
        if (time.told && !time.practice)
            m_prices.learn(time.request, *time.told);
    }
    m_jobs.budget().load(state.charges);
    QList<Job> jobs;
    for (Job job : state.jobs) {
        job.onHold = job.state == JobState::Waiting;
        if (job.onHold && !job.practice)
            job.price = m_prices.estimate(job.request); // what it would cost now
        jobs.append(job);
        m_jobs.budget().count(job);
        m_jobs.table().add(Entry{.job = job});
    }
    m_jobs.reportAdded(jobs);
}

void EarlierRun::findFiled(
    const QHash<QString, QString>& kept, const std::function<void(Filed)>& done)
{
    QList<JobId> lost;
    for (const JobId id : m_jobs.table().ids()) {
        const Job& job = *m_jobs.table().job(id);
        // Also of an earlier start, which may not have been able to look.
        const bool isLost =
            job.state == JobState::Sending ||
            (job.state == JobState::Unknown && job.error.kind == ErrorKind::ProgramEnded);
        if (isLost && job.remoteId.isEmpty() && !kept.contains(Arrivals::nameOf(job.pictureId)))
            lost.append(id);
    }
    if (lost.isEmpty()) {
        done({});
        return;
    }
    const auto found = std::make_shared<Filed>();
    const auto left = std::make_shared<qsizetype>(lost.size());
    for (const JobId id : lost) {
        whenDone(m_saver.findFiled(m_arrivals.saveRequestOf(*m_jobs.table().find(id))), this,
            [id, found, left, done](const Result<PicturePtr>& picture) {
                if (picture && *picture)
                    found->insert(id, *picture);
                if (--*left == 0)
                    done(*found);
            });
    }
}

void EarlierRun::adoptAll(const QHash<QString, QString>& kept, const Filed& filed)
{
    m_takenUp = true;
    JobTable& table = m_jobs.table();
    const bool outAlone =
        table.count(JobState::Sending) == 1 && table.count(JobState::Accepted) == 0;
    QHash<QString, QString> orphans = kept;
    for (const JobId id : table.ids()) {
        if (const PicturePtr picture = filed.value(id)) {
            table.find(id)->busy = true;
            m_arrivals.onFiled(id, picture);
            continue;
        }
        const Job job = *table.job(id);
        const QString path = orphans.take(Arrivals::nameOf(job.pictureId));
        if (isInFlight(job.state) && !orphans.isEmpty())
            m_arrivals.adoptFurther(job, orphans);
        takeUpOne(id, path, outAlone);
    }
    for (const QString& name : m_endpoints.names())
        m_calls.resumeAccepted(name);
    removeOrphans(orphans);
    m_prices.show();
    Q_EMIT takenUp();
    m_jobs.settle();
}

void EarlierRun::takeUpOne(JobId id, const QString& listedPath, bool outAlone)
{
    Entry& entry = *m_jobs.table().find(id);
    Job& job = entry.job;
    // Where it was kept may be no place of this run.
    const bool isElsewhere = listedPath.isEmpty() && QFile::exists(job.spoolPath);
    const QString spoolPath = isElsewhere ? job.spoolPath : listedPath;
    // What was kept as an answer turned out to be whole.
    const bool isWhole = !spoolPath.isEmpty() && !spoolPath.endsWith(answerEnding);
    const bool wasOut = job.state == JobState::Sending || job.state == JobState::Accepted;
    if (!wasOut && job.state != JobState::Received && !(job.state == JobState::Unknown && isWhole))
        return;
    if (spoolPath.endsWith(answerEnding)) {
        // What came of a 200 that is no whole picture: paid, and to be looked at by a person.
        job.spoolPath = spoolPath;
        m_endings.end(entry, JobState::Unknown, Error{ErrorKind::TornAnswer, {}, {}});
        return;
    }
    if (!spoolPath.isEmpty()) {
        // All of it came, whatever the row had time to say.
        job.state = JobState::Received;
        job.spoolPath = spoolPath;
        job.error = {};
        if (!job.ended.isValid()) {
            job.ended = QDateTime::currentDateTimeUtc();
            job.resumed = true;
        }
        entry.busy = true;
        m_rows.commit(entry);
        m_jobs.changed(entry);
        m_arrivals.fileKept(entry);
        return;
    }
    if (!job.remoteId.isEmpty()) {
        // Also where the row says that it was received, and no disk has it.
        job.state = JobState::Accepted;
        job.spoolPath.clear();
        m_jobs.changed(entry);
        return; // Calls::resumeAccepted()
    }
    m_endings.end(entry, JobState::Unknown, Error{ErrorKind::ProgramEnded, {}, {}});
    if (outAlone && job.balanceBefore) {
        if (Account* account = m_prices.account(job.endpoint))
            account->endedEarlier(id);
    }
}

// Kept files whose job is filed: the program ended before it had cleared them away.
void EarlierRun::removeOrphans(const QHash<QString, QString>& kept)
{
    QList<QUuid> ids;
    for (auto it = kept.begin(); it != kept.end(); ++it)
        ids.append(QUuid::fromString(it.key()));
    if (ids.isEmpty())
        return;
    whenDone(m_ledger.filedAmong(ids), this, [this, kept](const Result<QSet<QUuid>>& filed) {
        for (auto it = kept.begin(); filed && it != kept.end(); ++it) {
            if (filed->contains(QUuid::fromString(it.key())))
                m_saver.removeKept(it.value());
        }
    });
}

} // namespace seedbook

#include "moc_EarlierRun.cpp"
