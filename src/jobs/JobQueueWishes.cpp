// What a person asks of the queue: to give up, to go on, to wait, another order, to leave. Sender
// asks for what costs money.
#include "core/Async.h"
#include "jobs/JobQueue.h"

#include <algorithm>

namespace seedbook {

void JobQueue::cancel(const QList<JobId>& ids)
{
    QList<JobId> wanted;
    for (const JobId id : ids) {
        Entry* entry = m_table.find(id);
        if (!entry || entry->job.state != JobState::Waiting || entry->cancelling)
            continue;
        entry->cancelling = true; // not sent from here on
        m_table.update(*entry);
        if (!entry->busy) // else once its row is there
            wanted.append(id);
    }
    finishCancel(wanted);
    settle();
}

// Cancelled is said when it is written: a row that still says "waiting" is offered, and may be paid
// for, at the next start. Where it cannot be written they wait on hold, as they would then.
void JobQueue::finishCancel(const QList<JobId>& ids)
{
    QList<Job> rows;
    for (const JobId id : ids) {
        Entry& entry = *m_table.find(id);
        entry.busy = true;
        m_table.update(entry);
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
            Entry& entry = *m_table.find(row.id);
            entry.busy = entry.cancelling = false;
            if (done) {
                entry.job.state = row.state;
                entry.job.ended = row.ended;
                cancelled.append(row.id);
            } else {
                entry.job.held = true;
                entry.job.error = done.error();
            }
            changed(entry);
        }
        note(cancelled, Action::Cancel);
        for (const JobId id : cancelled)
            remove(id);
        if (!done)
            diskFailed(done.error());
        settle();
    });
}

void JobQueue::giveUp(const QList<JobId>& ids)
{
    const bool anyWaits = std::ranges::any_of(ids, [this](JobId id) {
        const Job* job = m_table.job(id);
        return job && job->state == JobState::Waiting;
    });
    if (anyWaits)
        cancel(ids);
    else
        stopWaiting(ids);
}

void JobQueue::stopWaiting(const QList<JobId>& ids)
{
    QList<JobId> stopped;
    for (const JobId id : ids) {
        Entry* entry = m_table.find(id);
        if (!entry || !isOut(entry->job.state) || entry->job.unclaimed)
            continue;
        entry->job.unclaimed = true;
        commit(*entry);
        changed(*entry);
        stopped.append(id);
    }
    note(stopped, Action::StopWaiting);
    settle();
}

void JobQueue::hurry(JobId id)
{
    Entry* entry = m_table.find(id);
    if (!entry || entry->busy)
        return;
    Job& job = entry->job;
    if (job.state == JobState::Received) {
        m_filer.tryNow();
        return;
    }
    if (job.state != JobState::Waiting || job.held)
        return;
    job.notBefore = {};
    changed(*entry);
    if (const auto way = m_ways.find(job.endpoint); way != m_ways.end())
        way->second.lane.endWaiting();
    resumeLane(job.endpoint);
}

bool JobQueue::canSendAgain(JobId id) const
{
    const Entry* entry = m_table.find(id);
    return entry && !entry->busy &&
           (entry->job.state == JobState::Refused || entry->job.state == JobState::Failed ||
               (entry->job.state == JobState::Unknown && !entry->unsaved));
}

void JobQueue::replace(const QList<JobId>& ids)
{
    QList<JobId> unknown;
    QList<JobId> others;
    for (const JobId id : ids) {
        if (canSendAgain(id))
            (m_table.job(id)->state == JobState::Unknown ? unknown : others).append(id);
    }
    note(unknown, Action::SendAgain);
    note(others, Action::TryAgain);
    (void)m_ledger.dismiss(unknown + others);
    for (const JobId id : unknown + others)
        remove(id);
}

void JobQueue::dismiss(const QList<JobId>& ids)
{
    QList<JobId> unknown;
    QList<JobId> others;
    for (const JobId id : ids) {
        const Entry* entry = m_table.find(id);
        if (!entry || !isEnded(entry->job.state) || entry->busy ||
            entry->job.state == JobState::Filed ||
            (entry->job.state == JobState::Unknown && entry->unsaved))
            continue;
        (entry->job.state == JobState::Unknown ? unknown : others).append(id);
    }
    note(unknown, Action::LetBe);
    note(others, Action::Clear);
    const QList<JobId> all = unknown + others;
    if (all.isEmpty())
        return;
    (void)m_ledger.dismiss(all);
    for (const JobId id : all)
        remove(id);
    settle();
}

