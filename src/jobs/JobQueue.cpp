#include "jobs/JobQueue.h"

#include "core/Async.h"
#include "jobs/Ledger.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

QString keptName(const Job& job)
{
    return job.pictureId.toString(QUuid::WithoutBraces);
}

// The service said no: the same request would be refused again. Else it failed.
bool isRefusal(int httpStatus)
{
    return httpStatus >= 300 && httpStatus < 500;
}

} // namespace

JobQueue::JobQueue(Ledger& ledger, PictureStore& store, const QString& keptFolder, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_store(store)
    , m_kept(keptFolder)
{
}

// Calls that are still out end with the queue, and the ledger says "sending" of them: the next
// start makes that Unknown.
JobQueue::~JobQueue() = default;

void JobQueue::addService(ImageService& service)
{
    m_services.insert_or_assign(service.endpoint().name(), &service);
    pump();
}

bool JobQueue::serves(const QString& endpointName) const
{
    return m_services.contains(endpointName);
}

void JobQueue::setLimit(int atOnce)
{
    m_limit = std::clamp(atOnce, 1, largestLimit);
    pump();
}

void JobQueue::setPracticeTime(std::chrono::milliseconds duration)
{
    m_expectedTime.setPracticeTime(duration);
}

void JobQueue::restore(const ModelCatalog& models)
{
    whenDone(m_ledger.load(models), this, [this](const Result<Ledger::State>& state) {
        if (!state) {
            Q_EMIT restoreFailed(state.error());
            return;
        }
        m_lastId = state->lastId;
        for (const CallTime& time : state->callTimes)
            m_expectedTime.learn(time.request, time.practice, time.duration);
        for (const Job& job : state->jobs)
            m_entries.insert({job.id, Entry{.job = job, .held = job.state == JobState::Waiting}});
        m_restored = true;
        Q_EMIT jobsAdded(state->jobs);
        for (auto& [id, entry] : m_entries) {
            if (entry.job.state == JobState::Received && !entry.job.keptPath.isEmpty())
                refile(id);
            else if (entry.job.state == JobState::Sending || entry.job.state == JobState::Received)
                end(entry, JobState::Unknown, Error{ErrorKind::ProgramEnded, {}, {}});
        }
        Q_EMIT restored();
        settle();
    });
}

QList<JobId> JobQueue::submit(const QList<Request>& requests, const Endpoint& endpoint)
{
    QList<Job> jobs;
    QList<JobId> ids;
    for (const Request& request : requests) {
        Job job{.request = request};
        job.id = ++m_lastId;
        job.pictureId = QUuid::createUuid();
        job.endpoint = endpoint.name();
        job.practice = endpoint.isPractice();
        job.created = now();
        job.expected = m_expectedTime.estimate(request, job.practice);
        job.price = job.practice ? Money() : request.model().price();
        m_entries.insert({job.id, Entry{.job = job, .busy = true}});
        jobs.append(job);
        ids.append(job.id);
    }
    Q_EMIT jobsAdded(jobs);
    Q_EMIT countsChanged();
    whenDone(m_ledger.insert(jobs), this, [this, ids](const Result<void>& done) {
        for (const JobId id : ids) {
            Entry* entry = find(id);
            entry->busy = false;
            entry->job.committed = done.has_value();
            if (!done)
                end(*entry, JobState::Failed, done.error());
        }
        settle();
    });
    return ids;
}

void JobQueue::cancel(const QList<JobId>& ids)
{
    for (const JobId id : ids) {
        Entry* entry = find(id);
        if (!entry || entry->job.state != JobState::Waiting || entry->busy)
            continue;
        // If the row cannot be changed the job waits on in the ledger, held at the next start:
        // nothing is sent either way.
        entry->job.state = JobState::Cancelled;
        entry->job.ended = now();
        (void)m_ledger.update(entry->job);
        changed(*entry);
        remove(id);
    }
    settle();
}

void JobQueue::tryAgain(JobId id)
{
    Entry* entry = find(id);
    if (!entry || entry->busy)
        return;
    if (entry->job.state == JobState::Received) {
        refile(id);
        return;
    }
    const auto service = m_services.find(entry->job.endpoint);
    if (!isEnded(entry->job.state) || service == m_services.end())
        return;
    const Request request = entry->job.request;
    dismiss(id);
    submit({request}, service->second->endpoint());
}

void JobQueue::dismiss(JobId id)
{
    Entry* entry = find(id);
    if (!entry || !isEnded(entry->job.state) || entry->busy)
        return;
    (void)m_ledger.dismiss(id);
    remove(id);
    settle();
}

void JobQueue::releaseHeld()
{
    for (auto& [id, entry] : m_entries)
        entry.held = false;
    settle();
}

int JobQueue::heldCount() const
{
    return static_cast<int>(std::count_if(
        m_entries.begin(), m_entries.end(), [](const auto& item) { return item.second.held; }));
}

QList<Job> JobQueue::jobs() const
{
    QList<Job> jobs;
    for (const auto& [id, entry] : m_entries) {
        if (entry.job.state != JobState::Filed)
            jobs.append(entry.job);
    }
    return jobs;
}

const Job* JobQueue::job(JobId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second.job;
}

int JobQueue::waitingCount() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
        [](const auto& item) { return item.second.job.state == JobState::Waiting; }));
}

