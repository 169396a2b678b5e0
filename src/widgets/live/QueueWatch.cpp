#include "widgets/live/QueueWatch.h"

#include "jobs/JobQueue.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace seedbook {

namespace {

constexpr std::chrono::seconds tickInterval{1};
// A beat this late is not counted on from: the computer slept, or its clock was set.
constexpr qint64 mostLateness = 400; // ms

QDateTime clockNow()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace

QueueWatch::QueueWatch(JobQueue& queue, QObject* parent)
    : QObject(parent)
    , m_queue(queue)
{
    m_timer.setInterval(tickInterval);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &QueueWatch::tick);
    connect(&queue, &JobQueue::jobsAdded, this, &QueueWatch::addJobs);
    connect(&queue, &JobQueue::jobChanged, this, &QueueWatch::updateJob);
    connect(&queue, &JobQueue::jobRemoved, this, [this](JobId id) { m_retries.remove(id); });
    connect(&queue, &JobQueue::endpointsChanged, this, &QueueWatch::readEndpoints);
    connect(&queue, &JobQueue::countsChanged, this, &QueueWatch::run);
    addJobs(queue.jobs());
    readEndpoints();
}

QueueCondition QueueWatch::condition() const
{
    QueueCondition condition = m_condition;
    if (!m_timer.isActive())
        condition.now = clockNow();
    return condition;
}

std::optional<QueueWatch::Retry> QueueWatch::nextRetry() const
{
    const QDateTime now = condition().now;
    std::optional<Retry> next; // one that is due waits for its turn alone, as its tile says
    for (const Retry& retry : m_retries) {
        if (retry.at > now && (!next || retry.at < next->at))
            next = retry;
    }
    return next;
}

void QueueWatch::addJobs(const QList<Job>& jobs)
{
    for (const Job& job : jobs)
        updateJob(job);
}

void QueueWatch::updateJob(const Job& job)
{
    if (job.state == JobState::Waiting && !job.onHold && job.notBefore.isValid())
        m_retries.insert(job.id, {job.notBefore, job.error});
    else
        m_retries.remove(job.id);
    // Before its first figure is asked for. The first one out sets the beat: its seconds are whole.
    const bool sets = job.state == JobState::Sending && job.phase == CallPhase::Connecting &&
                      m_queue.inFlightCount() == 1;
    if (sets)
        m_timer.stop();
    if (isInFlight(job.state))
        run();
}

void QueueWatch::readEndpoints()
{
    QueueCondition read;
    read.now = m_condition.now;
    read.pausedByPerson = m_queue.isPausedByPerson();
    for (const JobQueue::EndpointStatus& endpoint : m_queue.blockedEndpoints()) {
        if (endpoint.pause && endpoint.pause->reason == PauseReason::Disk)
            read.disk = endpoint.pause->error;
        else
            read.endpoints.insert(endpoint.endpoint, {endpoint.pause, endpoint.blockedUntil});
    }
    const bool same = read.pausedByPerson == m_condition.pausedByPerson &&
                      read.disk == m_condition.disk && read.endpoints == m_condition.endpoints;
    m_condition = read;
    run();
    if (!same)
        Q_EMIT conditionChanged();
}

void QueueWatch::run()
{
    bool counts = m_queue.inFlightCount() > 0 || !m_retries.isEmpty();
    for (const QueueCondition::EndpointState& endpoint : std::as_const(m_condition.endpoints))
        counts = counts || endpoint.blockedUntil.isValid();
    if (!counts) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_condition.now = clockNow();
        m_timer.start();
    }
}

void QueueWatch::tick()
{
    // Whole seconds on, so that a beat that comes a little early or late skips no figure.
    const QDateTime now = clockNow();
    const QDateTime next = m_condition.now.addSecs(1);
    m_condition.now = std::abs(next.msecsTo(now)) > mostLateness ? now : next;
    readEndpoints(); // a rate limit ends without a word
    Q_EMIT ticked();
}

} // namespace seedbook

#include "moc_QueueWatch.cpp"
