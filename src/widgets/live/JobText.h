#pragma once

#include "core/ErrorText.h"
#include "core/Job.h"
#include "widgets/live/QueueCondition.h"

namespace seedbook {

// What a tile may be asked to do. The queue has the last word.
[[nodiscard]] bool canCancel(const Job& job); // Waiting: for nothing. Out: to stop waiting
// Also to let one go on that is on hold, waits for its next attempt, or whose endpoint is paused.
[[nodiscard]] bool canTryAgain(const Job& job, const QueueCondition& condition = {});
[[nodiscard]] bool canDismiss(const Job& job);
// It waits because the whole queue does, and goes on with it.
[[nodiscard]] bool canResumeQueue(const Job& job, const QueueCondition& condition);

// What the buttons for these are called: "Cancel" or "Stop waiting"; "Retry", "Retry now",
// "Resume · $0.12" or "Send again · $0.12", which names what it may cost a second time; "Dismiss";
// "Resume queue".
[[nodiscard]] QString cancelText(const Job& job);
[[nodiscard]] QString tryAgainText(const Job& job, const QueueCondition& condition = {});
[[nodiscard]] QString dismissText(const Job& job);
[[nodiscard]] QString resumeQueueText(const QueueCondition& condition);
// The same as a sentence, for tool tips.
[[nodiscard]] QString cancelTip(const Job& job);
[[nodiscard]] QString tryAgainTip(const Job& job, const QueueCondition& condition = {});
[[nodiscard]] QString dismissTip(const Job& job);
[[nodiscard]] QString resumeQueueTip(const QueueCondition& condition);

// Whether the job's error says something: it ended without a picture, or what came cannot be filed.
[[nodiscard]] bool hasProblem(const Job& job);

// Its error in words, for the job it happened to: practice costs nothing, and of a job whose
// outcome is not known the balance may tell.
[[nodiscard]] ErrorText problemText(const Job& job);

// The state in few words, and why it waits: "Generating", "Paused", "No network · retrying at
// 17:39", "Refused" …
[[nodiscard]] QString stateText(const Job& job, const QueueCondition& condition);
// "12 s of about 28 s" while it is generated; past the expected time only "31 s", since nothing is
// known any more. Once it has ended, how long it took: "31 s". Else empty.
[[nodiscard]] QString timeText(const Job& job, const QueueCondition& condition);
// Both: "Generating · 12 s of about 28 s". Of one that has ended the state alone.
[[nodiscard]] QString stateTimeText(const Job& job, const QueueCondition& condition);
// What there is to say about a tile in few words: the problem, or the state with its time.
[[nodiscard]] QString summaryText(const Job& job, const QueueCondition& condition);
// What stands behind that, in full sentences.
[[nodiscard]] QString longText(const Job& job, const QueueCondition& condition);
// The same where it has to do alone, as in tool tips: a time comes first.
[[nodiscard]] QString detailText(const Job& job, const QueueCondition& condition);

// Why nothing is sent, and what the button that ends it is called; for the whole queue.
struct PauseText
{
    QString cause;   // "Paused", "No network"
    QString details; // in full sentences
    QString wayOut;  // "Resume", "Retry now"
};
[[nodiscard]] PauseText pauseText(const Pause& pause);
[[nodiscard]] PauseText rateLimitText(const QDateTime& until);
[[nodiscard]] PauseText retryText(const QDateTime& at, const Error& error);
// All that hold now, the weightiest first: what each place that tells of them says.
[[nodiscard]] QList<PauseText> reasonsOf(const QueueCondition& condition);

// Since it was sent, until it ended or `now`. Zero before it is sent.
[[nodiscard]] std::chrono::milliseconds elapsed(const Job& job, const QDateTime& now);

} // namespace seedbook
