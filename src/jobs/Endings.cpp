#include "jobs/Endings.h"

#include "jobs/JobPrices.h"
#include "jobs/OpenJobs.h"
#include "jobs/RowWriter.h"

namespace seedbook {

Endings::Endings(OpenJobs& jobs, RowWriter& rows, JobPrices& prices)
    : m_jobs(jobs)
    , m_rows(rows)
    , m_prices(prices)
{
}

void Endings::end(Entry& entry, JobState state, const Error& error)
{
    Job& job = entry.job;
    job.state = state;
    job.error = error;
    if (!job.ended.isValid())
        job.ended = QDateTime::currentDateTimeUtc();
    if (state == JobState::Unknown && !job.practice)
        job.priceAgain = m_prices.estimate(job.request);
    if (state != JobState::Unknown)
        m_prices.endedFree(job);
    if (job.committed)
        m_rows.commit(entry);
    const bool goes = job.unclaimed && state != JobState::Unknown;
    const JobId id = job.id;
    m_jobs.changed(entry); // who hears of it may put it away
    if (goes) {
        m_rows.dismiss({id});
        m_jobs.remove(id);
    }
}

bool Endings::canSendAgain(JobId id) const
{
    const Entry* entry = m_jobs.table().find(id);
    return entry && !entry->busy &&
           (entry->job.state == JobState::Refused || entry->job.state == JobState::Failed ||
               (entry->job.state == JobState::Unknown && !entry->unsaved));
}

void Endings::putAway(const QList<JobId>& ids, Action ofUnknown, Action ofOthers)
{
    QList<JobId> unknown;
    QList<JobId> others;
    for (const JobId id : ids)
        (m_jobs.table().job(id)->state == JobState::Unknown ? unknown : others).append(id);
    m_rows.note(unknown, ofUnknown);
    m_rows.note(others, ofOthers);
    m_rows.dismiss(unknown + others);
    for (const JobId id : unknown + others)
        m_jobs.remove(id);
}

void Endings::replace(const QList<JobId>& ids)
{
    QList<JobId> replaced;
    for (const JobId id : ids) {
        if (canSendAgain(id))
            replaced.append(id);
    }
    putAway(replaced, Action::SendAgain, Action::TryAgain);
}

void Endings::dismiss(const QList<JobId>& ids)
{
    QList<JobId> dismissed;
    for (const JobId id : ids) {
        const Entry* entry = m_jobs.table().find(id);
        if (!entry || !isEnded(entry->job.state) || entry->busy ||
            entry->job.state == JobState::Filed ||
            (entry->job.state == JobState::Unknown && entry->unsaved))
            continue;
        dismissed.append(id);
    }
    if (dismissed.isEmpty())
        return;
    putAway(dismissed, Action::LetBe, Action::Clear);
    m_jobs.settle();
}

} // namespace seedbook
