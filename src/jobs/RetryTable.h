#pragma once

#include "core/Job.h"
#include "jobs/Pause.h"

#include <chrono>
#include <optional>

namespace seedbook {

struct CallFailure;

// How often a job's attempts have ended in which way since it last got through. Kept in memory: a
// new start begins anew, and begins with a person's word.
struct Tries
{
    int unreached = 0; // the request never left this computer
    int gateway = 0;   // 502, 503
};

// What becomes of a job whose attempt failed.
struct RetryVerdict
{
    JobState state = JobState::Unknown; // Waiting: it goes again. Else Refused, Failed, Unknown
    std::chrono::milliseconds wait{0};  // Waiting: not before this has passed
    bool wholeEndpoint = false;         // nothing else of its endpoint goes before that either
    std::optional<PauseReason> pause;   // nothing of its endpoint goes until a person says so
};

// The one table of what is tried again; only what the service or the network said was not taken.
//   never reached the service     five tries in two minutes, then the endpoint pauses as offline
//                                 (the job stays Waiting)
//   certificate not verified      Refused, the endpoint pauses
//   429                           Waiting; the whole endpoint waits until
//                                 x-rate-limit-reset-at-utc, else Retry-After, else 15 s doubling
//                                 to 5 min with jitter
//   502, 503                      twice more, after 5 s and 15 s; then Failed
//   401, 403, no credits, limit   Refused, the endpoint pauses
//   500, 504, other statuses      ended: 3xx and 4xx Refused, 5xx Failed
//   no answer, an unreadable 200  Unknown, never sent again by itself
//   no key                        Waiting; the endpoint pauses until there is one
// An unusable key, an endpoint that cannot be used: Failed, and the endpoint pauses for its key or
// not at all.
class RetryTable final
{
public:
    // Times are multiplied by it: tests make them short.
    explicit RetryTable(double pace = 1.0)
        : m_pace(pace)
    {
    }

    // Counts the failure in `tries`. `limitedStreak` is how many 429s the endpoint had in a row
    // before this one. `random` in 0 … 1 spreads the waiting times (±10 %).
    [[nodiscard]] RetryVerdict judge(const CallFailure& failure, Tries& tries, int limitedStreak,
        const QDateTime& now, double random) const;

private:
    double m_pace;
};

// The time in x-rate-limit-reset-at-utc, whose format is not documented: seconds or milliseconds
// since 1970, seconds from now, ISO 8601 (UTC where it names no zone), RFC 1123. Nothing where it
// cannot be read, lies in the past, or more than a day ahead.
[[nodiscard]] std::optional<QDateTime> readResetTime(const QString& text, const QDateTime& now);

} // namespace seedbook
