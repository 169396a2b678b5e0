#include "app/Generate.h"

#include "app/CommandOptions.h"
#include "app/GenerateLines.h"
#include "app/Printing.h"
#include "core/Async.h"
#include "core/ErrorText.h"
#include "library/ImageDecoder.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

bool isOver(const Job& job)
{
    // What no disk has taken yet is waited for.
    return isEnded(job.state) ||
           (job.state == JobState::Received && job.error != Error{} && !job.spoolPath.isEmpty());
}

} // namespace

Generate::Generate(Session& session, GenerateOptions options, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_options(std::move(options))
{
    JobQueue& queue = m_session.queue();
    queue.setLimit(m_options.jobs);
    if (m_options.recoverable)
        queue.setTransport(Transport::Recoverable);
    // What has ended before was said then.
    connect(&queue, &JobQueue::jobsAdded, this, [this](const QList<Job>& jobs) {
        for (const Job& job : jobs) {
            if (isEnded(job.state))
                m_reported.insert(job.id);
            if (m_own.contains(job.firstOfAnswer))
                m_own.insert(job.id); // a further picture of what this run was asked for
        }
    });
    connect(&queue, &JobQueue::jobChanged, this, &Generate::take);
    connect(&queue, &JobQueue::endpointsChanged, this, &Generate::sayWaiting);
    connect(&queue, &JobQueue::paused, this,
        [this](const QString& name, const Pause& pause) { giveUpOn(name, pause); });
}

void Generate::start()
{
    const QString warning = missingFormatsWarning();
    if (!warning.isEmpty())
        printLine(stderr, warning);
    for (const Error& error : m_session.models().errors())
        printLine(stderr, sentence(error));
    whenDone(m_session.library().checkFolder(), this, [this](const Result<void>& checked) {
        if (checked)
            chooseEndpoint();
        else
            fail(checked.error(), CouldNotStart);
    });
}

void Generate::chooseEndpoint()
{
    if (m_options.common.practice) {
        const auto endpoint = m_session.startPractice();
        if (endpoint)
            restore(*endpoint);
        else
            fail(endpoint.error(), CouldNotStart);
        return;
    }
    KeyStore& keys = m_session.keys();
    connect(&keys, &KeyStore::loaded, this, [this] {
        if (!m_session.keys().key().isEmpty()) {
            restore(m_session.paidEndpoint());
            return;
        }
        printLine(stderr, sentence(Error{ErrorKind::MissingKey, {}, {}}));
        printLine(stderr, tr("To try Seedbook without a key, use --practice."));
        end(WrongUsage);
    });
    keys.load();
}

void Generate::restore(const Endpoint& endpoint)
{
    JobQueue& queue = m_session.queue();
    connect(&queue, &JobQueue::restored, this, [this, endpoint] { takeUpEarlier(endpoint); });
    connect(&queue, &JobQueue::restoreFailed, this,
        [this](const Error& error) { fail(error, CouldNotStart); });
    queue.restore(m_session.models());
}

// What the service still has of an earlier run is fetched with its own key, in a practice run too.
void Generate::takeUpEarlier(const Endpoint& endpoint)
{
    const QList<Job> jobs = m_session.queue().jobs();
    const bool paid = std::ranges::any_of(
        jobs, [](const Job& job) { return job.state == JobState::Accepted && !job.practice; });
    if (paid)
        m_session.whenKeysAnswered(this, [this, endpoint] { submit(endpoint); });
    else
        submit(endpoint);
}

void Generate::submit(const Endpoint& endpoint)
{
    JobQueue& queue = m_session.queue();
    const Parameter* seedField = m_options.model->parameter(ParameterRole::Seed);
    const auto given =
        seedField ? Seed::fromNumber(
                        m_options.values.value(seedField->name).toInteger(Seed::randomSentinel))
                  : std::nullopt;
    QList<Intent> intents;
    // First what waits on hold, so that an equal request of this run is the same one.
    for (const JobId id : m_options.resume ? queue.onHold(endpoint.name()) : QList<JobId>()) {
        const Job& job = *queue.job(id);
        if (!job.request.model().fault()) // it keeps none of the others
            intents.append({job.request, job.provenance, id, false});
    }
    for (int i = 0; i < m_options.count; ++i) {
        QJsonObject values = m_options.values;
        if (seedField) {
            const Seed seed = given ? given->next(i) : Seed::random(*QRandomGenerator::system());
            values.insert(seedField->name, seed.number());
        }
        const auto request = Request::make(m_options.model, values);
        if (!request) {
            printLine(stderr, optionSentence(*m_options.model, request.error()));
            end(WrongUsage);
            return;
        }
        intents.append({*request, {}, 0, seedField && !given});
    }
    m_session.sender().setTarget(endpoint);
    m_session.sender().plan(intents, this, [this](const SendPlan& plan) { carryOut(plan); });
}

// A command is meant as it stands; only money is not spent twice on the same picture.
void Generate::carryOut(const SendPlan& found)
{
    Sender& sender = m_session.sender();
    QSet<Standing> wanted{Standing::OnHold};
    if (m_options.runAnyway)
        wanted.unite({Standing::There, Standing::Waiting, Standing::Out, Standing::Received,
            Standing::Unknown});
    const SendPlan plan = sender.anyway(found, wanted);
    int there = 0;
    int thereOnHold = 0;
    bool unknown = false;
    QHash<QByteArray, qsizetype> leaders; // that stand for the repeated ones
    for (qsizetype i = 0; i < plan.items.size(); ++i) {
        if (plan.items.at(i).standing != Standing::Repeated)
            leaders.insert(plan.items.at(i).intent.request.identity(), i);
    }
    for (SendPlan::Item item : plan.items) {
        if (item.standing == Standing::Repeated && item.intent.job == 0) {
            item = plan.items.at(leaders.value(item.intent.request.identity()));
            item.intent.job = 0;
        }
        switch (item.standing) {
        case Standing::There:
            if (item.intent.job != 0) {
                ++thereOnHold;
                break;
            }
            if (const Job* job = endedBefore(item.picture->id, 0)) {
                m_own.insert(job->id); // it was on its way a moment ago
                break;
            }
            ++there;
            reportThere(item.intent.request, item.picture);
            break;
        case Standing::Unknown:
            if (item.intent.job != 0)
                break; // it stays on hold
            unknown = true;
            if (const Job* job = endedBefore({}, item.job))
                m_own.insert(job->id);
            else
                reportUnknown(item, plan.practice);
            break;
        case Standing::Waiting:
        case Standing::OnHold:
        case Standing::Out:
        case Standing::Received:
            if (item.intent.job == 0)
                adopt(item.job);
            break;
        case Standing::Fresh:
        case Standing::Repeated:
            break;
        }
    }
    if (there > 0)
        printLine(stderr, tr("You already have %n of these images; nothing was charged. Use "
                             "--run-anyway to generate them again.",
                              nullptr, there));
    if (thereOnHold > 0)
        printLine(stderr,
            tr("%n request(s) stay on hold: you already have their images.", nullptr, thereOnHold));
    if (unknown)
        printLine(stderr,
            plan.practice
                ? tr("Use --run-anyway to send requests with an unknown outcome again.")
                : tr("Use --run-anyway to send requests with an unknown outcome again. You may be "
                     "charged a second time."));
    send(plan);
    reportEarlier();
    connect(&m_session.queue(), &JobQueue::idle, this, &Generate::endIdle);
    if (m_session.queue().isIdle()) // nothing was sent, and nothing is on its way
        endIdle();
}

const Job* Generate::endedBefore(const QUuid& pictureId, JobId id) const
{
    const auto found = std::ranges::find_if(m_endedBefore, [&](const Job& job) {
        return id != 0 ? job.id == id : job.state == JobState::Filed && job.pictureId == pictureId;
    });
    return found == m_endedBefore.end() ? nullptr : &*found;
}

void Generate::reportEarlier()
{
    m_looking = false;
    for (const Job& job : std::exchange(m_endedBefore, {}))
        report(job);
}

void Generate::send(const SendPlan& plan)
{
    QList<const SendPlan::Item*> fresh;
    int released = 0;
    Money releasedPrice;
    for (const SendPlan::Item& item : plan.items) {
        if (item.standing != Standing::Fresh)
            continue;
        fresh.append(&item);
        if (item.intent.job != 0) {
            ++released;
            releasedPrice +=
                plan.practice ? Money() : m_session.queue().estimate(item.intent.request);
        }
    }
    if (fresh.isEmpty())
        return;
    if (m_stopping) {
        m_anyNotFiled = true;
        for (const SendPlan::Item* item : fresh) {
            if (item->intent.job == 0 || item->anyway)
                reportNotSent(item->intent.request, {});
        }
        return;
    }
    const auto ids = m_session.sender().send(plan);
    if (!ids) {
        m_anyNotFiled = true;
        printLine(stderr, sentence(ids.error()));
        for (const SendPlan::Item* item : fresh) {
            if (item->intent.job == 0 || item->anyway)
                reportNotSent(item->intent.request, ids.error());
        }
        return;
    }
    if (released > 0)
        printLine(stderr,
            plan.practice ? tr("Sending %n request(s) that were on hold.", nullptr, released)
                          : tr("Sending %n request(s) that were on hold (≈%1).", nullptr, released)
                                .arg(releasedPrice.text()));
    QHash<QByteArray, JobId> sent;
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        const SendPlan::Item& item = *fresh.at(i);
        sent.insert(item.intent.request.identity(), ids->at(i));
        if (item.intent.job == 0)
            m_begun.insert(ids->at(i));
        // What --resume sends is an earlier run's; what equals a request of this one is its own.
        if (item.intent.job == 0 || item.anyway)
            adopt(ids->at(i));
    }
    for (const SendPlan::Item& item : plan.items) {
        const JobId same = sent.value(item.intent.request.identity());
        if (item.standing == Standing::Repeated && item.intent.job == 0 && same != 0)
            adopt(same);
    }
}

