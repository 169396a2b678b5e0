#include "jobs/Calls.h"

#include "core/SteadyTime.h"
#include "jobs/Arrivals.h"
#include "jobs/Endings.h"
#include "jobs/EndpointStates.h"
#include "jobs/ExpectedTime.h"
#include "jobs/JobPrices.h"
#include "jobs/OpenJobs.h"
#include "jobs/RowWriter.h"
#include "jobs/WaitingTimes.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace seedbook {

Calls::Calls(OpenJobs& jobs, RowWriter& rows, JobPrices& prices, EndpointStates& endpoints,
    WaitingTimes& times, ExpectedTime& expectedTime, Arrivals& arrivals, Endings& endings,
    QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_rows(rows)
    , m_prices(prices)
    , m_endpoints(endpoints)
    , m_times(times)
    , m_expectedTime(expectedTime)
    , m_arrivals(arrivals)
    , m_endings(endings)
{
    connect(&m_rows, &RowWriter::committed, this, &Calls::proceed);
    // Asking costs nothing, and the service does not keep the picture for long.
    connect(&m_rows, &RowWriter::postponed, this, &Calls::proceed);
}

void Calls::send(JobId id, const QByteArray& body)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.job.sent = QDateTime::currentDateTimeUtc();
    entry.sentAt = steadyTime();
    ImageService* service = m_endpoints.service(entry.job.endpoint, entry.job.transport);
    watch(id, service->generate(entry.job.request, body, this)); // who starts it has looked
    m_jobs.changed(entry);
}

void Calls::watch(JobId id, ImageCall* call)
{
    Entry& watched = *m_jobs.table().find(id);
    watched.call = call;
    m_jobs.table().update(watched);
    connect(call, &ImageCall::keyMissing, this,
        [this, id](bool missing) { onKeyMissing(id, missing); });
    connect(call, &ImageCall::keyRefused, this, [this, id](const Error& error) {
        m_endpoints.pause(m_jobs.table().find(id)->job.endpoint, {PauseReason::Key, error});
    });
    connect(call, &ImageCall::phaseChanged, this, [this, id](CallPhase phase) {
        Entry& out = *m_jobs.table().find(id);
        if (std::exchange(out.job.phase, phase) != phase)
            m_jobs.changed(out);
    });
    connect(call, &ImageCall::accepted, this,
        [this, id](const Acceptance& acceptance) { accept(id, acceptance); });
    connect(call, &ImageCall::finished, this, [this, id, call](const CallResult& result) {
        call->deleteLater();
        finish(id, result);
        m_jobs.settle();
    });
}

void Calls::accept(JobId id, const Acceptance& acceptance)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.job.state = JobState::Accepted;
    entry.job.remoteId = acceptance.remoteId;
    entry.job.accepted = acceptance.at;
    m_endpoints.at(entry.job.endpoint).gotThrough();
    m_rows.commit(entry); // then the polling begins
    m_jobs.changed(entry);
    m_jobs.settle();
}

// The id is on disk; a second time changes nothing.
void Calls::proceed(JobId id, JobState committed)
{
    const Entry* entry = m_jobs.table().find(id);
    if (committed == JobState::Accepted && entry && entry->call)
        entry->call->proceed();
}

// Once a service is there for them: its address may come later than the ledger.
void Calls::resumeAccepted(const QString& endpoint)
{
    JobTable& table = m_jobs.table();
    if (table.count(JobState::Accepted) == 0)
        return;
    for (const JobId id : table.ids()) {
        Entry& entry = *table.find(id);
        ImageService* service = m_endpoints.service(endpoint, entry.job.transport);
        if (!service || entry.job.state != JobState::Accepted || entry.job.endpoint != endpoint ||
            entry.call)
            continue;
        entry.job.resumed = true;
        watch(
            id, service->resume(entry.job.request, {entry.job.remoteId, entry.job.accepted}, this));
    }
}

void Calls::wakeAsleep(const QString& endpoint)
{
    JobTable& table = m_jobs.table();
    if (table.suspendedCount() == 0)
        return;
    for (const JobId id : table.ids()) {
        Entry& entry = *table.find(id);
        if (entry.job.state != JobState::Accepted || entry.job.endpoint != endpoint ||
            !entry.call || !std::exchange(entry.keyless, false))
            continue;
        table.update(entry);
        entry.call->proceed();
    }
}

