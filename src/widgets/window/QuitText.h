#pragma once

#include "core/Money.h"

#include <QString>

namespace seedbook {

class JobQueue;

// What is under way when the window is to be closed.
struct WorkOut
{
    int running = 0;  // sent, and no picture is here yet
    int safe = 0;     // those of them that the next start can fetch
    int waiting = 0;  // not sent, and sent by themselves if the window stays
    int inMemory = 0; // pictures that are here and that no disk has taken yet
    Money money;      // of the running ones; nothing for practice

    [[nodiscard]] bool any() const { return running > 0 || waiting > 0 || inMemory > 0; }
};
// What waits for a person's word, and what nothing can be asked after now, is safe and left out.
[[nodiscard]] WorkOut workOut(const JobQueue& queue);

// The question before the window closes: what there is, and what becomes of it.
[[nodiscard]] QString leaveText(const WorkOut& work);
[[nodiscard]] QString leaveDetails(const WorkOut& work);

} // namespace seedbook