// It may have ended already, while this run's requests were looked for.
void Generate::adopt(JobId id)
{
    const Job* job = m_session.queue().job(id);
    if (!job || m_own.contains(id))
        return;
    m_own.insert(id);
    if (isOver(*job) && m_reported.contains(id))
        count(*job);
}

void Generate::reportThere(const Request& request, const PicturePtr& picture)
{
    put(thereLine(request, *picture, m_options.json));
}

// Of one that was put away only the ledger still tells.
void Generate::reportUnknown(const SendPlan::Item& item, bool practice)
{
    m_anyUnknown = true;
    const Job* job = m_session.queue().job(item.job);
    put(unknownLine(item.intent.request, job, practice, m_options.json));
}

void Generate::reportNotSent(const Request& request, const Error& error)
{
    put(notSentLine(request, error, m_options.json));
}

void Generate::sayHeld()
{
    const auto& target = m_session.sender().target();
    const QString endpoint = target ? target->name() : QString();
    for (const auto& [name, sum] : m_session.queue().onHoldSums()) {
        if (name == endpoint)
            printLine(
                stderr, tr("%n request(s) of an earlier run are on hold. Use --resume to send "
                           "them.",
                            nullptr, sum.count));
        else
            printLine(stderr,
                tr("%n request(s) of an earlier run are on hold for %1.", nullptr, sum.count)
                    .arg(name));
    }
}