bool Calls::holdAnswers() const
{
    const JobTable& table = m_jobs.table();
    if (table.inFlightCount() == 0)
        return false;
    return std::ranges::any_of(table.ids(), [&table](JobId id) {
        const ImageCall* call = table.find(id)->call;
        return call && call->holdsAnswer();
    });
}

void Calls::onKeyMissing(JobId id, bool missing)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.keyless = missing;
    m_jobs.table().update(entry);
    m_jobs.settle();
}

void Calls::finish(JobId id, const CallResult& result)
{
    m_times.followClock();
    Entry& entry = *m_jobs.table().find(id);
    entry.call = nullptr;
    entry.job.phase = CallPhase::Connecting;
    entry.job.ended = entry.job.sent.isValid() && !entry.job.resumed
                          ? entry.job.sent.addMSecs((steadyTime() - entry.sentAt).count())
                          : QDateTime::currentDateTimeUtc(); // however the clock was set meanwhile
    if (const auto* answer = std::get_if<Answer>(&result))
        take(entry, *answer);
    else
        fail(entry, std::get<CallFailure>(result));
}

void Calls::take(Entry& entry, const Answer& answer)
{
    Job& job = entry.job;
    job.state = JobState::Received;
    job.serviceRequestId = answer.info.serviceRequestId;
    job.httpStatus = answer.info.httpStatus;
    job.error = {};
    entry.tries = {};
    m_endpoints.at(job.endpoint).gotThrough();
    job.reportedSeed = answer.info.seedUsed;
    if (answer.info.cost)
        m_prices.take(job, *answer.info.cost);
    if (!job.resumed)
        m_expectedTime.learn(
            job.request, job.practice, std::chrono::milliseconds(job.sent.msecsTo(job.ended)));
    m_prices.settle(entry, answer.info);
    m_arrivals.keep(entry, answer.pictures);
    m_jobs.changed(entry);
}

void Calls::fail(Entry& entry, const CallFailure& failure)
{
    Job& job = entry.job;
    job.serviceRequestId = failure.info.serviceRequestId;
    job.httpStatus = failure.info.httpStatus;
    EndpointState& state = m_endpoints.at(job.endpoint);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const RetryVerdict verdict = m_retries.judge(failure, entry.tries, state.streakBefore(job.sent),
        now, QRandomGenerator::global()->generateDouble());
    if (verdict.wholeEndpoint)
        m_endpoints.limit(job.endpoint, job.sent, verdict.wait);
    const bool keeps = verdict.state == JobState::Unknown && !failure.residue.isEmpty();
    // What it says it cost is what was paid, picture or not.
    if (verdict.state == JobState::Unknown && failure.info.cost)
        m_prices.take(job, *failure.info.cost);
    const QString endpoint = job.endpoint;
    if (verdict.state == JobState::Unknown)
        m_prices.settle(entry, failure.info);
    if (keeps) {
        // What came of a 200 was paid for. It is told of once it is kept, or cannot be.
        job.state = verdict.state;
        job.error = failure.error;
        if (!job.practice)
            job.priceAgain = m_prices.estimate(job.request);
        entry.busy = true;
        m_jobs.table().update(entry);
        m_jobs.budget().count(job);
        m_rows.commit(entry);
        m_arrivals.keepAnswer(job, failure.residue);
    } else if (verdict.state == JobState::Waiting) {
        goAgain(entry, verdict, failure.error);
    } else {
        m_endings.end(entry, verdict.state, failure.error);
    }
    if (verdict.pause)
        m_endpoints.pause(endpoint, {*verdict.pause, failure.error});
}

void Calls::goAgain(Entry& entry, const RetryVerdict& verdict, const Error& error)
{
    Job& job = entry.job;
    m_prices.endedFree(job);
    if (job.unclaimed) {
        // Nobody waits for it any more, and nothing was taken.
        m_endings.end(entry, JobState::Cancelled, error);
        return;
    }
    job.state = JobState::Waiting;
    job.sent = {};
    job.ended = {};
    job.balanceBefore = {};
    job.error = error;
    if (verdict.wait.count() > 0)
        job.notBefore = QDateTime::currentDateTimeUtc().addMSecs(verdict.wait.count());
    m_rows.commit(entry);
    m_jobs.changed(entry);
}

} // namespace seedbook

#include "moc_Calls.cpp"
