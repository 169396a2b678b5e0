// The queue's half that counts: prices, caps, what the balance tells.
#include "jobs/Account.h"
#include "jobs/JobQueue.h"

namespace seedbook {

namespace {

// A difference of the balance that is more than this many times the price is not one job's.
constexpr int likelyPrices = 10;

} // namespace

std::optional<Error> JobQueue::objection(Money cost) const
{
    if (cost <= Money())
        return std::nullopt;
    return m_budget.objectionToSend(cost, moneyWaiting(), QDate::currentDate());
}

QFuture<Result<QSet<QByteArray>>> JobQueue::unknownAmong(
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

// What this one cost. Practice costs nothing, whatever is said.
void JobQueue::takePrice(Job& job, Money price)
{
    if (job.practice)
        return;
    job.price = price;
    job.priceTold = true;
    m_prices.learn(job.request, price);
    showPrices();
}

// What names a price is what is offered: what would be sent again, and what is on hold.
void JobQueue::showPrices()
{
    if (m_table.count(JobState::Unknown) + m_table.heldCount() > 0) {
        for (const JobId id : m_table.ids()) {
            Entry& entry = *m_table.find(id);
            Job& job = entry.job;
            const bool isHeld = job.state == JobState::Waiting && job.held;
            if (job.practice || !(isHeld || job.state == JobState::Unknown))
                continue;
            const Money price = m_prices.estimate(job.request);
            if (isHeld ? job.price == price : job.priceAgain == price)
                continue;
            if (isHeld)
                job.price = price;
            else
                job.priceAgain = price;
            m_table.update(entry);
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
            takePrice(entry->job, *price);
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
        takePrice(job, *price);
        m_budget.count(job);
    }
    m_budget.forget(id);
    (void)m_ledger.update(job);
    settle();
}

} // namespace seedbook