int JobQueue::sendingCount() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
        [](const auto& item) { return item.second.job.state == JobState::Sending; }));
}

Money JobQueue::moneyOut() const
{
    Money sum;
    for (const auto& [id, entry] : m_entries) {
        if (entry.job.state == JobState::Sending)
            sum += entry.job.price;
    }
    return sum;
}

Money JobQueue::moneyWaiting() const
{
    Money sum;
    for (const auto& [id, entry] : m_entries) {
        if (entry.job.state == JobState::Waiting)
            sum += entry.job.price;
    }
    return sum;
}

JobQueue::Entry* JobQueue::find(JobId id)
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

int JobQueue::outCount() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(), [](const auto& item) {
        const Entry& entry = item.second;
        // Bytes that cannot be filed hold no slot: they are safe, and wait for a person.
        return entry.job.state == JobState::Sending ||
               (entry.job.state == JobState::Received && entry.busy);
    }));
}

void JobQueue::pump()
{
    if (!m_restored)
        return;
    int free = m_limit - outCount();
    for (auto& [id, entry] : m_entries) {
        if (free <= 0)
            return;
        if (entry.job.state != JobState::Waiting || entry.busy || entry.held)
            continue;
        start(entry);
        if (entry.job.state == JobState::Sending)
            --free;
    }
}

// Into the ledger first: after a crash, "sending" is not sent again.
void JobQueue::start(Entry& entry)
{
    if (!serves(entry.job.endpoint)) {
        end(entry, JobState::Failed, Error{ErrorKind::NoSuchService, entry.job.endpoint, {}});
        return;
    }
    const JobId id = entry.job.id;
    entry.job.state = JobState::Sending;
    entry.job.sent = now();
    entry.job.expected = m_expectedTime.estimate(entry.job.request, entry.job.practice);
    entry.busy = true;
    changed(entry);
    whenDone(m_ledger.update(entry.job), this, [this, id](const Result<void>& done) {
        Entry& sending = *find(id);
        sending.busy = false;
        if (done)
            send(id);
        else
            end(sending, JobState::Failed, done.error());
        settle();
    });
}

void JobQueue::send(JobId id)
{
    Entry& entry = *find(id);
    entry.job.sent = now();
    ImageService& service = *m_services.at(entry.job.endpoint); // start() has looked
    ImageCall* call = service.generate(entry.job.request, this);
    entry.call = call;
    connect(call, &ImageCall::phaseChanged, this, [this, id](ImageCall::Phase phase) {
        if (phase == ImageCall::Phase::Receiving) {
            Entry& receiving = *find(id);
            receiving.job.receiving = true;
            changed(receiving);
        }
    });
    connect(call, &ImageCall::finished, this, [this, id, call](const CallResult& result) {
        call->deleteLater();
        finish(id, result);
        settle();
    });
    changed(entry);
}

void JobQueue::finish(JobId id, const CallResult& result)
{
    Entry& entry = *find(id);
    entry.call = nullptr;
    entry.job.receiving = false;
    entry.job.ended = now();
    if (const auto* answer = std::get_if<Answer>(&result))
        take(entry, *answer);
    else
        fail(entry, std::get<CallFailure>(result));
}

void JobQueue::take(Entry& entry, const Answer& answer)
{
    Job& job = entry.job;
    job.state = JobState::Received;
    job.serviceRequestId = answer.info.serviceRequestId;
    if (answer.info.cost && !job.practice) {
        job.price = *answer.info.cost;
        job.priceTold = true;
    }
    entry.bytes = answer.bytes;
    entry.format = answer.format;
    m_expectedTime.learn(
        job.request, job.practice, std::chrono::milliseconds(job.sent.msecsTo(job.ended)));
    (void)m_ledger.update(job);
    fileBytes(entry);
}

void JobQueue::fail(Entry& entry, const CallFailure& failure)
{
    entry.job.serviceRequestId = failure.info.serviceRequestId;
    JobState state = JobState::Unknown;
    if (failure.reach == CallFailure::Reach::NotSent)
        state = JobState::Failed;
    else if (failure.reach == CallFailure::Reach::Refused)
        state = isRefusal(failure.error.httpStatus) ? JobState::Refused : JobState::Failed;
    if (failure.residue.isEmpty()) {
        end(entry, state, failure.error);
    } else {
        entry.job.state = state;
        entry.job.error = failure.error;
        keepBytes(entry, u".answer"_s, failure.residue);
    }
}

