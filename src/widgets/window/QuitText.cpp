#include "widgets/window/QuitText.h"

#include "core/Words.h"
#include "jobs/JobQueue.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString runningWords(const WorkOut& work)
{
    if (work.money <= Money())
        return Words::tr("They are practice images and cost nothing.");
    const QString money = estimated(work.money.text());
    if (work.safe == work.running)
        return Words::tr("Images being generated (%1) are fetched the next time you start "
                         "Seedbook, if you do so within an hour.")
            .arg(money);
    if (work.safe > 0)
        return Words::tr("Images being generated cost %1. The service keeps %Ln of them for an "
                         "hour; the others may be lost if you quit now.",
            nullptr, work.safe)
            .arg(money);
    return Words::tr("Images being generated will be charged (%1) and may be lost if you quit now.")
        .arg(money);
}

} // namespace

WorkOut workOut(const JobQueue& queue)
{
    const int asleep = queue.suspendedCount();
    return {.running = queue.inFlightCount() - asleep,
        .safe = queue.recoverableCount() - asleep,
        .waiting = queue.isPausedByPerson() ? 0 : queue.waitingCount() - queue.onHoldCount(),
        .inMemory = queue.inMemoryCount(),
        .money = queue.moneyInFlight()};
}

QString leaveText(const WorkOut& work)
{
    QStringList what;
    if (work.inMemory > 0)
        what.append(Words::tr("%Ln unsaved image(s)", nullptr, work.inMemory));
    if (work.running > 0)
        what.append(Words::tr("%Ln image(s) being generated", nullptr, work.running));
    if (work.waiting > 0)
        what.append(Words::tr("%Ln waiting request(s)", nullptr, work.waiting));
    const QString list = QLocale().createSeparatedList(what);
    if (work.inMemory > 0)
        return Words::tr("Some images are not saved: %1.").arg(list);
    return work.running > 0 ? Words::tr("Requests are still running: %1.").arg(list)
                            : Words::tr("Some requests have not been sent: %1.").arg(list);
}

QString leaveDetails(const WorkOut& work)
{
    QStringList sentences;
    if (work.inMemory > 0)
        sentences.append(Words::tr("Unsaved images are lost if you quit now. If the disk is full, "
                                   "free some space and Seedbook saves them."));
    if (work.running > 0)
        sentences.append(runningWords(work));
    if (work.waiting > 0)
        sentences.append(Words::tr("Waiting requests cost nothing. They stay in the queue, on "
                                   "hold, until you resume them."));
    return sentences.join(u' ');
}

} // namespace seedbook
