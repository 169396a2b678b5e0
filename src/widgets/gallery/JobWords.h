#pragma once

#include "core/Job.h"

namespace seedbook {

// What a card may be asked to do. The queue has the last word.
[[nodiscard]] bool canCancel(const Job& job);
[[nodiscard]] bool canTryAgain(const Job& job);
[[nodiscard]] bool canDismiss(const Job& job);

// Whether the job's error says something: it ended without a picture, or what came cannot be filed.
[[nodiscard]] bool hasProblem(const Job& job);

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
