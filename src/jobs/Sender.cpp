#include "jobs/Sender.h"

#include "core/Async.h"

#include <QMap>
#include <QPointer>

#include <algorithm>

namespace seedbook {

namespace {

Standing standingOf(const Job& job)
{
    switch (job.state) {
    case JobState::Waiting:
        return job.onHold ? Standing::OnHold : Standing::Waiting;
    case JobState::Sending:
    case JobState::Accepted:
        return Standing::Out;
    case JobState::Received:
        return Standing::Received;
    case JobState::Filed:
        return Standing::There;
    case JobState::Unknown:
        return Standing::Unknown;
    case JobState::Refused:
    case JobState::Failed:
    case JobState::Cancelled:
        break;
    }
    return Standing::Fresh;
}

// Which of two things says more of a request: one that is being made, though it is there too, was
// asked for just now; one that is there needs nothing that waits for a word; one that may have been
// paid is not hidden by one that waits.
int weight(Standing standing)
{
    switch (standing) {
    case Standing::Received:
        return 6;
    case Standing::Out:
        return 5;
    case Standing::Waiting:
        return 4;
    case Standing::There:
        return 3;
    case Standing::Unknown:
        return 2;
    case Standing::OnHold:
        return 1;
    case Standing::Fresh:
    case Standing::Repeated:
        break;
    }
    return 0;
}

QString keyOf(const QByteArray& identity, const QString& endpoint)
{
    return QString::fromLatin1(identity) + endpoint;
}

Error changed()
{
    return {ErrorKind::TargetChanged, {}, {}};
}

} // namespace

struct Sender::Question
{
    QList<Intent> intents;
    QList<QByteArray> identities; // of the intents
    QString endpoint;
    bool practice = false;
    QPointer<QObject> context;
    Answer answer;
    quint64 number = 0;
    quint64 target = 0;
    QHash<JobId, JobState> about; // the jobs of the intents, as they were when it was asked
    int waitsFor = 0;             // answers
    QHash<QByteArray, PicturePtr> made;
    QSet<QByteArray> unknown; // by the ledger
    std::optional<Error> error;
};

Sender::Sender(JobQueue& queue, PictureFinder& pictures, QObject* parent)
    : QObject(parent)
    , m_queue(queue)
    , m_pictures(pictures)
{
    connect(&queue, &JobQueue::jobChanged, this, &Sender::remember);
}

void Sender::setTarget(const std::optional<Endpoint>& target)
{
    if (m_target && target && m_target->name() == target->name())
        return;
    m_target = target;
    ++m_targetNumber;
    m_open.clear();
    Q_EMIT targetChanged();
}

void Sender::remember(const Job& job)
{
    const QByteArray identity = m_questions == 0 ? QByteArray() : job.request.identity();
    if (identity.isEmpty())
        return;
    if (job.state == JobState::Filed)
        m_justFiled.insert(keyOf(identity, job.endpoint), job.picture);
    else if (job.state == JobState::Unknown)
        m_justUnknown.insert(keyOf(identity, job.endpoint));
}

// ---------------------------------------------------------------- asking

void Sender::plan(const QList<Intent>& intents, QObject* context, const Answer& answer)
{
    if (m_target)
        ask(intents, m_target->name(), m_target->isPractice(), context, answer);
}

void Sender::planAgain(const QList<JobId>& ids, QObject* context, const Answer& answer)
{
    QMap<QString, QList<Intent>> intents; // by endpoint
    for (const JobId id : ids) {
        const Job* job = m_queue.job(id);
        if (!job)
            continue;
        if ((job->state == JobState::Waiting && job->onHold) || m_queue.canSendAgain(id))
            intents[job->endpoint].append({job->request, job->provenance, id, false});
        else
            m_queue.hurry(id);
    }
    for (auto it = intents.cbegin(); it != intents.cend(); ++it)
        ask(*it, it.key(), m_queue.job(it->first().job)->practice, context, answer);
}

void Sender::planRelease(const QString& endpoint, QObject* context, const Answer& answer)
{
    // One whose model is gone keeps none of the others.
    const QList<JobId> onHold = m_queue.onHold(endpoint);
    QList<JobId> sendable;
    for (const JobId id : onHold) {
        if (!m_queue.job(id)->request.model().fault())
            sendable.append(id);
    }
    planAgain(sendable.isEmpty() ? onHold : sendable, context, answer);
}

void Sender::ask(const QList<Intent>& intents, const QString& endpoint, bool practice,
    QObject* context, const Answer& answer)
{
    auto question = std::make_shared<Question>();
    question->intents = intents;
    question->endpoint = endpoint;
    question->practice = practice;
    question->context = context;
    question->answer = answer;
    question->number = ++m_lastNumber;
    question->target = m_targetNumber;
    QList<QByteArray> lookedFor;
    for (const Intent& intent : intents) {
        question->identities.append(intent.request.identity());
        if (intent.job != 0)
            question->about.insert(intent.job, m_queue.job(intent.job)->state);
        if (!intent.minted && !question->identities.last().isEmpty())
            lookedFor.append(question->identities.last());
    }
    if (m_questions++ == 0)
        Q_EMIT askedChanged(true);
    if (lookedFor.isEmpty()) {
        question->waitsFor = 1;
        QMetaObject::invokeMethod(
            this, [this, question] { settle(question); }, Qt::QueuedConnection);
        return;
    }
    question->waitsFor = 2;
    whenDone(m_queue.unknownAmong(lookedFor, endpoint), this,
        [this, question](const Result<QSet<QByteArray>>& found) {
            if (found)
                question->unknown = *found;
            else
                question->error = found.error();
            settle(question);
        });
    whenDone(m_pictures.findMade(lookedFor, endpoint, practice), this,
        [this, question, lookedFor](const Result<QList<PicturePtr>>& found) {
            for (qsizetype i = 0; found && i < found->size(); ++i)
                question->made.insert(lookedFor.at(i), found->at(i));
            if (!found)
                question->error = found.error();
            settle(question);
        });
}

void Sender::settle(const std::shared_ptr<Question>& question)
{
    if (--question->waitsFor > 0)
        return;
    --m_questions;
    const bool last = m_questions == 0;
    const SendPlan plan = planOf(*question);
    if (m_questions == 0) {
        m_justFiled.clear();
        m_justUnknown.clear();
    }
    if (question->context) {
        m_answering = question->number;
        question->answer(plan); // which may ask once more
        m_answering = 0;
        m_open.clear();
    }
    if (last && m_questions == 0)
        Q_EMIT askedChanged(false);
}

SendPlan Sender::planOf(const Question& question)
{
    SendPlan plan;
    plan.endpoint = question.endpoint;
    plan.practice = question.practice;
    plan.question = question.number;
    plan.target = question.target;
    plan.objection = question.error;
    // One of those with the same request stands for all: a fresh one, if there is any.
    QHash<QByteArray, qsizetype> leaders;
    for (qsizetype i = 0; i < question.intents.size(); ++i) {
        plan.items.append(find(question.intents.at(i), question));
        if (question.identities.at(i).isEmpty())
            continue; // equal requests of it make other pictures
        const auto leader = leaders.find(question.identities.at(i));
        if (leader == leaders.end()) {
            leaders.insert(question.identities.at(i), i);
        } else if (plan.items.last().standing == Standing::Fresh &&
                   plan.items.at(*leader).standing != Standing::Fresh) {
            plan.items[*leader].standing = Standing::Repeated;
            *leader = i;
        } else {
            plan.items.last().standing = Standing::Repeated;
        }
    }
    open(plan);
    return plan;
}

SendPlan::Item Sender::find(const Intent& intent, const Question& question) const
{
    SendPlan::Item item{intent};
    const QByteArray identity = intent.request.identity();
    const Job* own = intent.job != 0 ? m_queue.job(intent.job) : nullptr;
    if (own)
        item.was = question.about.value(intent.job);
    // Without a seed no picture and no job is of it, as with one that was drawn just now.
    if (identity.isEmpty())
        return item;
    item.picture = question.made.value(identity);
    if (!item.picture)
        item.picture = m_justFiled.value(keyOf(identity, question.endpoint));
    if (item.picture)
        item.standing = Standing::There;
    // Who sends one of these again has read that it may have been paid.
    const bool knowsOfUnknown = item.was == JobState::Unknown;
    for (const JobId id : m_queue.alike(identity, question.endpoint)) {
        const Job& job = *m_queue.job(id);
        const Standing standing = standingOf(job);
        const bool isUnknown = standing == Standing::Unknown;
        // One of the others that has been let go on meanwhile is on its way.
        const bool isStill =
            question.about.contains(id) && (job.onHold || m_queue.canSendAgain(id));
        const bool isPassedOver = isUnknown ? knowsOfUnknown : isStill;
        if (isPassedOver || weight(standing) <= weight(item.standing))
            continue;
        item.standing = standing;
        item.job = id;
        if (job.picture)
            item.picture = job.picture;
    }
    const bool wasUnknown = question.unknown.contains(identity) ||
                            m_justUnknown.contains(keyOf(identity, question.endpoint));
    if (wasUnknown && !knowsOfUnknown && weight(item.standing) < weight(Standing::Unknown)) {
        item.standing = Standing::Unknown;
        item.job = 0; // its tile was put away
    }
    return item;
}

void Sender::open(SendPlan& plan)
{
    plan.number = ++m_lastNumber;
    plan.price = {};
    if (!plan.practice) {
        for (const SendPlan::Item& item : std::as_const(plan.items)) {
            if (item.standing == Standing::Fresh)
                plan.price += m_queue.estimate(item.intent.request);
        }
    }
    if (!plan.objection)
        plan.objection = objectionTo(plan);
    m_open.insert(plan.number);
}

std::optional<Error> Sender::objectionTo(const SendPlan& plan) const
{
    for (const SendPlan::Item& item : plan.items) {
        if (item.standing == Standing::Fresh && item.intent.request.model().fault())
            return item.intent.request.model().fault();
    }
    if (plan.fresh() > 0 && !m_queue.serves(plan.endpoint))
        return Error{ErrorKind::NoSuchService, plan.endpoint, {}};
    return m_queue.objection(plan.price);
}

// ---------------------------------------------------------------- sending

SendPlan Sender::anyway(const SendPlan& plan, const QSet<Standing>& standings)
{
    SendPlan other = plan;
    for (SendPlan::Item& item : other.items) {
        if (item.standing == Standing::Fresh || !standings.contains(item.standing))
            continue;
        item.isAct = item.standing != Standing::OnHold;
        if (!item.isAct) {
            item.intent.job = item.job;
            item.was = JobState::Waiting;
        }
        item.standing = Standing::Fresh;
        item.anyway = true;
    }
    m_open.remove(plan.number);
    if (other.objection && other.objection->kind == ErrorKind::CapReached)
        other.objection.reset(); // asked anew, for the new price
    open(other);
    return other;
}

SendPlan Sender::rest(const SendPlan& plan)
{
    SendPlan other = plan;
    other.items.removeIf(
        [](const SendPlan::Item& item) { return item.standing == Standing::Fresh; });
    other.objection.reset();
    other.price = {};
    return other;
}

bool Sender::isTrue(const SendPlan& plan) const
{
    return std::ranges::all_of(plan.items, [&](const SendPlan::Item& item) {
        if (item.standing != Standing::Fresh)
            return true;
        if (!item.anyway && plan.question != m_answering)
            return false;
        const Job* job = m_queue.job(item.intent.job);
        return item.intent.job == 0 ||
               (job && job->endpoint == plan.endpoint && job->state == item.was &&
                   (job->onHold || m_queue.canSendAgain(item.intent.job)));
    });
}

Result<QList<JobId>> Sender::send(const SendPlan& plan)
{
    if (plan.target != m_targetNumber || !m_open.remove(plan.number) || !isTrue(plan))
        return changed();
    if (plan.fresh() == 0)
        return QList<JobId>();
    if (plan.objection)
        return *plan.objection;
    if (const auto objection = objectionTo(plan)) // an hour may have passed, or a cap been set
        return *objection;
    QList<JobQueue::Order> orders;
    QList<JobId> released;
    QList<JobId> releasedAnyway;
    QList<JobId> replaced;
    for (const SendPlan::Item& item : plan.items) {
        if (item.standing != Standing::Fresh)
            continue;
        const Job* job = m_queue.job(item.intent.job);
        if (job && job->state == JobState::Waiting) {
            released.append(job->id);
            if (item.isAct)
                releasedAnyway.append(job->id);
            continue;
        }
        if (job)
            replaced.append(job->id);
        orders.append({item.intent.request, item.intent.provenance, item.isAct});
    }
    m_queue.replace(replaced);
    if (!replaced.isEmpty())
        m_queue.resumeEndpoint(plan.endpoint); // that they ended may be why it stands
    m_queue.noteAnyway(releasedAnyway);
    m_queue.release(released);
    const QList<JobId> made = orders.isEmpty()
                                  ? QList<JobId>()
                                  : m_queue.submit(orders, *m_queue.endpoint(plan.endpoint));
    const QSet<JobId> waited(released.cbegin(), released.cend());
    QList<JobId> ids;
    qsizetype next = 0;
    for (const SendPlan::Item& item : plan.items) {
        if (item.standing == Standing::Fresh)
            ids.append(waited.contains(item.intent.job) ? item.intent.job : made.at(next++));
    }
    return ids;
}

Money Sender::priceOfAgain(const QList<JobId>& ids) const
{
    Money cost;
    for (const JobId id : ids) {
        const Job* job = m_queue.job(id);
        if (job && !job->practice &&
            ((job->state == JobState::Waiting && job->onHold) || m_queue.canSendAgain(id)))
            cost += m_queue.estimate(job->request);
    }
    return cost;
}

} // namespace seedbook

#include "moc_Sender.cpp"
