#include "jobs/RowWriter.h"

#include "core/Async.h"
#include "jobs/OpenJobs.h"
#include "jobs/PictureSaver.h"

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds commitRetry{3000};

} // namespace

RowWriter::RowWriter(Ledger& ledger, OpenJobs& jobs, PictureSaver& saver, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_jobs(jobs)
    , m_saver(saver)
{
    m_again.setSingleShot(true);
    m_again.setInterval(commitRetry);
    connect(&m_again, &QTimer::timeout, this, &RowWriter::retry);
}

Job RowWriter::rowOf(const Entry& entry)
{
    Job row = entry.job;
    if (row.state == JobState::Received && row.spoolPath.isEmpty())
        row.state = row.remoteId.isEmpty() ? JobState::Sending : JobState::Accepted;
    return row;
}

void RowWriter::commit(Entry& entry)
{
    const JobId id = entry.job.id;
    const JobState state = entry.job.state;
    const Job row = rowOf(entry);
    whenDone(m_ledger.update(row), this, [this, id, state, row](const Result<void>& done) {
        Entry* written = m_jobs.table().find(id);
        if (!written) {
            if (done) {                // put away meanwhile
                m_unwritten.erase(id); // an earlier one
            } else {
                m_unwritten.insert_or_assign(id, std::make_shared<const Job>(row));
                diskFailed(done.error());
            }
            return;
        }
        written->unsaved = !done.has_value();
        m_jobs.table().update(*written);
        if (done) {
            Q_EMIT committed(id, state);
        } else {
            diskFailed(done.error());
            Q_EMIT postponed(id, state);
        }
        m_jobs.settle();
    });
}

void RowWriter::commitWith(const QList<Job>& jobs, const Entry& first)
{
    whenDone(
        m_ledger.update(jobs + QList{rowOf(first)}), this, [this, jobs](const Result<void>& done) {
            for (const Job& job : jobs) {
                if (Entry* written = m_jobs.table().find(job.id); written && !done) {
                    written->unsaved = true;
                    m_jobs.table().update(*written);
                }
            }
            if (!done)
                diskFailed(done.error());
            m_jobs.settle();
        });
}

void RowWriter::retry()
{
    if (m_noRoom) {
        probe([this](const Result<void>& room) {
            if (room)
                retry();
            else
                m_again.start();
        });
        return;
    }
    QList<Job> jobs;
    for (const auto& [id, row] : m_unwritten)
        jobs.append(*row);
    for (const JobId id : m_jobs.table().unsaved())
        jobs.append(rowOf(*m_jobs.table().find(id)));
    if (jobs.isEmpty()) {
        // Those that could not be written are gone: whether the disk works is seen with the next.
        diskWorks();
        m_jobs.settle();
        return;
    }
    whenDone(
        m_ledger.update(jobs), this, [this, jobs, rows = m_unwritten](const Result<void>& done) {
            if (!done) {
                m_again.start();
                return;
            }
            // But for those of which a later row could not be written meanwhile.
            std::erase_if(m_unwritten, [&rows](const auto& one) {
                const auto written = rows.find(one.first);
                return written != rows.end() && written->second == one.second;
            });
            for (const Job& job : jobs) {
                Entry* entry = m_jobs.table().find(job.id);
                if (!entry)
                    continue;
                entry->unsaved = false;
                m_jobs.table().update(*entry);
                Q_EMIT committed(job.id, job.state);
            }
            diskWorks();
            m_jobs.settle();
        });
}

void RowWriter::probe(const std::function<void(const Result<void>&)>& done)
{
    const auto tell = [this, done](const Result<void>& room) {
        m_noRoom = !room;
        done(room);
    };
    whenDone(m_saver.probe(), this, [this, tell](const Result<void>& kept) {
        if (!kept)
            tell(kept);
        else
            whenDone(m_saver.probeStore(), this, tell);
    });
}

void RowWriter::diskFailed(const Error& error)
{
    m_again.start();
    if (m_problem)
        return;
    m_problem = error;
    Q_EMIT paused({}, Pause{PauseReason::Disk, error});
    Q_EMIT problemChanged();
}

void RowWriter::diskWorks()
{
    if (!m_problem || m_noRoom || m_saver.isStuck() || !m_jobs.table().unsaved().isEmpty() ||
        !m_unwritten.empty())
        return;
    m_problem.reset();
    Q_EMIT problemChanged();
}

QFuture<Result<QSet<QByteArray>>> RowWriter::unknownAmong(
    QList<QByteArray> identities, const QString& endpoint)
{
    QSet<QByteArray> unwritten;
    for (const auto& [id, job] : m_unwritten) {
        if (job->state == JobState::Unknown && job->endpoint == endpoint)
            unwritten.insert(job->request.identity());
    }
    return m_ledger.unknownAmong(std::move(identities), endpoint)
        .then([unwritten](Result<QSet<QByteArray>> found) {
            if (found)
                found->unite(unwritten);
            return found;
        });
}

void RowWriter::note(const QList<JobId>& ids, Action action)
{
    if (!ids.isEmpty())
        (void)m_ledger.note(ids, action);
}

void RowWriter::dismiss(const QList<JobId>& ids)
{
    (void)m_ledger.dismiss(ids);
}

} // namespace seedbook

#include "moc_RowWriter.cpp"
