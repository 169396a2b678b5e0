#include "jobs/Wishes.h"

#include "core/Async.h"
#include "jobs/Departure.h"
#include "jobs/Ledger.h"
#include "jobs/OpenJobs.h"
#include "jobs/RowWriter.h"

#include <algorithm>
#include <utility>

namespace seedbook {

Wishes::Wishes(
    Ledger& ledger, OpenJobs& jobs, RowWriter& rows, Departure& departure, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_jobs(jobs)
    , m_rows(rows)
    , m_departure(departure)
{
}

void Wishes::cancel(const QList<JobId>& ids)
{
    QList<JobId> wanted;
    for (const JobId id : ids) {
        Entry* entry = m_jobs.table().find(id);
        if (!entry || entry->job.state != JobState::Waiting || entry->cancelling)
            continue;
        entry->cancelling = true; // not sent from here on
        m_jobs.table().update(*entry);
        if (!entry->busy) // else once its row is there
            wanted.append(id);
    }
    finishCancel(wanted);
    m_jobs.settle();
}

// Cancelled is said when it is written: a row that still says "waiting" is offered, and may be paid
// for, at the next start. Where it cannot be written they wait on hold, as they would then.
void Wishes::finishCancel(const QList<JobId>& ids)
{
    QList<Job> rows;
    for (const JobId id : ids) {
        Entry& entry = *m_jobs.table().find(id);
        entry.busy = true;
        m_jobs.table().update(entry);
        Job row = entry.job;
        row.state = JobState::Cancelled;
        row.ended = QDateTime::currentDateTimeUtc();
        rows.append(row);
    }
    if (rows.isEmpty())
        return;
    whenDone(m_ledger.update(rows), this, [this, rows](const Result<void>& done) {
        QList<JobId> cancelled;
        for (const Job& row : rows) {
            Entry& entry = *m_jobs.table().find(row.id);
            entry.busy = entry.cancelling = false;
            if (done) {
                entry.job.state = row.state;
                entry.job.ended = row.ended;
                cancelled.append(row.id);
            } else {
                entry.job.onHold = true;
                entry.job.error = done.error();
            }
            m_jobs.changed(entry);
        }
        m_rows.note(cancelled, Action::Cancel);
        for (const JobId id : cancelled)
            m_jobs.remove(id);
        if (!done)
            m_rows.diskFailed(done.error());
        m_jobs.settle();
    });
}

void Wishes::giveUp(const QList<JobId>& ids)
{
    const bool anyWaits = std::ranges::any_of(ids, [this](JobId id) {
        const Job* job = m_jobs.table().job(id);
        return job && job->state == JobState::Waiting;
    });
    if (anyWaits)
        cancel(ids);
    else
        stopWaiting(ids);
}

void Wishes::stopWaiting(const QList<JobId>& ids)
{
    QList<JobId> stopped;
    for (const JobId id : ids) {
        Entry* entry = m_jobs.table().find(id);
        if (!entry || !isInFlight(entry->job.state) || entry->job.unclaimed)
            continue;
        entry->job.unclaimed = true;
        stopped.append(id);
        if (m_departure.stop(id))
            continue;
        m_rows.commit(*entry);
        m_jobs.changed(*entry);
    }
    m_rows.note(stopped, Action::StopWaiting);
    m_jobs.settle();
}

void Wishes::release(const QList<JobId>& ids)
{
    for (const JobId id : ids) {
        Entry* entry = m_jobs.table().find(id);
        if (!entry || !std::exchange(entry->job.onHold, false))
            continue;
        entry->job.error = {}; // that it could not be cancelled
        entry->job.notBefore = {};
        m_jobs.changed(*entry);
    }
    m_jobs.settle();
}

void Wishes::hold(const QList<JobId>& ids)
{
    for (const JobId id : ids) {
        Entry* entry = m_jobs.table().find(id);
        if (!entry || entry->job.state != JobState::Waiting)
            continue;
        entry->job.onHold = true;
        m_jobs.changed(*entry);
    }
    m_jobs.settle();
}

void Wishes::hurryAll()
{
    for (const auto& [position, id] : std::set(m_jobs.table().ready())) {
        Entry& entry = *m_jobs.table().find(id);
        if (entry.job.notBefore.isValid()) {
            entry.job.notBefore = {};
            m_jobs.changed(entry);
        }
    }
}

void Wishes::moveBefore(const QList<JobId>& ids, JobId before)
{
    const auto& order = m_jobs.table().waiting();
    QList<JobId> others;
    QList<JobId> moving;
    const QSet<JobId> asked(ids.begin(), ids.end());
    for (const auto& [position, id] : order)
        (asked.contains(id) ? moving : others).append(id);
    if (moving.isEmpty())
        return;
    const qsizetype found = others.indexOf(before);
    const qsizetype place = found < 0 ? others.size() : found;
    const auto positionAt = [&](qsizetype i) { return m_jobs.table().job(others.at(i))->position; };
    const auto room = static_cast<double>(moving.size() + 1);
    const double high = place < others.size() ? positionAt(place) : m_jobs.lastPosition() + room;
    const double low = place > 0 ? positionAt(place - 1) : high - room;
    const double step = (high - low) / room;
    QList<Job> moved;
    const auto put = [&](JobId id, double position) {
        Entry& entry = *m_jobs.table().find(id);
        entry.job.position = position;
        m_jobs.table().update(entry);
        moved.append(entry.job);
    };
    if (step > 1e-6) {
        for (qsizetype i = 0; i < moving.size(); ++i)
            put(moving.at(i), low + step * static_cast<double>(i + 1));
    } else {
        // The gap has been halved too often: number them all afresh.
        QList<JobId> all = others;
        for (qsizetype i = 0; i < moving.size(); ++i)
            all.insert(place + i, moving.at(i));
        for (const JobId id : all)
            put(id, m_jobs.nextPosition());
    }
    m_jobs.reachPosition(high);
    (void)m_ledger.update(moved); // an order that is lost costs nothing
    for (const Job& job : moved)
        m_jobs.report(job);
    Q_EMIT orderChanged();
    m_jobs.settle();
}

} // namespace seedbook

#include "moc_Wishes.cpp"
