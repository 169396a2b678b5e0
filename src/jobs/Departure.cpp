#include "jobs/Departure.h"

#include "core/Async.h"
#include "jobs/Account.h"
#include "jobs/Calls.h"
#include "jobs/Endings.h"
#include "jobs/EndpointStates.h"
#include "jobs/ExpectedTime.h"
#include "jobs/JobPrices.h"
#include "jobs/Ledger.h"
#include "jobs/OpenJobs.h"
#include "jobs/RowWriter.h"

#include <QFutureWatcher>

#include <utility>

namespace seedbook {

Departure::Departure(Ledger& ledger, OpenJobs& jobs, RowWriter& rows, JobPrices& prices,
    EndpointStates& endpoints, ExpectedTime& expectedTime, Calls& calls, Endings& endings,
    QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_jobs(jobs)
    , m_rows(rows)
    , m_prices(prices)
    , m_endpoints(endpoints)
    , m_expectedTime(expectedTime)
    , m_calls(calls)
    , m_endings(endings)
{
}

void Departure::start(Entry& entry)
{
    Job& job = entry.job;
    if (!m_endpoints.service(job.endpoint, job.transport)) {
        m_endings.end(entry, JobState::Failed, Error{ErrorKind::NoSuchService, job.endpoint, {}});
        return;
    }
    if (const auto& fault = job.request.model().fault()) {
        m_endings.end(entry, JobState::Failed, *fault);
        return;
    }
    if (!job.practice) {
        job.expectedPrice = m_prices.estimate(job.request);
        job.price = job.expectedPrice;
        const Budget& budget = m_jobs.budget();
        if (auto objection = budget.objectionToJob(job.price, QDate::currentDate())) {
            m_jobs.changed(entry);
            m_endpoints.pause(job.endpoint, {PauseReason::Cap, *objection});
            return;
        }
    }
    const JobId id = job.id;
    job.state = JobState::Sending;
    job.sent = QDateTime::currentDateTimeUtc();
    job.ended = {};
    job.resumed = false;
    job.notBefore = {};
    job.error = {};
    ++job.attempts;
    job.expected = m_expectedTime.estimate(job.request, job.practice);
    if (Account* account = m_prices.account(job.endpoint))
        job.balanceBefore = account->started(id);
    m_endpoints.rate().sent(std::chrono::steady_clock::now());
    entry.busy = true;
    m_jobs.changed(entry); // what shows it has time meanwhile
    // A picture that no disk would take is not paid for.
    m_rows.probe([this, id](const Result<void>& room) {
        if (room)
            prepare(id);
        else
            takeBack(id, room.error());
    });
}

void Departure::prepare(JobId id)
{
    Entry& entry = *m_jobs.table().find(id);
    if (!mayLeave(entry)) {
        takeBack(id, {});
        return;
    }
    ImageService* service = m_endpoints.service(entry.job.endpoint, entry.job.transport);
    auto* watcher = new QFutureWatcher<Result<QByteArray>>(this);
    entry.preparing = watcher;
    connect(watcher, &QFutureWatcherBase::finished, this, [this, id, watcher] {
        // Whoever made it may have given up without a word.
        onBody(id,
            watcher->future().resultCount() > 0 ? watcher->result() : Result<QByteArray>(Error{}));
    });
    watcher->setFuture(service->body(entry.job.request)); // start() has looked for one
}

void Departure::onBody(JobId id, const Result<QByteArray>& body)
{
    Entry& entry = *m_jobs.table().find(id);
    std::exchange(entry.preparing, nullptr)->deleteLater();
    if (body) {
        write(id, *body);
    } else if (!mayLeave(entry)) {
        takeBack(id, {});
    } else {
        // What cannot be made now cannot be made by itself later.
        neverLeft(entry);
        m_endings.end(entry, JobState::Failed, body.error());
        m_jobs.settle();
    }
}

bool Departure::stop(JobId id)
{
    const bool stops = m_jobs.table().find(id)->preparing != nullptr;
    if (stops)
        takeBack(id, {});
    return stops;
}

// Somebody may have changed their mind while the disks were asked, or the body was made.
bool Departure::mayLeave(const Entry& entry) const
{
    return !entry.job.unclaimed && !m_leaving && !m_endpoints.isPausedByPerson() &&
           !m_rows.problem() && !m_endpoints.at(entry.job.endpoint).pause();
}

void Departure::write(JobId id, const QByteArray& body)
{
    JobTable& table = m_jobs.table();
    if (!mayLeave(*table.find(id))) {
        takeBack(id, {});
        return;
    }
    whenDone(
        m_ledger.update(table.find(id)->job), this, [this, id, body](const Result<void>& done) {
            Entry& sending = *m_jobs.table().find(id);
            if (!done || !mayLeave(sending)) {
                takeBack(id, done ? Error{} : done.error());
                return;
            }
            sending.busy = false;
            m_calls.send(id, body);
            m_jobs.settle();
        });
}

void Departure::neverLeft(Entry& entry)
{
    entry.busy = false;
    entry.job.sent = {};
    entry.job.balanceBefore = {};
    --entry.job.attempts;
}

// Nothing has left. The row may say "sending" by now: the disk is to say "waiting" again before
// anything else is sent.
void Departure::takeBack(JobId id, const Error& error)
{
    Entry& entry = *m_jobs.table().find(id);
    delete std::exchange(entry.preparing, nullptr); // a body that comes now is nobody's
    m_prices.endedFree(entry.job);
    neverLeft(entry);
    if (entry.job.unclaimed) {
        m_endings.end(entry, JobState::Cancelled, error);
    } else {
        entry.job.state = JobState::Waiting;
        entry.job.error = error;
        if (error == Error{})
            m_rows.commit(entry);
        else
            entry.unsaved = true;
        m_jobs.changed(entry);
    }
    if (error != Error{})
        m_rows.diskFailed(error);
    m_jobs.settle();
}

} // namespace seedbook

#include "moc_Departure.cpp"
