#include "jobs/JobQueue.h"

#include "core/Async.h"
#include "jobs/Account.h"

#include <algorithm>
#include <utility>

namespace seedbook {

namespace {

// Clocks are set and computers sleep: the next moment is worked out anew at least this often.
constexpr std::chrono::milliseconds longestSleep{60'000};
constexpr std::chrono::milliseconds leavingLook{200};

} // namespace

JobQueue::JobQueue(Ledger& ledger, PictureStore& store, const QString& spoolFolder,
    const QStringList& otherFolders, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_saver(store, spoolFolder, otherFolders)
    , m_rows(ledger, m_jobs, m_saver)
    , m_prices(ledger, m_jobs, m_rows)
    , m_times(m_jobs, m_endpoints)
    , m_endings(m_jobs, m_rows, m_prices)
    , m_arrivals(m_saver, m_jobs, m_rows, m_prices, m_endings)
    , m_calls(m_jobs, m_rows, m_prices, m_endpoints, m_times, m_expectedTime, m_arrivals, m_endings)
    , m_departure(ledger, m_jobs, m_rows, m_prices, m_endpoints, m_expectedTime, m_calls, m_endings)
    , m_earlierRun(ledger, m_saver, m_jobs, m_rows, m_prices, m_endpoints, m_expectedTime,
          m_arrivals, m_calls, m_endings)
    , m_wishes(ledger, m_jobs, m_rows, m_departure)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &JobQueue::settle);
    m_look.setSingleShot(true);
    m_look.setInterval(leavingLook);
    connect(&m_look, &QTimer::timeout, this, &JobQueue::settle);
    connect(&m_jobs, &OpenJobs::jobsAdded, this, &JobQueue::jobsAdded);
    connect(&m_jobs, &OpenJobs::jobChanged, this, &JobQueue::jobChanged);
    connect(&m_jobs, &OpenJobs::jobRemoved, this, &JobQueue::jobRemoved);
    connect(&m_jobs, &OpenJobs::settling, this, &JobQueue::settle);
    connect(&m_rows, &RowWriter::paused, this, &JobQueue::paused);
    connect(&m_rows, &RowWriter::problemChanged, this, &JobQueue::endpointsChanged);
    connect(&m_prices, &JobPrices::accountChanged, this, &JobQueue::accountChanged);
    connect(&m_prices, &JobPrices::pricesChanged, this, &JobQueue::pricesChanged);
    connect(&m_endpoints, &EndpointStates::paused, this, &JobQueue::paused);
    connect(&m_endpoints, &EndpointStates::changed, this, &JobQueue::endpointsChanged);
    connect(&m_earlierRun, &EarlierRun::takenUp, this, &JobQueue::restored);
    connect(&m_earlierRun, &EarlierRun::failed, this, &JobQueue::restoreFailed);
    connect(&m_wishes, &Wishes::orderChanged, this, &JobQueue::orderChanged);
}

// Calls that are still out end with the queue, and the ledger says "sending" of them: the next
// start makes that Unknown.
JobQueue::~JobQueue() = default;

void JobQueue::addService(ImageService& service)
{
    m_endpoints.addService(service);
    m_prices.addAccount(service);
    if (isRestored() && service.transport() == Transport::Recoverable)
        m_calls.resumeAccepted(service.endpoint().name());
    settle();
}

void JobQueue::setLimit(int atOnce)
{
    m_limit = std::clamp(atOnce, 1, largestLimit);
    settle();
}

void JobQueue::setRequestsPerMinute(int requests)
{
    m_endpoints.rate().setPerMinute(requests);
    settle();
}

void JobQueue::setCaps(const Caps& caps)
{
    m_jobs.budget().setCaps(caps);
    m_endpoints.resumeCapped();
    settle();
}

void JobQueue::setPracticeTime(std::chrono::milliseconds duration)
{
    m_expectedTime.setPracticeTime(duration);
}

void JobQueue::setDiskRetry(std::chrono::milliseconds pause)
{
    m_rows.setRetry(pause);
    m_saver.setRetry(pause);
}

QList<JobId> JobQueue::submit(const QList<Order>& orders, const Endpoint& endpoint)
{
    QSet<JobId> anyway;
    QList<Job> jobs;
    QList<JobId> ids;
    const bool recoverable = m_transport == Transport::Recoverable &&
                             m_endpoints.service(endpoint.name(), Transport::Recoverable);
    for (const auto& [request, provenance, isAnyway] : orders) {
        Job job{.request = request};
        job.id = m_jobs.nextId();
        job.pictureId = QUuid::createUuid();
        job.provenance = provenance;
        if (isAnyway)
            anyway.insert(job.id);
        job.endpoint = endpoint.name();
        job.practice = endpoint.isPractice();
        if (recoverable && !request.model().path(Transport::Recoverable).isEmpty())
            job.transport = Transport::Recoverable;
        job.created = QDateTime::currentDateTimeUtc();
        job.position = m_jobs.nextPosition();
        job.expected = m_expectedTime.estimate(request, job.practice);
        job.expectedPrice = estimate(request, endpoint);
        job.price = job.expectedPrice;
        m_jobs.table().add(OpenJobs::Entry{.job = job, .busy = true});
        jobs.append(job);
        ids.append(job.id);
    }
    m_jobs.reportAdded(jobs);
    whenDone(m_ledger.insert(jobs, anyway), this, [this, ids](const Result<void>& done) {
        QList<JobId> cancelled; // while the rows were on their way
        for (const JobId id : ids) {
            OpenJobs::Entry* entry = m_jobs.table().find(id);
            entry->busy = false;
            entry->job.committed = done.has_value();
            if (done) {
                m_jobs.table().update(*entry);
                if (entry->cancelling)
                    cancelled.append(id);
            } else {
                const bool cancels = std::exchange(entry->cancelling, false);
                m_endings.end(
                    *entry, cancels ? JobState::Cancelled : JobState::Failed, done.error());
            }
        }
        m_wishes.finishCancel(cancelled);
        settle();
    });
    settle();
    return ids;
}

void JobQueue::hurry(JobId id)
{
    OpenJobs::Entry* entry = m_jobs.table().find(id);
    if (!entry || entry->busy)
        return;
    Job& job = entry->job;
    if (job.state == JobState::Received) {
        m_saver.tryNow();
        return;
    }
    if (job.state != JobState::Waiting || job.onHold)
        return;
    job.notBefore = {};
    m_jobs.changed(*entry);
    if (m_endpoints.has(job.endpoint))
        m_endpoints.at(job.endpoint).clearBlock();
    resumeEndpoint(job.endpoint);
}

void JobQueue::resumeEndpoint(const QString& endpoint)
{
    if (m_endpoints.has(endpoint)) {
        m_endpoints.at(endpoint).resume();
        m_calls.wakeAsleep(endpoint);
        Q_EMIT endpointsChanged();
    }
    settle();
}

void JobQueue::pauseAll()
{
    m_endpoints.setPausedByPerson();
    settle();
}

void JobQueue::resumeAll()
{
    m_endpoints.resumeAll();
    m_wishes.hurryAll();
    m_saver.tryNow();
    m_rows.retry();
    Q_EMIT endpointsChanged();
    settle();
}

QList<JobQueue::EndpointStatus> JobQueue::blockedEndpoints() const
{
    QList<EndpointStatus> blocked;
    if (const auto& problem = m_rows.problem())
        blocked.append({{}, Pause{PauseReason::Disk, *problem}, {}});
    return blocked + m_endpoints.blocked();
}

void JobQueue::leave()
{
    m_departure.close();
    settle();
}

bool JobQueue::holdsAnswers() const
{
    return m_saver.inMemory() > 0 || m_calls.holdAnswers();
}

bool JobQueue::isIdle() const
{
    const JobTable& table = m_jobs.table();
    return !m_pending && table.busyCount() == 0 &&
           table.inFlightCount() == table.suspendedCount() && m_saver.inMemory() == 0;
}

void JobQueue::pump()
{
    m_times.followClock();
    m_pending = false;
    if (!isRestored() || isPausedByPerson() || hasDiskProblem() || m_departure.isClosed())
        return;
    JobTable& table = m_jobs.table();
    // Bytes that only memory has hold their slot.
    const int free = m_limit - table.inFlightCount() + table.suspendedCount() - m_saver.inMemory();
    const QDateTime time = QDateTime::currentDateTimeUtc();
    std::optional<QDateTime> wake;
    const auto wakeAt = [&wake](const QDateTime& at) { wake = wake ? std::min(*wake, at) : at; };
    QList<JobId> chosen; // starting one changes the table
    for (const auto& [position, id] : table.ready()) {
        const auto turn = m_endpoints.turnOf(*table.job(id), time);
        if (!turn)
            continue;
        m_pending = true;
        if (*turn > time)
            wakeAt(*turn);
        else if (chosen.size() >= free)
            break;
        else
            chosen.append(id);
    }
    for (const JobId id : chosen) {
        const auto steady = std::chrono::steady_clock::now();
        if (const auto next = m_endpoints.rate().next(steady); next > steady) {
            const auto pause = std::chrono::ceil<std::chrono::milliseconds>(next - steady);
            wakeAt(time.addMSecs(pause.count()));
            break;
        }
        OpenJobs::Entry* entry = table.find(id);
        if (entry && entry->job.state == JobState::Waiting && m_endpoints.turnOf(entry->job, time))
            m_departure.start(*entry);
    }
    if (wake)
        m_wake.start(std::chrono::milliseconds(std::clamp<qint64>(
            QDateTime::currentDateTimeUtc().msecsTo(*wake) + 1, 1, longestSleep.count())));
}

void JobQueue::settle()
{
    pump();
    if (!std::exchange(m_settling, true))
        QMetaObject::invokeMethod(this, &JobQueue::tellCounts, Qt::QueuedConnection);
}

void JobQueue::tellCounts()
{
    m_settling = false;
    Q_EMIT countsChanged();
    if (isIdle())
        Q_EMIT idle();
    if (!m_departure.isClosed())
        return;
    if (holdsAnswers())
        m_look.start();
    else
        Q_EMIT left();
}

} // namespace seedbook

#include "moc_JobQueue.cpp"
