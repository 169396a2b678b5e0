// The queue's half that meets the disk: what arrived, rows that must be written, and what an
// earlier run left behind.
#include "core/Async.h"
#include "jobs/Account.h"
#include "jobs/JobQueue.h"

#include <QFile>

#include <memory>

using namespace Qt::StringLiterals;

namespace seedbook {

constexpr int mostFurther = 16; // as many as an answer's reader takes

QString JobQueue::nameOf(const QUuid& pictureId)
{
    return pictureId.toString(QUuid::WithoutBraces);
}

QUuid JobQueue::furtherId(const QUuid& first, int place)
{
    return place == 1 ? first : QUuid::createUuidV5(first, QByteArray::number(place));
}

Job JobQueue::rowOf(const Entry& entry)
{
    Job row = entry.job;
    if (row.state == JobState::Received && row.keptPath.isEmpty())
        row.state = row.remoteId.isEmpty() ? JobState::Sending : JobState::Accepted;
    return row;
}

// ---------------------------------------------------------------- the next start

void JobQueue::restore(const ModelCatalog& models)
{
    whenDone(m_ledger.load(models), this, [this](const Result<Ledger::State>& state) {
        if (!state) {
            Q_EMIT restoreFailed(state.error());
            return;
        }
        m_lastId = state->lastId;
        m_lastPosition = state->lastPosition;
        for (const CallTime& time : state->callTimes) {
            m_expectedTime.learn(time.request, time.practice, time.duration);
            if (time.told && !time.practice)
                m_prices.learn(time.request, *time.told);
        }
        m_budget.load(state->charges);
        QList<Job> jobs;
        for (Job job : state->jobs) {
            job.held = job.state == JobState::Waiting;
            if (job.held && !job.practice)
                job.price = m_prices.estimate(job.request); // what it would cost now
            jobs.append(job);
            m_budget.count(job);
            m_table.add(Entry{.job = job});
        }
        Q_EMIT jobsAdded(jobs);
        whenDone(m_filer.listKept(), this, [this](const QHash<QString, QString>& kept) {
            findFiled(kept, [this, kept](const Filed& filed) { takeUpAll(kept, filed); });
        });
    });
}

void JobQueue::findFiled(
    const QHash<QString, QString>& kept, const std::function<void(Filed)>& done)
{
    QList<JobId> lost;
    for (const JobId id : m_table.ids()) {
        const Job& job = *m_table.job(id);
        // Also of an earlier start, which may not have been able to look.
        const bool isLost =
            job.state == JobState::Sending ||
            (job.state == JobState::Unknown && job.error.kind == ErrorKind::ProgramEnded);
        if (isLost && job.remoteId.isEmpty() && !kept.contains(nameOf(job.pictureId)))
            lost.append(id);
    }
    if (lost.isEmpty()) {
        done({});
        return;
    }
    const auto found = std::make_shared<Filed>();
    const auto left = std::make_shared<qsizetype>(lost.size());
    for (const JobId id : lost) {
        whenDone(m_filer.findFiled(filingOf(*m_table.find(id))), this,
            [id, found, left, done](const Result<PicturePtr>& picture) {
                if (picture && *picture)
                    found->insert(id, *picture);
                if (--*left == 0)
                    done(*found);
            });
    }
}

void JobQueue::takeUpAll(const QHash<QString, QString>& kept, const Filed& filed)
{
    m_restored = true;
    const bool outAlone =
        m_table.count(JobState::Sending) == 1 && m_table.count(JobState::Accepted) == 0;
    QHash<QString, QString> orphans = kept;
    for (const JobId id : m_table.ids()) {
        if (const PicturePtr picture = filed.value(id)) {
            m_table.find(id)->busy = true;
            onFiled(id, picture);
            continue;
        }
        const Job job = *m_table.job(id);
        const QString path = orphans.take(nameOf(job.pictureId));
        if (isOut(job.state) && !orphans.isEmpty())
            takeUpFurther(job, orphans);
        takeUp(id, path, outAlone);
    }
    for (const auto& [name, way] : m_ways)
        resumeAccepted(name);
    removeOrphans(orphans);
    showPrices();
    Q_EMIT restored();
    settle();
}

void JobQueue::takeUp(JobId id, const QString& listedPath, bool outAlone)
{
    Entry& entry = *m_table.find(id);
    Job& job = entry.job;
    // Where it was kept may be no place of this run.
    const bool isElsewhere = listedPath.isEmpty() && QFile::exists(job.keptPath);
    const QString keptPath = isElsewhere ? job.keptPath : listedPath;
    // What was kept as an answer turned out to be whole.
    const bool isWhole = !keptPath.isEmpty() && !keptPath.endsWith(answerEnding);
    const bool wasOut = job.state == JobState::Sending || job.state == JobState::Accepted;
    if (!wasOut && job.state != JobState::Received && !(job.state == JobState::Unknown && isWhole))
        return;
    if (keptPath.endsWith(answerEnding)) {
        // What came of a 200 that is no whole picture: paid, and to be looked at by a person.
        job.keptPath = keptPath;
        end(entry, JobState::Unknown, Error{ErrorKind::TornAnswer, {}, {}});
        return;
    }
    if (!keptPath.isEmpty()) {
        // All of it came, whatever the row had time to say.
        job.state = JobState::Received;
        job.keptPath = keptPath;
        job.error = {};
        if (!job.ended.isValid()) {
            job.ended = QDateTime::currentDateTimeUtc();
            job.resumed = true;
        }
        entry.busy = true;
        commit(entry);
        changed(entry);
        Filing filing = filingOf(entry);
        filing.maybeThere = true;
        m_filer.file(id, std::move(filing), keptPath);
        return;
    }
    if (!job.remoteId.isEmpty()) {
        // Also where the row says that it was received, and no disk has it.
        job.state = JobState::Accepted;
        job.keptPath.clear();
        changed(entry);
        return; // resumeAccepted()
    }
    end(entry, JobState::Unknown, Error{ErrorKind::ProgramEnded, {}, {}});
    if (outAlone && job.balanceBefore) {
        if (Account* account = this->account(job.endpoint))
            account->endedEarlier(id);
    }
}

// Once a service is there for them: its address may come later than the ledger.
void JobQueue::resumeAccepted(const QString& endpoint)
{
    if (m_table.count(JobState::Accepted) == 0)
        return;
    const Way& way = m_ways.at(endpoint);
    for (const JobId id : m_table.ids()) {
        Entry& entry = *m_table.find(id);
        const auto service = way.services.find(entry.job.transport);
        if (service == way.services.end() || entry.job.state != JobState::Accepted ||
            entry.job.endpoint != endpoint || entry.call)
            continue;
        entry.job.resumed = true;
        watch(id, service->second->resume(
                      entry.job.request, {entry.job.remoteId, entry.job.accepted}, this));
    }
}

void JobQueue::wakeAsleep(const QString& endpoint)
{
    if (m_table.asleepCount() == 0)
        return;
    for (const JobId id : m_table.ids()) {
        Entry& entry = *m_table.find(id);
        if (entry.job.state != JobState::Accepted || entry.job.endpoint != endpoint ||
            !entry.call || !std::exchange(entry.keyless, false))
            continue;
        m_table.update(entry);
        entry.call->proceed();
    }
}

void JobQueue::onKeyMissing(JobId id, bool missing)
{
    Entry& entry = *m_table.find(id);
    entry.keyless = missing;
    m_table.update(entry);
    settle();
}

// Kept files whose job is filed: the program ended before it had cleared them away.
void JobQueue::removeOrphans(const QHash<QString, QString>& kept)
{
    QList<QUuid> ids;
    for (auto it = kept.begin(); it != kept.end(); ++it)
        ids.append(QUuid::fromString(it.key()));
    if (ids.isEmpty())
        return;
    whenDone(m_ledger.filedAmong(ids), this, [this, kept](const Result<QSet<QUuid>>& filed) {
        for (auto it = kept.begin(); filed && it != kept.end(); ++it) {
            if (filed->contains(QUuid::fromString(it.key())))
                m_filer.removeKept(it.value());
        }
    });
}

// ---------------------------------------------------------------- what arrived

Filing JobQueue::filingOf(const Entry& entry) const
{
    const Job& job = entry.job;
    Picture draft;
    draft.id = job.pictureId;
    draft.created = job.created;
    draft.sequence = job.id;
    // Of one that came while the program was not there nobody knows how long it took.
    if (job.sent.isValid() && !job.resumed)
        draft.duration =
            std::chrono::milliseconds(std::max<qint64>(0, job.sent.msecsTo(job.ended)));
    draft.price = job.price;
    draft.priceTold = job.priceTold;
    draft.practice = job.practice;
    draft.unclaimed = job.unclaimed;
    draft.endpoint = job.endpoint;
    draft.serviceRequestId = job.serviceRequestId;
    draft.provenance = job.provenance;
    draft.reportedSeed = job.reportedSeed;
    // Also of an earlier run that had no time to say so.
    return Filing{job.request, entry.bytes, entry.format, draft, job.resumed};
}

void JobQueue::takeUpFurther(const Job& first, QHash<QString, QString>& orphans)
{
    QSet<QUuid> known;
    for (const JobId id : m_table.ids())
        known.insert(m_table.job(id)->pictureId);
    QList<std::pair<int, QString>> found;
    for (int place = 2; place <= mostFurther; ++place) {
        const QUuid id = furtherId(first.pictureId, place);
        const QString path = known.contains(id) ? QString() : orphans.take(nameOf(id));
        if (!path.isEmpty() && !path.endsWith(answerEnding))
            found.append({place, path});
    }
    if (found.isEmpty())
        return;
    Entry& entry = *m_table.find(first.id);
    entry.job.provenance.ordinal = Ordinal{1, found.last().first};
    addFurther(entry.job, found);
}

void JobQueue::addFurther(const Job& first, const QList<std::pair<int, QString>>& keptPaths)
{
    QList<Job> jobs;
    for (const auto& [place, path] : keptPaths) {
        Job job = first;
        job.id = ++m_lastId;
        job.pictureId = furtherId(first.pictureId, place);
        job.provenance.ordinal = Ordinal{place, first.provenance.ordinal->count};
        job.firstOfAnswer = first.id;
        job.state = JobState::Received;
        job.position = ++m_lastPosition;
        job.keptPath = path;
        job.price = job.expectedPrice = {};
        job.priceTold = true; // it was paid for with the first
        job.balanceBefore = job.balanceAfter = {};
        job.remoteId.clear();
        job.accepted = {};
        job.error = {};
        if (!job.ended.isValid()) { // of an earlier run
            job.ended = QDateTime::currentDateTimeUtc();
            job.resumed = true;
        }
        m_table.add(Entry{.job = job, .busy = true});
        m_budget.count(job);
        jobs.append(job);
    }
    // With the first one's own row, in one transaction: no run finds some of them alone.
    whenDone(m_ledger.update(jobs + QList{rowOf(*m_table.find(first.id))}), this,
        [this, jobs](const Result<void>& done) {
            for (const Job& job : jobs) {
                if (Entry* written = m_table.find(job.id); written && !done) {
                    written->unsaved = true;
                    m_table.update(*written);
                }
            }
            if (!done)
                diskFailed(done.error());
            settle();
        });
    Q_EMIT jobsAdded(jobs);
    for (const Job& job : std::as_const(jobs))
        m_filer.file(job.id, filingOf(*m_table.find(job.id)), job.keptPath);
}

void JobQueue::onKept(JobId id, const QStringList& paths)
{
    Entry* entry = m_table.find(id);
    if (!entry)
        return;
    entry->job.keptPath = paths.first();
    if (paths.size() > 1) {
        QList<std::pair<int, QString>> further;
        for (qsizetype i = 1; i < paths.size(); ++i)
            further.append({static_cast<int>(i + 1), paths.at(i)});
        addFurther(entry->job, further);
    }
    commit(*entry);
    diskWorks();
    pump(); // the slot is free: the bytes are durable
    if (entry->job.state == JobState::Received) {
        m_filer.file(id, filingOf(*entry), entry->job.keptPath);
        entry->bytes.clear();
    } else {
        entry->busy = false;
    }
    changed(*entry);
    settle();
}

// The file is durable, so the picture is shown at once; the entry stays until the ledger says so
// too, and idle() with it. Where the ledger cannot be written the picture is there all the same.
void JobQueue::onFiled(JobId id, const PicturePtr& picture)
{
    Entry& entry = *m_table.find(id);
    entry.job.state = JobState::Filed;
    entry.job.error = {};
    entry.job.picture = picture;
    if (entry.job.balanceBefore && !entry.job.priceTold && !entry.job.balanceAfter)
        m_unpriced.insert_or_assign(id, entry.job);
    commit(entry); // onCommitted() clears up
    changed(entry);
    diskWorks();
    settle();
}

void JobQueue::onUnusable(JobId id, const Error& error)
{
    Entry& entry = *m_table.find(id);
    entry.busy = false;
    end(entry, JobState::Unknown, error);
    diskWorks();
    settle();
}

void JobQueue::onNotFiled(JobId id, const Error& error)
{
    if (Entry* entry = m_table.find(id)) {
        if (entry->job.state == JobState::Received) {
            entry->job.error = error;
            // In the data folder it is safe: nothing waits for a library whose disk is gone.
            entry->busy = entry->job.keptPath.isEmpty();
            commit(*entry);
        }
        changed(*entry);
    }
    diskFailed(error);
    settle();
}

// Nothing waits for it: what is sent meanwhile is kept and filed all the same.
void JobQueue::onUnreadable(JobId id, const Error& error)
{
    Entry& entry = *m_table.find(id);
    entry.job.error = error;
    entry.busy = false;
    changed(entry);
    diskWorks(); // as far as it goes
    settle();
}

// ---------------------------------------------------------------- the ledger's rows

void JobQueue::commit(Entry& entry)
{
    const JobId id = entry.job.id;
    const JobState state = entry.job.state;
    const Job row = rowOf(entry);
    whenDone(m_ledger.update(row), this, [this, id, state, row](const Result<void>& done) {
        Entry* written = m_table.find(id);
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
        m_table.update(*written);
        if (done) {
            onCommitted(id, state);
        } else {
            diskFailed(done.error());
            // Asking costs nothing, and the service does not keep the picture for long.
            if (state == JobState::Accepted && written->call)
                written->call->proceed();
        }
        settle();
    });
}

void JobQueue::probe(const std::function<void(const Result<void>&)>& done)
{
    whenDone(m_filer.probe(), this, [this, done](const Result<void>& kept) {
        if (!kept)
            done(kept);
        else
            whenDone(m_filer.probeStore(), this, done);
    });
}

void JobQueue::retryCommits()
{
    if (m_noRoom) {
        probe([this](const Result<void>& room) {
            m_noRoom = !room;
            if (room)
                retryCommits();
            else
                m_again.start();
        });
        return;
    }
    QList<Job> jobs;
    for (const auto& [id, row] : m_unwritten)
        jobs.append(*row);
    for (const JobId id : m_table.unsaved())
        jobs.append(rowOf(*m_table.find(id)));
    if (jobs.isEmpty()) {
        // Those that could not be written are gone: whether the disk works is seen with the next.
        diskWorks();
        settle();
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
                Entry* entry = m_table.find(job.id);
                if (!entry)
                    continue;
                entry->unsaved = false;
                m_table.update(*entry);
                onCommitted(job.id, job.state);
            }
            diskWorks();
            settle();
        });
}

void JobQueue::onCommitted(JobId id, JobState state)
{
    const Entry& entry = *m_table.find(id);
    if (state == JobState::Accepted && entry.call)
        entry.call->proceed(); // the id is on disk; a second time changes nothing
    if (state != JobState::Filed)
        return;
    m_filer.removeKept(entry.job.keptPath);
    if (!m_unpriced.contains(id))
        m_budget.forget(id);
    m_table.erase(id);
}

void JobQueue::diskFailed(const Error& error)
{
    m_again.start();
    if (m_diskProblem)
        return;
    m_diskProblem = error;
    Q_EMIT paused({}, Pause{PauseReason::Disk, error});
    Q_EMIT lanesChanged();
}

void JobQueue::diskWorks()
{
    if (!m_diskProblem || m_noRoom || m_filer.isStuck() || !m_table.unsaved().isEmpty() ||
        !m_unwritten.empty())
        return;
    m_diskProblem.reset();
    Q_EMIT lanesChanged();
}

} // namespace seedbook