void JobQueue::end(Entry& entry, JobState state, const Error& error)
{
    entry.job.state = state;
    entry.job.error = error;
    if (!entry.job.ended.isValid())
        entry.job.ended = now();
    if (entry.job.committed)
        (void)m_ledger.update(entry.job);
    changed(entry);
}

void JobQueue::fileBytes(Entry& entry)
{
    const Job& job = entry.job;
    const JobId id = job.id;
    Picture draft;
    draft.id = job.pictureId;
    draft.created = job.created;
    draft.sequence = id;
    draft.duration = std::chrono::milliseconds(job.sent.msecsTo(job.ended));
    draft.price = job.price;
    draft.priceTold = job.priceTold;
    draft.practice = job.practice;
    draft.endpoint = job.endpoint;
    draft.serviceRequestId = job.serviceRequestId;
    entry.busy = true;
    entry.job.error = {};
    changed(entry);
    whenDone(m_store.file(Filing{job.request, entry.bytes, entry.format, draft}), this,
        [this, id](const Result<PicturePtr>& picture) {
            if (picture) {
                filed(id, *picture);
                return;
            }
            Entry& unfiled = *find(id);
            unfiled.busy = false;
            unfiled.job.error = picture.error();
            if (unfiled.job.keptPath.isEmpty()) {
                keepBytes(unfiled, u'.' + fileExtension(unfiled.format), unfiled.bytes);
                return;
            }
            (void)m_ledger.update(unfiled.job);
            changed(unfiled);
            settle();
        });
}

// Tells of the job's state, already set, once its bytes are kept. Where even that fails they stay
// in memory, and the card says why they could not be filed.
void JobQueue::keepBytes(Entry& entry, const QString& suffix, const QByteArray& bytes)
{
    const JobId id = entry.job.id;
    entry.busy = true;
    (void)m_ledger.update(entry.job);
    whenDone(m_kept.keep(keptName(entry.job) + suffix, bytes), this,
        [this, id](const Result<QString>& path) {
            Entry& kept = *find(id);
            kept.busy = false;
            if (path)
                kept.job.keptPath = *path;
            (void)m_ledger.update(kept.job);
            changed(kept);
            settle();
        });
}

void JobQueue::refile(JobId id)
{
    Entry& entry = *find(id);
    if (!entry.bytes.isEmpty()) {
        fileBytes(entry);
        return;
    }
    entry.busy = true;
    whenDone(
        KeptFiles::read(entry.job.keptPath), this, [this, id](const Result<QByteArray>& bytes) {
            Entry& kept = *find(id);
            kept.busy = false;
            const auto format = bytes ? sniffImageFormat(*bytes) : std::nullopt;
            if (!bytes || !format) {
                const Error unreadable{ErrorKind::FileUnreadable, kept.job.keptPath, {}};
                end(kept, JobState::Unknown, bytes ? unreadable : bytes.error());
                settle();
                return;
            }
            kept.bytes = *bytes;
            kept.format = *format;
            fileBytes(kept);
        });
}

// The file is durable, so the picture is shown at once; the entry stays until the ledger says so
// too, and idle() with it. Where the ledger cannot be written the picture is there all the same.
void JobQueue::filed(JobId id, const PicturePtr& picture)
{
    Entry& entry = *find(id);
    entry.job.state = JobState::Filed;
    entry.job.picture = picture;
    entry.bytes.clear();
    const QString keptPath = std::exchange(entry.job.keptPath, {});
    whenDone(m_ledger.update(entry.job), this, [this, id, keptPath](const Result<void>& done) {
        if (done && !keptPath.isEmpty())
            m_kept.remove(keptPath);
        m_entries.erase(id);
        settle();
    });
    changed(entry);
    settle();
}

void JobQueue::remove(JobId id)
{
    m_entries.erase(id);
    Q_EMIT jobRemoved(id);
}

void JobQueue::changed(const Entry& entry)
{
    Q_EMIT jobChanged(entry.job);
}

void JobQueue::settle()
{
    pump();
    Q_EMIT countsChanged();
    const bool busy = std::any_of(m_entries.begin(), m_entries.end(), [](const auto& item) {
        const Entry& entry = item.second;
        return entry.busy || entry.job.state == JobState::Sending ||
               (entry.job.state == JobState::Waiting && !entry.held);
    });
    if (!busy)
        Q_EMIT idle();
}

} // namespace seedbook