// A waiting time that somebody who watches should know of.
void Generate::sayWaiting()
{
    for (const JobQueue::EndpointStatus& endpoint : m_session.queue().blockedEndpoints()) {
        if (endpoint.pause || !endpoint.blockedUntil.isValid() ||
            endpoint.blockedUntil == m_saidUntil)
            continue;
        m_saidUntil = endpoint.blockedUntil;
        printLine(stderr, tr("Rate limit reached. Sending continues at %1.")
                              .arg(endpoint.blockedUntil.toLocalTime().toString(u"HH:mm:ss"_s)));
    }
}

void Generate::take(const Job& job)
{
    if (job.state == JobState::Waiting && job.notBefore.isValid() && m_own.contains(job.id) &&
        job.error.kind != ErrorKind::RateLimited)
        printLine(stderr,
            tr("%1 Retrying at %2.")
                .arg(sentence(job.error), job.notBefore.toLocalTime().toString(u"HH:mm:ss"_s)));
    if (!isOver(job) || m_reported.contains(job.id))
        return;
    m_reported.insert(job.id);
    if (m_looking)
        m_endedBefore.append(job);
    else
        report(job);
}

void Generate::report(const Job& job)
{
    const bool isEarlier = !m_own.contains(job.id);
    put(jobLine(job, isEarlier, m_options.json));
    if (!isEarlier)
        count(job);
}

