#include "jobs/JobPrices.h"

#include "jobs/Account.h"
#include "jobs/Ledger.h"
#include "jobs/OpenJobs.h"
#include "jobs/RowWriter.h"

namespace seedbook {

namespace {

// A difference of the balance that is more than this many times the price is not one job's.
constexpr int likelyPrices = 10;

} // namespace

JobPrices::JobPrices(Ledger& ledger, OpenJobs& jobs, RowWriter& rows, QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_jobs(jobs)
    , m_rows(rows)
{
}

JobPrices::~JobPrices() = default;

void JobPrices::addAccount(ImageService& service)
{
    const Endpoint endpoint = service.endpoint();
    if (endpoint.isPractice() || m_accounts.contains(endpoint.name()))
        return;
    auto account = std::make_unique<Account>(service);
    connect(account.get(), &Account::settled, this, &JobPrices::onSettled);
    connect(account.get(), &Account::balanceChanged, this,
        [this, name = endpoint.name()] { Q_EMIT accountChanged(name); });
    m_accounts.insert_or_assign(endpoint.name(), std::move(account));
}

Account* JobPrices::account(const QString& endpointName) const
{
    const auto account = m_accounts.find(endpointName);
    return account == m_accounts.end() ? nullptr : account->second.get();
}

std::optional<Error> JobPrices::objection(Money cost) const
{
    if (cost <= Money())
        return std::nullopt;
    return m_jobs.budget().objectionToSend(
        cost, m_jobs.table().moneyWaiting(), QDate::currentDate());
}

// Practice costs nothing, whatever is said.
void JobPrices::take(Job& job, Money price)
{
    if (job.practice)
        return;
    job.price = price;
    job.priceConfirmed = true;
    m_book.learn(job.request, price);
    show();
}

// What names a price is what is offered: what would be sent again, and what is on hold.
void JobPrices::show()
{
    JobTable& table = m_jobs.table();
    if (table.count(JobState::Unknown) + table.onHoldCount() > 0) {
        for (const JobId id : table.ids()) {
            Entry& entry = *table.find(id);
            Job& job = entry.job;
            const bool isHeld = job.state == JobState::Waiting && job.onHold;
            if (job.practice || !(isHeld || job.state == JobState::Unknown))
                continue;
            const Money price = m_book.estimate(job.request);
            if (isHeld ? job.price == price : job.priceAgain == price)
                continue;
            if (isHeld)
                job.price = price;
            else
                job.priceAgain = price;
            table.update(entry);
            m_jobs.report(job);
        }
    }
    Q_EMIT pricesChanged();
}

void JobPrices::settle(const Entry& entry, const CallInfo& info)
{
    if (Account* account = this->account(entry.job.endpoint))
        account->ended(entry.job.id, info.remainingCredits,
            entry.job.state == JobState::Received ? Account::End::Picture : Account::End::Unknown);
}

void JobPrices::endedFree(const Job& job)
{
    if (Account* account = this->account(job.endpoint))
        account->endedFree(job.id);
}

void JobPrices::awaitBalance(const Job& job)
{
    if (job.balanceBefore && !job.priceConfirmed && !job.balanceAfter)
        m_unpriced.insert_or_assign(job.id, job);
}

void JobPrices::onSettled(JobId id, Money after)
{
    const auto priceOf = [after](const Job& job) -> std::optional<Money> {
        const Money gone = job.balanceBefore.value_or(after) - after;
        const bool likely = gone > Money() && gone <= job.expectedPrice * likelyPrices;
        return likely && !job.priceConfirmed ? std::optional(gone) : std::nullopt;
    };
    if (Entry* entry = m_jobs.table().find(id)) {
        entry->job.balanceAfter = after;
        const auto price = priceOf(entry->job);
        if (price && entry->job.state != JobState::Unknown)
            take(entry->job, *price);
        m_rows.commit(*entry);
        m_jobs.changed(*entry);
        m_jobs.settle();
        return;
    }
    const auto filed = m_unpriced.find(id);
    if (filed == m_unpriced.end())
        return;
    Job job = filed->second;
    m_unpriced.erase(filed);
    job.balanceAfter = after;
    if (const auto price = priceOf(job)) {
        take(job, *price);
        m_jobs.budget().count(job);
    }
    m_jobs.budget().forget(id);
    (void)m_ledger.update(job);
    m_jobs.settle();
}

} // namespace seedbook

#include "moc_JobPrices.cpp"
