// The queue's half that counts: prices, caps, requests that would pay twice, what the balance
// tells.
#include "core/Async.h"
#include "jobs/Account.h"
#include "jobs/JobQueue.h"

#include <algorithm>

namespace seedbook {

namespace {

// A difference of the balance that is more than this many times the price is not one job's.
constexpr int likelyPrices = 10;

} // namespace

Money JobQueue::estimate(const Request& request, const Endpoint& endpoint) const
{
    return endpoint.isPractice() ? Money() : m_prices.estimate(request);
}

std::optional<Error> JobQueue::objection(
    const QList<Request>& requests, const Endpoint& endpoint) const
{
    Money cost;
    for (const Request& request : requests)
        cost += estimate(request, endpoint);
    if (cost <= Money())
        return std::nullopt;
    return m_budget.objectionToSend(cost, moneyWaiting(), QDate::currentDate());
}

Money JobQueue::priceOfTryAgain(const QList<JobId>& ids) const
{
    Money cost;
    for (const JobId id : ids) {
        const Job* job = m_table.job(id);
        if (job && !job->practice && isEnded(job->state) && job->state != JobState::Filed)
            cost += m_prices.estimate(job->request);
    }
    return cost;
}

std::optional<Error> JobQueue::objectionToTryAgain(const QList<JobId>& ids) const
{
    const Money cost = priceOfTryAgain(ids);
    if (cost <= Money())
        return std::nullopt;
    return m_budget.objectionToSend(cost, moneyWaiting(), QDate::currentDate());
}

void JobQueue::findTwins(const QList<Request>& requests, const Endpoint& endpoint, QObject* context,
    const TwinsAnswer& answer)
{
    QList<QByteArray> identities;
    for (const Request& request : requests)
        identities.append(request.identity());
    whenDone(m_ledger.findFiled(identities, endpoint.name()), context,
        [this, identities, name = endpoint.name(), answer](
            const Result<QList<Ledger::Filed>>& filed) {
            QList<Twin> twins;
            for (qsizetype i = 0; i < identities.size(); ++i) {
                // Asked only now: another press of the button may have been answered meanwhile.
                if (const JobId id = m_table.onItsWay(identities.at(i), name)) {
                    const PicturePtr picture = m_table.job(id)->picture;
                    twins.append(picture ? Twin{i, picture->id, picture->path, true, 0}
                                         : Twin{.request = i, .job = id});
                } else if (filed && !filed->at(i).pictureId.isNull()) {
                    const Ledger::Filed& found = filed->at(i);
                    twins.append({i, found.pictureId, found.path, found.there, 0});
                }
            }
            answer(twins);
        });
}

void JobQueue::learnPrice(Entry& entry, Money price)
{
    entry.job.price = price;
    entry.job.priceTold = true;
    m_prices.learn(entry.job.request, price);
    showPrices();
}

void JobQueue::showPrices()
{
    if (m_table.count(JobState::Unknown) > 0) {
        for (const JobId id : m_table.ids()) {
            Job& job = m_table.find(id)->job;
            const bool named = job.state == JobState::Unknown && !job.practice;
            const Money price = named ? m_prices.estimate(job.request) : Money();
            if (!named || job.priceAgain == price)
                continue;
            job.priceAgain = price;
            Q_EMIT jobChanged(job);
        }
    }
    Q_EMIT pricesChanged();
}

void JobQueue::settleAccount(Entry& entry, const CallInfo& info)
{
    if (Account* account = this->account(entry.job.endpoint))
        account->ended(entry.job.id, info.remainingCredits,
            entry.job.state == JobState::Received ? Account::End::Picture : Account::End::Unknown);
}

void JobQueue::onSettled(JobId id, Money after)
{
    const auto priceOf = [after](const Job& job) -> std::optional<Money> {
        const Money gone = job.balanceBefore.value_or(after) - after;
        const bool likely = gone > Money() && gone <= job.expectedPrice * likelyPrices;
        return likely && !job.priceTold ? std::optional(gone) : std::nullopt;
    };
    if (Entry* entry = m_table.find(id)) {
        entry->job.balanceAfter = after;
        const auto price = priceOf(entry->job);
        if (price && entry->job.state != JobState::Unknown)
            learnPrice(*entry, *price);
        commit(*entry);
        changed(*entry);
        settle();
        return;
    }
    const auto filed = m_unpriced.find(id);
    if (filed == m_unpriced.end())
        return;
    Job job = filed->second;
    m_unpriced.erase(filed);
    job.balanceAfter = after;
    if (const auto price = priceOf(job)) {
        job.price = *price;
        job.priceTold = true;
        m_prices.learn(job.request, *price);
        m_budget.count(job);
        showPrices();
    }
    m_budget.forget(id);
    (void)m_ledger.update(job);
    settle();
}

} // namespace seedbook