// For who reads along. Where nobody can, the run has not done all that it was asked for.
void Generate::put(const QString& line)
{
    if (!printLine(stdout, line))
        m_anyNotFiled = true;
}

void Generate::count(const Job& job)
{
    if (job.state == JobState::Unknown)
        m_anyUnknown = true;
    else if (job.state == JobState::Received)
        m_anyKept = true;
    else if (job.state != JobState::Filed)
        m_anyNotFiled = true;
}

// What pauses a window's queue ends the run: nobody is here to mend it.
void Generate::giveUpOn(const QString& endpoint, const Pause& pause)
{
    JobQueue& queue = m_session.queue();
    if (giveUpWaiting(endpoint))
        printLine(stderr, tr("Remaining requests were not sent. %1").arg(sentence(pause.error)));
    if (pause.reason == PauseReason::Disk && queue.inMemoryCount() > 0 &&
        !std::exchange(m_saidMemory, true))
        printLine(stderr, tr("%n image(s) are only in memory because they cannot be saved. Waiting "
                             "until they can. %1",
                              nullptr, queue.inMemoryCount())
                              .arg(sentence(pause.error)));
}

bool Generate::giveUpWaiting(const QString& endpoint)
{
    QList<JobId> begun;
    QList<JobId> earlier;
    for (const Job& job : m_session.queue().jobs()) {
        if (job.state == JobState::Waiting && !job.onHold &&
            (endpoint.isEmpty() || job.endpoint == endpoint))
            (m_begun.contains(job.id) ? begun : earlier).append(job.id);
    }
    m_session.queue().hold(earlier);
    m_session.queue().cancel(begun);
    return !begun.isEmpty() || !earlier.isEmpty();
}

void Generate::stop()
{
    if (std::exchange(m_stopping, true) || m_ended)
        return;
    JobQueue& queue = m_session.queue();
    queue.pauseAll();
    giveUpWaiting({});
    if (queue.inFlightCount() > 0) {
        const Money money = queue.moneyInFlight();
        const QString waits = money > Money()
                                  ? tr("Stopping. Waiting for %n image(s) being generated (≈%1).",
                                        nullptr, queue.inFlightCount())
                                        .arg(money.text())
                                  : tr("Stopping. Waiting for %n image(s) being generated.",
                                        nullptr, queue.inFlightCount());
        printLine(stderr,
            waits + u' ' + tr("Interrupt again to quit at once; these images may then be lost."));
    } else if (queue.isIdle() && !m_looking) {
        endIdle();
    } else if (queue.isIdle()) {
        m_anyNotFiled = true; // nothing was sent
        end(SomeNotFiled);
    }
}

void Generate::endIdle()
{
    if (m_ended)
        return;
    JobQueue& queue = m_session.queue();
    // Those that a pause met while their row was on its way to the ledger.
    for (const JobQueue::EndpointStatus& endpoint : queue.blockedEndpoints()) {
        if (endpoint.pause)
            giveUpOn(endpoint.endpoint, *endpoint.pause);
    }
    int later = 0;
    for (const Job& job : queue.jobs()) {
        later += job.state == JobState::Accepted ? 1 : 0;
        if (m_own.contains(job.id) && !m_reported.contains(job.id))
            m_anyNotFiled = true;
    }
    if (later > 0)
        printLine(stderr, tr("%n running image(s) cannot be fetched now because there is no API "
                             "key for them. A later run will fetch them.",
                              nullptr, later));
    sayHeld();
    end(m_anyUnknown    ? SomeUnknown
        : m_anyKept     ? SomeKept
        : m_anyNotFiled ? SomeNotFiled
                        : AllFiled);
}

void Generate::end(int exitCode)
{
    if (std::exchange(m_ended, true))
        return;
    reportEarlier();
    Q_EMIT finished(exitCode);
}

void Generate::fail(const Error& error, int exitCode)
{
    printLine(stderr, sentence(error));
    end(exitCode);
}

} // namespace seedbook

#include "moc_Generate.cpp"
