#pragma once

#include "core/ErrorWords.h"
#include "core/Job.h"

namespace seedbook {

// What a card may be asked to do. The queue has the last word.
[[nodiscard]] bool canCancel(const Job& job); // Waiting: for nothing. Out: to stop waiting
[[nodiscard]] bool canTryAgain(const Job& job);
[[nodiscard]] bool canDismiss(const Job& job);

// What the buttons for these are called: "Cancel" or "Stop waiting"; "Try again", "Try now", or
// "Send again · $0.12", which names what it may cost a second time; "Dismiss" or "Let it be".
[[nodiscard]] QString cancelText(const Job& job);
[[nodiscard]] QString tryAgainText(const Job& job);
[[nodiscard]] QString dismissText(const Job& job);
// The same as a sentence, for tool tips.
[[nodiscard]] QString cancelTip(const Job& job);
[[nodiscard]] QString tryAgainTip(const Job& job);
[[nodiscard]] QString dismissTip(const Job& job);

// Whether the job's error says something: it ended without a picture, or what came cannot be filed.
[[nodiscard]] bool hasProblem(const Job& job);

// Its error in words, for the job it happened to: practice costs nothing, and of a job whose
// outcome is not known the balance may tell.
[[nodiscard]] ErrorWords problemWords(const Job& job);

// The state in a word or two: "Waiting", "Sending", "Refused" …
[[nodiscard]] QString stateWord(const Job& job);
// What there is to say about a card in few words: the problem, or the state.
[[nodiscard]] QString shortWords(const Job& job);
// The same in full sentences, for tool tips.
[[nodiscard]] QString longWords(const Job& job);

// Since it was sent, until it ended or `now`. Zero before it is sent.
[[nodiscard]] std::chrono::milliseconds elapsed(const Job& job, const QDateTime& now);
// "12/28 s"; past the expected time only "31 s", since nothing is known any more.
[[nodiscard]] QString elapsedWords(const Job& job, const QDateTime& now);

} // namespace seedbook
