// One state machine, whose transitions are read side by side; JobQueueDisk.cpp is its other half,
// JobQueueWishes.cpp what a person asks of it, JobQueueMoney.cpp its prices.
// What can be told apart lives apart: JobTable, Filer, RetryTable, Lane, Budget, Account,
// PriceBook.
#include "jobs/JobQueue.h"

#include "core/Async.h"
#include "core/SteadyTime.h"
#include "jobs/Account.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds commitRetry{3000};
// Clocks are set and computers sleep: the next moment is worked out anew at least this often.
constexpr std::chrono::milliseconds longestSleep{60'000};
constexpr std::chrono::milliseconds leavingLook{200};
constexpr std::chrono::milliseconds leastSet{2'000}; // less is the clock's own inexactness

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace

JobQueue::JobQueue(Ledger& ledger, PictureStore& store, const QString& keptFolder,
    const QStringList& otherFolders, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_filer(store, keptFolder, otherFolders)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &JobQueue::settle);
    m_look.setSingleShot(true);
    m_look.setInterval(leavingLook);
    connect(&m_look, &QTimer::timeout, this, &JobQueue::settle);
    m_again.setSingleShot(true);
    m_again.setInterval(commitRetry);
    connect(&m_again, &QTimer::timeout, this, &JobQueue::retryCommits);
    connect(&m_filer, &Filer::kept, this, &JobQueue::onKept);
    connect(&m_filer, &Filer::filed, this, &JobQueue::onFiled);
    connect(&m_filer, &Filer::unusable, this, &JobQueue::onUnusable);
    connect(&m_filer, &Filer::failed, this, &JobQueue::onNotFiled);
    connect(&m_filer, &Filer::unreadable, this, &JobQueue::onUnreadable);
}

// Calls that are still out end with the queue, and the ledger says "sending" of them: the next
// start makes that Unknown.
JobQueue::~JobQueue() = default;

void JobQueue::addService(ImageService& service)
{
    const Endpoint endpoint = service.endpoint();
    Way& way = m_ways[endpoint.name()];
    way.services.insert_or_assign(service.transport(), &service);
    if (!way.account && !endpoint.isPractice()) {
        way.account = std::make_unique<Account>(service);
        connect(way.account.get(), &Account::settled, this, &JobQueue::onSettled);
        connect(way.account.get(), &Account::balanceChanged, this,
            [this, name = endpoint.name()] { Q_EMIT accountChanged(name); });
    }
    if (m_restored && service.transport() == Transport::Recoverable)
        resumeAccepted(endpoint.name());
    settle();
}

std::optional<Endpoint> JobQueue::endpoint(const QString& name) const
{
    const auto way = m_ways.find(name);
    if (way == m_ways.end() || way->second.services.empty())
        return std::nullopt;
    return way->second.services.begin()->second->endpoint();
}

void JobQueue::setLimit(int atOnce)
{
    m_limit = std::clamp(atOnce, 1, largestLimit);
    settle();
}

void JobQueue::setRequestsPerMinute(int requests)
{
    m_rate.setPerMinute(requests);
    settle();
}

void JobQueue::setCaps(const Caps& caps)
{
    m_budget.setCaps(caps);
    // What stopped at the old caps is asked again under the new ones.
    for (auto& [name, way] : m_ways) {
        if (way.lane.pause() && way.lane.pause()->reason == PauseReason::Cap)
            way.lane.resume();
    }
    Q_EMIT lanesChanged();
    settle();
}

void JobQueue::setPracticeTime(std::chrono::milliseconds duration)
{
    m_expectedTime.setPracticeTime(duration);
}

void JobQueue::setDiskRetry(std::chrono::milliseconds pause)
{
    m_again.setInterval(pause);
    m_filer.setRetry(pause);
}

Account* JobQueue::account(const QString& endpointName) const
{
    const auto way = m_ways.find(endpointName);
    return way == m_ways.end() ? nullptr : way->second.account.get();
}

QList<JobId> JobQueue::submit(const QList<Order>& orders, const Endpoint& endpoint)
{
    QSet<JobId> anyway;
    QList<Job> jobs;
    QList<JobId> ids;
    const auto way = m_ways.find(endpoint.name());
    const bool recoverable = m_transport == Transport::Recoverable && way != m_ways.end() &&
                             way->second.services.contains(Transport::Recoverable);
    for (const auto& [request, provenance, isAnyway] : orders) {
        Job job{.request = request};
        job.id = ++m_lastId;
        job.pictureId = QUuid::createUuid();
        job.provenance = provenance;
        if (isAnyway)
            anyway.insert(job.id);
        job.endpoint = endpoint.name();
        job.practice = endpoint.isPractice();
        if (recoverable && !request.model().path(Transport::Recoverable).isEmpty())
            job.transport = Transport::Recoverable;
        job.created = now();
        job.position = ++m_lastPosition;
        job.expected = m_expectedTime.estimate(request, job.practice);
        job.expectedPrice = estimate(request, endpoint);
        job.price = job.expectedPrice;
        m_table.add(Entry{.job = job, .busy = true});
        jobs.append(job);
        ids.append(job.id);
    }
    Q_EMIT jobsAdded(jobs);
    whenDone(m_ledger.insert(jobs, anyway), this, [this, ids](const Result<void>& done) {
        QList<JobId> cancelled; // while the rows were on their way
        for (const JobId id : ids) {
            Entry* entry = m_table.find(id);
            entry->busy = false;
            entry->job.committed = done.has_value();
            if (done) {
                m_table.update(*entry);
                if (entry->cancelling)
                    cancelled.append(id);
            } else {
                const bool cancels = std::exchange(entry->cancelling, false);
                end(*entry, cancels ? JobState::Cancelled : JobState::Failed, done.error());
            }
        }
        finishCancel(cancelled);
        settle();
    });
    settle();
    return ids;
}

// ---------------------------------------------------------------- sending

std::optional<QDateTime> JobQueue::turnOf(const Entry& entry, const QDateTime& now)
{
    const Job& job = entry.job;
    const auto way = m_ways.find(job.endpoint);
    if (way == m_ways.end())
        return now; // start() says that nobody serves it
    const Lane& lane = way->second.lane;
    if (lane.pause())
        return std::nullopt;
    QDateTime turn = now;
    for (const QDateTime& time : {job.notBefore, lane.heldUntil(now)}) {
        if (time.isValid())
            turn = std::max(turn, time);
    }
    return turn;
}

void JobQueue::followClock()
{
    const QDateTime wall = now();
    const std::chrono::milliseconds steady = steadyTime();
    const QDateTime before = std::exchange(m_wall, wall);
    const auto passed = steady - std::exchange(m_steady, steady);
    if (!before.isValid())
        return;
    const auto set = std::chrono::milliseconds(before.msecsTo(wall)) - passed;
    if (std::chrono::abs(set) < leastSet)
        return;
    for (auto& [name, way] : m_ways)
        way.lane.shift(set);
    for (const auto& [position, id] : std::set(m_table.waiting())) {
        Entry& entry = *m_table.find(id);
        if (entry.job.notBefore.isValid()) {
            entry.job.notBefore = entry.job.notBefore.addMSecs(set.count());
            changed(entry);
        }
    }
    Q_EMIT lanesChanged();
}

void JobQueue::pump()
{
    followClock();
    m_pending = false;
    if (!m_restored || m_pausedByPerson || m_diskProblem || m_leaving)
        return;
    // Bytes that only memory has hold their slot.
    const int free = m_limit - m_table.outCount() + m_table.asleepCount() - m_filer.inMemory();
    const QDateTime time = now();
    std::optional<QDateTime> wake;
    const auto wakeAt = [&wake](const QDateTime& at) { wake = wake ? std::min(*wake, at) : at; };
    QList<JobId> chosen; // starting one changes the table
    for (const auto& [position, id] : m_table.ready()) {
        const auto turn = turnOf(*m_table.find(id), time);
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
        if (const auto next = m_rate.next(steady); next > steady) {
            const auto pause = std::chrono::ceil<std::chrono::milliseconds>(next - steady);
            wakeAt(time.addMSecs(pause.count()));
            break;
        }
        Entry* entry = m_table.find(id);
        if (entry && entry->job.state == JobState::Waiting && turnOf(*entry, time))
            start(*entry);
    }
    if (wake)
        m_wake.start(std::chrono::milliseconds(
            std::clamp<qint64>(now().msecsTo(*wake) + 1, 1, longestSleep.count())));
}

// Into the ledger first: after a crash, "sending" is not sent again.
void JobQueue::start(Entry& entry)
{
    Job& job = entry.job;
    const auto way = m_ways.find(job.endpoint);
    if (way == m_ways.end() || !way->second.services.contains(job.transport)) {
        end(entry, JobState::Failed, Error{ErrorKind::NoSuchService, job.endpoint, {}});
        return;
    }
    if (const auto& fault = job.request.model().fault()) {
        end(entry, JobState::Failed, *fault);
        return;
    }
    if (!job.practice) {
        job.expectedPrice = m_prices.estimate(job.request);
        job.price = job.expectedPrice;
        if (auto objection = m_budget.objectionToJob(job.price, QDate::currentDate())) {
            changed(entry);
            pauseLane(job.endpoint, {PauseReason::Cap, *objection});
            return;
        }
    }
    const JobId id = job.id;
    job.state = JobState::Sending;
    job.sent = now();
    job.ended = {};
    job.resumed = false;
    job.notBefore = {};
    job.error = {};
    ++job.attempts;
    job.expected = m_expectedTime.estimate(job.request, job.practice);
    if (way->second.account)
        job.balanceBefore = way->second.account->started(id);
    m_rate.sent(std::chrono::steady_clock::now());
    entry.busy = true;
    changed(entry); // what shows it has time meanwhile
    // A picture that no disk would take is not paid for.
    probe([this, id](const Result<void>& room) {
        m_noRoom = !room;
        if (room)
            write(id);
        else
            takeBack(id, room.error());
    });
}

// Somebody may have changed their mind while the disks were asked.
bool JobQueue::mayLeave(const Entry& entry) const
{
    return !entry.job.unclaimed && !m_leaving && !m_pausedByPerson && !m_diskProblem &&
           !m_ways.at(entry.job.endpoint).lane.pause();
}

void JobQueue::write(JobId id)
{
    if (!mayLeave(*m_table.find(id))) {
        takeBack(id, {});
        return;
    }
    whenDone(m_ledger.update(m_table.find(id)->job), this, [this, id](const Result<void>& done) {
        Entry& sending = *m_table.find(id);
        if (!done || !mayLeave(sending)) {
            takeBack(id, done ? Error{} : done.error());
            return;
        }
        sending.busy = false;
        send(id);
        settle();
    });
}

// Nothing has left. The row may say "sending" by now: the disk is to say "waiting" again before
// anything else is sent.
void JobQueue::takeBack(JobId id, const Error& error)
{
    Entry& entry = *m_table.find(id);
    entry.busy = false;
    if (Account* account = this->account(entry.job.endpoint))
        account->endedFree(id);
    entry.job.sent = {};
    entry.job.balanceBefore = {};
    --entry.job.attempts;
    if (entry.job.unclaimed) {
        end(entry, JobState::Cancelled, error);
    } else {
        entry.job.state = JobState::Waiting;
        entry.job.error = error;
        if (error == Error{})
            commit(entry);
        else
            entry.unsaved = true;
        changed(entry);
    }
    if (error != Error{})
        diskFailed(error);
    settle();
}

void JobQueue::send(JobId id)
{
    Entry& entry = *m_table.find(id);
    entry.job.sent = now();
    entry.sentAt = steadyTime();
    const Way& way = m_ways.at(entry.job.endpoint); // start() has looked
    watch(id, way.services.at(entry.job.transport)->generate(entry.job.request, this));
    changed(entry);
}

void JobQueue::watch(JobId id, ImageCall* call)
{
    Entry& watched = *m_table.find(id);
    watched.call = call;
    m_table.update(watched);
    connect(call, &ImageCall::keyMissing, this,
        [this, id](bool missing) { onKeyMissing(id, missing); });
    connect(call, &ImageCall::keyRefused, this, [this, id](const Error& error) {
        pauseLane(m_table.find(id)->job.endpoint, {PauseReason::Key, error});
    });
    connect(call, &ImageCall::phaseChanged, this, [this, id](CallPhase phase) {
        Entry& out = *m_table.find(id);
        if (std::exchange(out.job.phase, phase) != phase)
            changed(out);
    });
    connect(call, &ImageCall::accepted, this,
        [this, id](const Acceptance& acceptance) { accept(id, acceptance); });
    connect(call, &ImageCall::finished, this, [this, id, call](const CallResult& result) {
        call->deleteLater();
        finish(id, result);
        settle();
    });
}

void JobQueue::accept(JobId id, const Acceptance& acceptance)
{
    Entry& entry = *m_table.find(id);
    entry.job.state = JobState::Accepted;
    entry.job.remoteId = acceptance.remoteId;
    entry.job.accepted = acceptance.at;
    m_ways.at(entry.job.endpoint).lane.gotThrough();
    commit(entry); // then the polling begins
    changed(entry);
    settle();
}

void JobQueue::finish(JobId id, const CallResult& result)
{
    followClock();
    Entry& entry = *m_table.find(id);
    entry.call = nullptr;
    entry.job.phase = CallPhase::Connecting;
    entry.job.ended = entry.job.sent.isValid() && !entry.job.resumed
                          ? entry.job.sent.addMSecs((steadyTime() - entry.sentAt).count())
                          : now(); // however the clock was set meanwhile
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
    job.httpStatus = answer.info.httpStatus;
    job.error = {};
    entry.tries = {};
    m_ways.at(job.endpoint).lane.gotThrough();
    job.reportedSeed = answer.info.seedUsed;
    if (answer.info.cost)
        takePrice(job, *answer.info.cost);
    if (!job.resumed)
        m_expectedTime.learn(
            job.request, job.practice, std::chrono::milliseconds(job.sent.msecsTo(job.ended)));
    settleAccount(entry, answer.info);
    entry.bytes = answer.pictures.first().bytes;
    entry.format = answer.pictures.first().format;
    if (answer.pictures.size() > 1)
        job.provenance.ordinal = Ordinal{1, static_cast<int>(answer.pictures.size())};
    entry.busy = true;
    QList<KeptFiles::Item> items;
    for (qsizetype i = 0; i < answer.pictures.size(); ++i) {
        const PictureBytes& picture = answer.pictures.at(i);
        items.append(
            {nameOf(furtherId(job.pictureId, int(i + 1))) + u'.' + fileExtension(picture.format),
                picture.bytes});
    }
    m_filer.keep(job.id, items, filingOf(entry));
    changed(entry);
}

void JobQueue::fail(Entry& entry, const CallFailure& failure)
{
    Job& job = entry.job;
    job.serviceRequestId = failure.info.serviceRequestId;
    job.httpStatus = failure.info.httpStatus;
    Lane& lane = m_ways.at(job.endpoint).lane;
    const RetryVerdict verdict = m_retries.judge(failure, entry.tries, lane.streakBefore(job.sent),
        now(), QRandomGenerator::global()->generateDouble());
    if (verdict.wholeLane) {
        lane.limited(job.sent, now(), now().addMSecs(verdict.wait.count()));
        Q_EMIT lanesChanged();
    }
    const bool keeps = verdict.state == JobState::Unknown && !failure.residue.isEmpty();
    // What it says it cost is what was paid, picture or not.
    if (verdict.state == JobState::Unknown && failure.info.cost)
        takePrice(job, *failure.info.cost);
    const JobId id = job.id;
    const QString endpoint = job.endpoint;
    if (verdict.state == JobState::Unknown)
        settleAccount(entry, failure.info);
    if (keeps) {
        // What came of a 200 was paid for. It is told of once it is kept, or cannot be.
        job.state = verdict.state;
        job.error = failure.error;
        if (!job.practice)
            job.priceAgain = m_prices.estimate(job.request);
        entry.busy = true;
        m_table.update(entry);
        m_budget.count(job);
        commit(entry);
        m_filer.keep(id, {{nameOf(job.pictureId) + answerEnding, failure.residue}});
    } else if (verdict.state == JobState::Waiting) {
        goAgain(entry, verdict, failure.error);
    } else {
        end(entry, verdict.state, failure.error);
    }
    if (verdict.pause)
        pauseLane(endpoint, {*verdict.pause, failure.error});
}

void JobQueue::goAgain(Entry& entry, const RetryVerdict& verdict, const Error& error)
{
    Job& job = entry.job;
    if (Account* account = this->account(job.endpoint))
        account->endedFree(job.id);
    if (job.unclaimed) {
        // Nobody waits for it any more, and nothing was taken.
        end(entry, JobState::Cancelled, error);
        return;
    }
    job.state = JobState::Waiting;
    job.sent = {};
    job.ended = {};
    job.balanceBefore = {};
    job.error = error;
    if (verdict.wait.count() > 0)
        job.notBefore = now().addMSecs(verdict.wait.count());
    commit(entry);
    changed(entry);
}

void JobQueue::end(Entry& entry, JobState state, const Error& error)
{
    Job& job = entry.job;
    job.state = state;
    job.error = error;
    if (!job.ended.isValid())
        job.ended = now();
    if (state == JobState::Unknown && !job.practice)
        job.priceAgain = m_prices.estimate(job.request);
    if (state != JobState::Unknown) {
        if (Account* account = this->account(job.endpoint))
            account->endedFree(job.id);
    }
    if (job.committed)
        commit(entry);
    // A card that asks for nothing of someone who no longer waits.
    const bool goes = job.unclaimed && state != JobState::Unknown;
    const JobId id = job.id;
    changed(entry); // who hears of it may put it away
    if (goes) {
        (void)m_ledger.dismiss({id});
        remove(id);
    }
}

// ---------------------------------------------------------------- telling

void JobQueue::pauseLane(const QString& endpoint, const Pause& pause)
{
    if (m_ways[endpoint].lane.pause(pause))
        Q_EMIT paused(endpoint, pause);
    Q_EMIT lanesChanged();
}

void JobQueue::note(const QList<JobId>& ids, Action action)
{
    if (!ids.isEmpty())
        (void)m_ledger.note(ids, action);
}

void JobQueue::changed(Entry& entry)
{
    m_table.update(entry);
    m_budget.count(entry.job);
    Q_EMIT jobChanged(entry.job);
}

void JobQueue::remove(JobId id)
{
    m_budget.forget(id);
    m_table.erase(id);
    Q_EMIT jobRemoved(id);
}

bool JobQueue::isIdle() const
{
    return !m_pending && m_table.busyCount() == 0 && m_table.outCount() == m_table.asleepCount() &&
           m_filer.inMemory() == 0;
}

void JobQueue::settle()
{
    pump();
    if (std::exchange(m_settling, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_settling = false;
            Q_EMIT countsChanged();
            if (isIdle())
                Q_EMIT idle();
            if (m_leaving && !holdsAnswers())
                Q_EMIT left();
            else if (m_leaving)
                m_look.start();
        },
        Qt::QueuedConnection);
}

} // namespace seedbook

#include "moc_JobQueue.cpp"
