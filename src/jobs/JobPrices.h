#pragma once

#include "core/ImageService.h"
#include "jobs/JobTable.h"
#include "jobs/PriceBook.h"

#include <QDate>
#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace seedbook {

class Account;
class Ledger;
class OpenJobs;
class RowWriter;

// What jobs will cost and have cost: what the service told, and what the balance of their account
// says where it told nothing. The tiles name it.
class JobPrices final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    JobPrices(Ledger& ledger, OpenJobs& jobs, RowWriter& rows, QObject* parent = nullptr);
    ~JobPrices() override;

    // The account behind the service's endpoint, if it has none yet; for practice there is none.
    void addAccount(ImageService& service);
    [[nodiscard]] Account* account(const QString& endpointName) const; // or null

    // What a request will probably cost where it is paid for.
    [[nodiscard]] Money estimate(const Request& request) const { return m_book.estimate(request); }
    // Why this sum, as one press of Generate, would pass a cap: CapReached.
    [[nodiscard]] std::optional<Error> objection(Money cost) const;
    void learn(const Request& request, Money told) { m_book.learn(request, told); }
    // What this one cost.
    void take(Job& job, Money price);
    // On the tiles that name one.
    void show();

    // A call ended, and may have cost something: the account is told, and its balance may tell
    // what.
    void settle(const Entry& entry, const CallInfo& info);
    // It cost nothing.
    void endedFree(const Job& job);
    // Filed, so it has no tile from now on: what the balance says of its price may come later.
    void awaitBalance(const Job& job);
    [[nodiscard]] bool awaitsBalance(JobId id) const { return m_unpriced.contains(id); }

Q_SIGNALS:
    void accountChanged(const QString& endpoint);
    void pricesChanged(); // estimate() may answer otherwise now

private:
    void onSettled(JobId id, Money after);

    Ledger& m_ledger;
    OpenJobs& m_jobs;
    RowWriter& m_rows;
    PriceBook m_book;
    std::map<QString, std::unique_ptr<Account>> m_accounts; // by endpoint name
    std::map<JobId, Job> m_unpriced; // filed; what the balance says of their price is not here yet
};

} // namespace seedbook
