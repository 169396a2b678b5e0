#pragma once

#include "core/Picture.h"
#include "core/Request.h"

#include <QDateTime>

#include <chrono>

namespace seedbook {

enum class JobState {
    Waiting,   // in the ledger, not sent
    Sending,   // its POST may have left
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
    return state != JobState::Waiting && state != JobState::Sending && state != JobState::Received;
}

using JobId = qint64;

// One intent, at most one POST. A snapshot: the queue hands out new ones as things change.
struct Job
{
    JobId id = 0; // grows with time; the order of sending
    QUuid pictureId;
    Request request;
    QString endpoint; // Endpoint::name(); the job is sent only there
    bool practice = false;
    JobState state = JobState::Waiting;
    QDateTime created;                     // UTC
    QDateTime sent;                        // UTC; invalid until it is
    QDateTime ended;                       // UTC
    std::chrono::milliseconds expected{0}; // how long it will probably take
    Money price;                           // expected, then told
    bool priceTold = false;
    bool committed = false; // its row is in the ledger
    bool receiving = false; // the answer's bytes are coming in
    Error error;            // for Refused, Failed, Unknown, and Received that cannot be filed
    QString keptPath;       // where bytes were kept that could not be filed or read
    QString serviceRequestId;
    PicturePtr picture; // once Filed
};

} // namespace seedbook
