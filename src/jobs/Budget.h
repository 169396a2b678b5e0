#pragma once

#include "core/Job.h"

#include <QDate>
#include <QHash>
#include <QMap>

#include <optional>

namespace seedbook {

// Limits of the person's own. None is set until the person sets one.
struct Caps
{
    std::optional<Money> perSend; // one press of Generate, all its images
    std::optional<Money> perDay;
    std::optional<Money> perMonth;

    friend bool operator==(const Caps&, const Caps&) = default;
};

// What was paid, is out and may have been paid, by the local day of sending, against the caps. A
// job counts as chargeOf() says. Practice never counts.
class Budget final
{
public:
    void setCaps(const Caps& caps) { m_caps = caps; }
    [[nodiscard]] const Caps& caps() const { return m_caps; }

    // What the ledger says of all jobs that are not handed to count() one by one.
    void load(const QMap<QDate, Money>& byDay);
    // After each change of a job: what it counted for before is replaced. Its day is that of
    // `sent`, else today.
    void count(const Job& job);
    // The job is told of no more; what it counts for stays.
    void forget(JobId id);

    // The local day, given so that midnight can be tested.
    [[nodiscard]] Money spentOn(QDate day) const;
    [[nodiscard]] Money spentInMonthOf(QDate day) const;
    [[nodiscard]] Money spentInAll() const;

    // Whether a press of Generate that costs `cost` in all fits beside what is counted and what
    // waits to be sent (`waiting`). CapReached, which says which cap and the sums, or nothing.
    // Equal to a cap still fits.
    [[nodiscard]] std::optional<Error> objectionToSend(
        Money cost, Money waiting, QDate today) const;
    // The same for one job that is about to leave; the cap per send was asked before.
    [[nodiscard]] std::optional<Error> objectionToJob(Money price, QDate today) const;

private:
    struct Counted
    {
        QDate day;
        Money amount;
    };
    void add(QDate day, Money amount);

    Caps m_caps;
    QMap<QDate, Money> m_byDay;
    QHash<JobId, Counted> m_counted;
    Money m_all;
};

} // namespace seedbook
