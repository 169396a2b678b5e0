#include "core/Job.h"

namespace seedbook {

PaidGuess paidGuess(const Job& job)
{
    if (job.state != JobState::Unknown || !job.balanceBefore || !job.balanceAfter ||
        job.expectedPrice <= Money())
        return PaidGuess::None;
    // Prices drift and balances are rounded, so half the price is the line between the two.
    const Money gone = *job.balanceBefore - *job.balanceAfter;
    return gone * 2 >= job.expectedPrice ? PaidGuess::ProbablyPaid : PaidGuess::ProbablyNot;
}

Money chargeOf(const Job& job)
{
    if (job.practice)
        return {};
    switch (job.state) {
    case JobState::Sending:
    case JobState::Accepted:
    case JobState::Received:
    case JobState::Filed:
    case JobState::Unknown:
        return job.price;
    case JobState::Waiting:
    case JobState::Refused:
    case JobState::Failed:
    case JobState::Cancelled:
        break;
    }
    return {};
}

} // namespace seedbook