void JobQueue::release(const QList<JobId>& ids)
{
    for (const JobId id : ids) {
        Entry* entry = m_table.find(id);
        if (!entry || !std::exchange(entry->job.held, false))
            continue;
        entry->job.error = {}; // that it could not be cancelled
        entry->job.notBefore = {};
        changed(*entry);
    }
    settle();
}

void JobQueue::hold(const QList<JobId>& ids)
{
    for (const JobId id : ids) {
        Entry* entry = m_table.find(id);
        if (!entry || entry->job.state != JobState::Waiting)
            continue;
        entry->job.held = true;
        changed(*entry);
    }
    settle();
}

void JobQueue::resumeLane(const QString& endpoint)
{
    if (const auto way = m_ways.find(endpoint); way != m_ways.end()) {
        way->second.lane.resume();
        wakeAsleep(endpoint);
        Q_EMIT lanesChanged();
    }
    settle();
}

void JobQueue::pauseAll()
{
    m_pausedByPerson = true;
    Q_EMIT lanesChanged();
    settle();
}

void JobQueue::resumeAll()
{
    m_pausedByPerson = false;
    for (auto& [name, way] : m_ways) {
        way.lane.resume();
        way.lane.endWaiting();
    }
    for (const auto& [position, id] : std::set(m_table.ready())) {
        Entry& entry = *m_table.find(id);
        if (entry.job.notBefore.isValid()) {
            entry.job.notBefore = {};
            changed(entry);
        }
    }
    m_filer.tryNow();
    retryCommits();
    Q_EMIT lanesChanged();
    settle();
}

QList<JobQueue::LaneState> JobQueue::blockedLanes() const
{
    QList<LaneState> blocked;
    if (m_diskProblem)
        blocked.append({{}, Pause{PauseReason::Disk, *m_diskProblem}, {}});
    for (const auto& [name, way] : m_ways) {
        const QDateTime until = way.lane.heldUntil(QDateTime::currentDateTimeUtc());
        if (way.lane.pause() || until.isValid())
            blocked.append({name, way.lane.pause(), until});
    }
    return blocked;
}

void JobQueue::moveBefore(const QList<JobId>& ids, JobId before)
{
    const auto& order = m_table.waiting();
    QList<JobId> others;
    QList<JobId> moving;
    const QSet<JobId> asked(ids.begin(), ids.end());
    for (const auto& [position, id] : order)
        (asked.contains(id) ? moving : others).append(id);
    if (moving.isEmpty())
        return;
    const qsizetype found = others.indexOf(before);
    const qsizetype place = found < 0 ? others.size() : found;
    const auto positionAt = [&](qsizetype i) { return m_table.job(others.at(i))->position; };
    const auto room = static_cast<double>(moving.size() + 1);
    const double high = place < others.size() ? positionAt(place) : m_lastPosition + room;
    const double low = place > 0 ? positionAt(place - 1) : high - room;
    const double step = (high - low) / room;
    QList<Job> moved;
    const auto put = [&](JobId id, double position) {
        Entry& entry = *m_table.find(id);
        entry.job.position = position;
        m_table.update(entry);
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
            put(id, ++m_lastPosition);
    }
    m_lastPosition = std::max(m_lastPosition, high);
    (void)m_ledger.update(moved); // an order that is lost costs nothing
    for (const Job& job : moved)
        Q_EMIT jobChanged(job);
    Q_EMIT orderChanged();
    settle();
}

bool JobQueue::holdsAnswers() const
{
    if (m_filer.inMemory() > 0)
        return true;
    if (m_table.outCount() == 0)
        return false;
    return std::ranges::any_of(m_table.ids(), [this](JobId id) {
        const ImageCall* call = m_table.find(id)->call;
        return call && call->holdsAnswer();
    });
}

void JobQueue::leave()
{
    m_leaving = true;
    settle();
}

} // namespace seedbook
