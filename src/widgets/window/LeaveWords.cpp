#include "widgets/window/LeaveWords.h"

#include "jobs/JobQueue.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

class LeaveWords
{
    Q_DECLARE_TR_FUNCTIONS(seedbook::LeaveWords)
};

QString runningWords(const WorkOut& work)
{
    if (work.money <= Money())
        return LeaveWords::tr("These are practice pictures: nothing is paid ($0.00).");
    const QString money = u'≈' + work.money.text();
    if (work.safe == work.running)
        return LeaveWords::tr(
            "What is being made (%1) is fetched at the next start, if that is within the hour.")
            .arg(money);
    if (work.safe > 0)
        return LeaveWords::tr("What is being made costs %1. The service keeps %n of these for the "
                              "next start; the others may be lost if you leave now.",
            nullptr, work.safe)
            .arg(money);
    return LeaveWords::tr("What is being made is paid for (%1) and may be lost if you leave now.")
        .arg(money);
}

} // namespace

WorkOut workOut(const JobQueue& queue)
{
    const int asleep = queue.asleepCount();
    return {.running = queue.outCount() - asleep,
        .safe = queue.recoverableCount() - asleep,
        .waiting = queue.isPausedByPerson() ? 0 : queue.waitingCount() - queue.heldCount(),
        .inMemory = queue.inMemoryCount(),
        .money = queue.moneyOut()};
}

QString leaveText(const WorkOut& work)
{
    QStringList what;
    if (work.inMemory > 0)
        what.append(
            LeaveWords::tr("%n picture(s) that came only in memory", nullptr, work.inMemory));
    if (work.running > 0)
        what.append(LeaveWords::tr("%n picture(s) being made", nullptr, work.running));
    if (work.waiting > 0)
        what.append(LeaveWords::tr("%n waiting", nullptr, work.waiting));
    const QString list = what.join(u", "_s);
    if (work.inMemory > 0)
        return LeaveWords::tr("Not everything is saved: %1.").arg(list);
    return work.running > 0 ? LeaveWords::tr("There is work out: %1.").arg(list)
                            : LeaveWords::tr("Not everything is sent: %1.").arg(list);
}

QString leaveDetails(const WorkOut& work)
{
    QStringList sentences;
    if (work.inMemory > 0)
        sentences.append(
            LeaveWords::tr("What came is on no disk yet and is lost if you leave now. If the disk "
                           "is full, make room first; it is saved by itself then."));
    if (work.running > 0)
        sentences.append(runningWords(work));
    if (work.waiting > 0)
        sentences.append(LeaveWords::tr(
            "What waits has cost nothing; it is kept, and is offered at the next start."));
    return sentences.join(u' ');
}

} // namespace seedbook
