#pragma once

#include "core/CallPhase.h"
#include "core/Picture.h"
#include "core/Provenance.h"
#include "core/Request.h"
#include "core/Transport.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace seedbook {

enum class JobState {
    Waiting,   // in the ledger, not sent
    Sending,   // its POST may have left
    Accepted,  // v2: the service has it under remoteId; v1: the picture lies at that address
    Received,  // the bytes are here and not yet filed
    Filed,     // done
    Refused,   // the service said no; not paid
    Failed,    // the service or this computer failed; not paid
    Cancelled, // never sent
    Unknown,   // sent, and no picture came: whether it was paid is not known
};

// True once nothing more will happen to it by itself.
[[nodiscard]] constexpr bool isEnded(JobState state)
{
    return state != JobState::Waiting && state != JobState::Sending &&
           state != JobState::Accepted && state != JobState::Received;
}

// The service has it, or may have it, and no picture came yet: it holds a slot and counts as money.
[[nodiscard]] constexpr bool isInFlight(JobState state)
{
    return state == JobState::Sending || state == JobState::Accepted;
}

using JobId = qint64;

// One intent. At most one of its POSTs can have been paid: another one follows only where the
// service or the network said that the one before was not taken (jobs/RetryTable). A snapshot: the
// queue hands out new ones as things change.
struct Job
{
    JobId id = 0; // grows with time; the order of sending
    QUuid pictureId;
    Request request;
    Provenance provenance; // not sent
    QString endpoint;      // Endpoint::name(); the job is sent only there
    bool practice = false;
    Transport transport = Transport::Blocking;
    JobState state = JobState::Waiting;
    QDateTime created;                     // UTC
    QDateTime sent;                        // UTC; invalid until it is
    QDateTime ended;                       // UTC
    std::chrono::milliseconds expected{0}; // how long it will probably take
    Money expectedPrice;                   // at the time of sending
    Money price;                           // the best that is known: told, else expected
    bool priceConfirmed = false;
    // What sending it once more would cost, as known now. For Unknown that is not practice.
    std::optional<Money> priceAgain;
    bool committed = false;                  // its row is in the ledger
    CallPhase phase = CallPhase::Connecting; // while it is out
    bool unclaimed = false; // the person stopped waiting; what still comes is filed all the same
    bool onHold = false;    // Waiting since an earlier run, until a person lets it go on
    // For Refused, Failed, Unknown, Received that cannot be filed, and a Waiting job whose last
    // attempt did not get through.
    Error error;
    int attempts = 0;    // POSTs that were begun
    QDateTime notBefore; // UTC; Waiting: not sent again before that. Invalid: at once
    double position = 0; // the order of sending among the waiting
    QString spoolPath;   // where the bytes lie until they are filed, or that could not be read
    QString serviceRequestId;
    std::optional<Seed> reportedSeed; // that the service says it used
    int httpStatus = 0;               // of the last answer; 0 if none came
    QString remoteId;                 // Acceptance's; v2: committed before the first poll
    QDateTime accepted;               // UTC
    // The program was closed between `sent` and `ended`, which tell nothing of the service then.
    bool resumed = false;
    // What the account could spend before it was sent and after it ended, where nothing else ran
    // between the two.
    std::optional<Money> balanceBefore;
    std::optional<Money> balanceAfter;
    // The job whose answer held this picture as a further one; 0: it has an answer of its own.
    // Known in the run that took it.
    JobId firstOfAnswer = 0;
    PicturePtr picture; // once Filed
};

// What the balance tells of a job whose outcome is not known.
enum class PaidGuess { None, ProbablyPaid, ProbablyNot };
[[nodiscard]] PaidGuess paidGuess(const Job& job);

// What the job counts for in sums and against caps: its price while it is out and once it is paid
// or its outcome is not known; nothing for practice and for what was never taken.
[[nodiscard]] Money chargeOf(const Job& job);

} // namespace seedbook
