#include "widgets/window/SendController.h"

#include "core/ErrorText.h"
#include "core/PictureFacts.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/PressGuard.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/live/LivePictures.h"
#include "widgets/queue/QueuePanel.h"
#include "widgets/window/NoticeBar.h"
#include "widgets/window/Pages.h"

#include <QAction>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto duplicatesNotice = u"duplicates"_s;
const auto heldNotice = u"onHold"_s;
const auto problemNotice = u"send"_s;

} // namespace

SendController::SendController(const Context& context, QObject* parent)
    : QObject(parent)
    , m(context)
    , m_resume(new QPushButton)
{
    connect(&m.compose, &ComposePanel::generateRequested, this, &SendController::generate);
    connect(&m.actions, &PictureActions::runAgainRequested, this, &SendController::runAgain);
    const auto againOne = [this](JobId id) { again({id}); };
    const auto giveUp = [this](const QList<JobId>& ids) { m.queue.giveUp(ids); };
    const auto dismiss = [this](const QList<JobId>& ids) { m.queue.dismiss(ids); };
    connect(&m.actions, &PictureActions::tryAgainRequested, this, againOne);
    connect(&m.actions, &PictureActions::cancelRequested, this, giveUp);
    connect(&m.actions, &PictureActions::dismissRequested, this, dismiss);

    m.compose.setPriceOf([this](const Request& request) {
        const auto& target = m.sender.target();
        return target ? m.queue.estimate(request, *target) : request.model().price();
    });
    connect(&m.queue, &JobQueue::pricesChanged, &m.compose, &ComposePanel::showPrice);
    connect(&m.queue, &JobQueue::pricesChanged, this, &SendController::showRunAgainPrice);
    connect(&m.queue, &JobQueue::pricesChanged, this, &SendController::showHeld);
    connect(&m.actions, &PictureActions::subjectChanged, this, &SendController::showRunAgainPrice);
    connect(&m.queue, &JobQueue::countsChanged, this, &SendController::showHeld);
    connect(&m.sender, &Sender::targetChanged, this, [this] {
        dropOffer();
        m.compose.showPrice();
        showRunAgainPrice();
        m_heldSaid = 0;
        showHeld();
    });
    m_resume->hide();
    PressGuard::protect(m_resume);
    connect(m_resume, &QPushButton::clicked, this, &SendController::releaseHeld);
}

void SendController::follow(QueuePanel& panel)
{
    connect(&panel, &QueuePanel::againRequested, this, &SendController::again);
    connect(&panel, &QueuePanel::releaseRequested, this, &SendController::release);
}

// ---------------------------------------------------------------- what is asked for

void SendController::generate(const QList<Intent>& intents)
{
    beginAct();
    m.sender.plan(intents, this, [this](const SendPlan& plan) { carryOut(plan, Place::Compose); });
}

// Asked for by name: that the picture is there is known. Not that it is being made once more.
void SendController::runAgain(const PicturePtr& picture)
{
    beginAct();
    const auto request = Request::fromJson(
        m.models, {{u"model"_s, picture->modelId}, {u"parameters"_s, picture->parameters}});
    if (!request) {
        showProblem(request.error());
        return;
    }
    m.sender.plan({{*request, madeFrom(*picture)}}, this, [this](const SendPlan& plan) {
        carryOut(m.sender.anyway(plan, {Standing::There}), Place::Notices);
    });
}

void SendController::again(const QList<JobId>& ids)
{
    beginAct();
    m.sender.planAgain(ids, this, [this](const SendPlan& plan) { carryOut(plan, Place::Notices); });
}

void SendController::release(const QString& endpoint)
{
    beginAct();
    m.sender.planRelease(
        endpoint, this, [this](const SendPlan& plan) { carryOut(plan, Place::Notices); });
}

// ---------------------------------------------------------------- what becomes of it

void SendController::carryOut(const SendPlan& plan, Place place)
{
    SendPlan rest = m.sender.rest(plan);
    if ((plan.fresh() > 0 || plan.objection) && !send(plan, place))
        return;
    rest.items.removeIf(
        [](const SendPlan::Item& item) { return item.standing == Standing::Repeated; });
    if (!rest.items.isEmpty())
        offer(std::move(rest));
}

bool SendController::send(const SendPlan& plan, Place place)
{
    const auto jobs = m.sender.send(plan);
    if (jobs) {
        if (place == Place::Notices)
            Q_EMIT told(
                tr("%n request(s) sent to the queue.", nullptr, static_cast<int>(jobs->size())),
                false);
        Q_EMIT sent();
        return true;
    }
    if (place == Place::Compose) {
        Q_EMIT composeNeeded();
        m.compose.showProblem(sentence(jobs.error()));
    } else {
        showProblem(jobs.error());
    }
    return jobs.error().kind == ErrorKind::CapReached; // what is there is told of all the same
}

// What is there already is shown instead of being paid again.
void SendController::offer(SendPlan rest)
{
    const int unknown = rest.count(Standing::Unknown);
    const int onHold = rest.count(Standing::OnHold);
    const int here = static_cast<int>(rest.items.size()) - unknown - onHold;
    int rejected = 0;
    Money price;
    QUuid shown;
    for (const SendPlan::Item& item : std::as_const(rest.items)) {
        rejected += item.picture && item.picture->rating < 0 ? 1 : 0;
        if (!rest.practice)
            price += m.queue.estimate(item.intent.request);
        const Job* job = m.queue.job(item.job);
        const QUuid id = item.picture ? item.picture->id : job ? job->pictureId : QUuid();
        if (shown.isNull() && m.pictures.contains(id))
            shown = id;
    }
    QStringList words;
    if (here > 0)
        words.append(tr("You already have %n of these image(s), or they are in the queue. Nothing "
                        "was charged for them.",
            nullptr, here));
    if (rejected > 0)
        words.append(tr("You have rejected %n of them.", nullptr, rejected));
    if (unknown > 0 && rest.practice)
        words.append(tr("%n of these request(s) were sent before, and their outcome is unknown.",
            nullptr, unknown));
    else if (unknown > 0)
        words.append(tr("%n of these request(s) were sent before, and their outcome is unknown. "
                        "You may have been charged.",
            nullptr, unknown));
    if (onHold > 0)
        words.append(
            tr("%n of these request(s) are on hold since your last session.", nullptr, onHold));
    const bool onlyHeld = here + unknown == 0;
    const QString action = rest.practice ? onlyHeld ? tr("Resume") : tr("Generate anyway")
                           : onlyHeld ? tr("Resume · %1").arg(price.shortText())
                                         : tr("Generate anyway · %1").arg(price.shortText());
    m_offered = std::move(rest);
    if (!shown.isNull())
        m.pages.show(shown);
    m.notices.say(duplicatesNotice, MessageLine::Kind::Note, words.join(u' '),
        {action, [this] { sendOffered(); }});
    Q_EMIT told(words.join(u' '), false);
}

void SendController::showProblem(const Error& error)
{
    m.notices.say(problemNotice, MessageLine::Kind::Problem, sentence(error));
    Q_EMIT told(sentence(error), true);
}

// Asked once more, for much may have come since it was offered: what is being made by now is not
// sent a second time.
void SendController::sendOffered()
{
    const SendPlan offered = std::exchange(m_offered, {});
    beginAct();
    QList<Intent> intents;
    QList<JobId> jobs;
    QSet<Standing> meant;
    for (const SendPlan::Item& item : offered.items) {
        intents.append(item.intent);
        meant.insert(item.standing);
        const Job* job = m.queue.job(item.intent.job);
        if (job && (job->onHold || m.queue.canSendAgain(job->id)))
            jobs.append(job->id);
    }
    const auto answer = [this, meant, target = offered.target](const SendPlan& plan) {
        if (plan.target != target)
            return;
        const SendPlan wanted = m.sender.anyway(plan, meant);
        carryOut(wanted, Place::Notices);
        if (wanted.objection && wanted.objection->kind == ErrorKind::CapReached)
            offer(plan); // for when the cap is another
    };
    if (jobs.isEmpty())
        m.sender.plan(intents, this, answer);
    else
        m.sender.planAgain(jobs, this, answer);
}

// What was said of the act before is said no more.
void SendController::beginAct()
{
    dropOffer();
    m.notices.takeBack(problemNotice);
}

void SendController::dropOffer()
{
    m_offered = {};
    m.notices.takeBack(duplicatesNotice);
}

void SendController::releaseHeld()
{
    if (m.sender.target())
        release(m.sender.target()->name());
}

// ---------------------------------------------------------------- what is shown

void SendController::showHeld()
{
    const auto& target = m.sender.target();
    const auto& sums = m.queue.onHoldSums();
    const auto sum = target ? sums.find(target->name()) : sums.end();
    const int count = sum == sums.end() ? 0 : sum->second.count;
    m_resume->setVisible(count > 0);
    if (count == 0) {
        m.notices.takeBack(heldNotice);
        m_heldSaid = 0;
        return;
    }
    const QString offer = tr("Resume %n request(s) on hold", nullptr, count);
    const QString price = sum->second.price.shortText();
    m_resume->setText(target->isPractice() ? offer : tr("%1 · %2").arg(offer, price));
    // Once dismissed it stays away; the button below and the items' own stay.
    const bool isSaid = m.notices.names().contains(heldNotice);
    if (m_heldSaid > 0 && (!isSaid || (count == m_heldSaid && price == m_heldPrice)))
        return;
    m_heldSaid = count;
    m_heldPrice = price;
    m.notices.say(heldNotice, MessageLine::Kind::Note,
        tr("%n request(s) from your last session are on hold. Nothing was sent or charged.",
            nullptr, count),
        {target->isPractice() ? tr("Resume") : tr("Resume · %1").arg(price),
            [this] { releaseHeld(); }});
}

// What the picture at hand costs today, as far as that was learned.
void SendController::showRunAgainPrice()
{
    const auto& target = m.sender.target();
    const ModelPtr model = m.models.standard();
    if (!target || target->isPractice() || !model) {
        m.actions.runAgain()->setToolTip(tr("Generate again with the same parameters and seed"));
        return;
    }
    const PicturePtr picture = m.actions.picture();
    const auto request =
        picture ? Request::fromJson(m.models,
                      {{u"model"_s, picture->modelId}, {u"parameters"_s, picture->parameters}})
                : Error{};
    const Money price = request ? m.queue.estimate(*request) : model->price();
    m.actions.runAgain()->setToolTip(plainTip(
        tr("Generate again with the same parameters and seed (≈%1)").arg(price.shortText())));
}

} // namespace seedbook

#include "moc_SendController.cpp"
