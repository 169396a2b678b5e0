#include "widgets/gallery/JobWords.h"

#include "core/ErrorWords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("seedbook", text);
}

Money priceAgain(const Job& job)
{
    return job.priceAgain.value_or(job.price);
}

} // namespace

bool canCancel(const Job& job)
{
    return job.state == JobState::Waiting || (isOut(job.state) && !job.unclaimed);
}

bool canTryAgain(const Job& job)
{
    if (job.state == JobState::Waiting)
        return job.notBefore.isValid();
    return job.state != JobState::Filed && (isEnded(job.state) || hasProblem(job));
}

bool canDismiss(const Job& job)
{
    return isEnded(job.state) && job.state != JobState::Filed;
}

QString cancelText(const Job& job)
{
    return isOut(job.state) ? tr("Stop waiting") : tr("Cancel");
}

QString tryAgainText(const Job& job)
{
    if (job.state == JobState::Waiting)
        return tr("Try now");
    if (job.state == JobState::Unknown && !job.practice)
        return tr("Send again · %1").arg(priceAgain(job).shortText());
    return job.state == JobState::Unknown ? tr("Send again") : tr("Try again");
}

QString dismissText(const Job& job)
{
    return job.state == JobState::Unknown ? tr("Let it be") : tr("Dismiss");
}

QString cancelTip(const Job& job)
{
    if (!isOut(job.state))
        return tr("Take it out of the queue. Nothing has been sent or charged.");
    return job.practice
               ? tr("The picture is kept if it still comes, marked as unclaimed.")
               : tr("The service cannot be stopped and may charge for it. The picture is kept if "
                    "it still comes, marked as unclaimed.");
}

QString tryAgainTip(const Job& job)
{
    if (job.state == JobState::Received)
        return tr("Save the picture again. This costs nothing.");
    if (job.state == JobState::Waiting)
        return tr("Do not wait for the next attempt's time.");
    if (job.state == JobState::Unknown && !job.practice)
        return tr("Send the same request again, with the same seed, for ≈%1. The first one may "
                  "have been charged.")
            .arg(priceAgain(job).text());
    return tr("Send the same request again, with the same seed.");
}

QString dismissTip(const Job& job)
{
    return job.state == JobState::Unknown
               ? tr("Take the card away and send nothing. The ledger keeps the record.")
               : tr("Take the card away. The record of it stays.");
}

bool hasProblem(const Job& job)
{
    switch (job.state) {
    case JobState::Refused:
    case JobState::Failed:
    case JobState::Unknown:
        return true;
    case JobState::Received:
        return job.error != Error{};
    case JobState::Waiting:
    case JobState::Sending:
    case JobState::Accepted:
    case JobState::Filed:
    case JobState::Cancelled:
        break;
    }
    return false;
}

ErrorWords problemWords(const Job& job)
{
    ErrorWords words = describe(job.error);
    if (job.state != JobState::Unknown)
        return words;
    if (job.practice) {
        words.todo = tr("This was practice: nothing is charged. Send it again if you want it.");
        return words;
    }
    switch (paidGuess(job)) {
    case PaidGuess::ProbablyPaid:
        words.todo = tr("Probably paid: the balance went from %1 to %2 meanwhile, and nothing else "
                        "ran. Sending again would pay a second time.")
                         .arg(job.balanceBefore->text(), job.balanceAfter->text());
        break;
    case PaidGuess::ProbablyNot:
        words.todo = tr("Probably not paid: the balance was %1 before and is %2 after it, and "
                        "nothing else ran.")
                         .arg(job.balanceBefore->text(), job.balanceAfter->text());
        break;
    case PaidGuess::None:
        break;
    }
    return words;
}

QString stateWord(const Job& job)
{
    switch (job.state) {
    case JobState::Waiting:
        if (job.notBefore.isValid())
            return tr("Next try %1")
                .arg(QLocale().toString(job.notBefore.toLocalTime().time(), QLocale::ShortFormat));
        return job.held ? tr("Waits for you") : tr("Waiting");
    case JobState::Sending:
    case JobState::Accepted:
        if (job.unclaimed)
            return tr("Not waited for");
        if (job.phase == CallPhase::Downloading)
            return tr("Receiving");
        return job.state == JobState::Accepted ? tr("In the making") : tr("Sending");
    case JobState::Received:
        return hasProblem(job) ? tr("Not saved yet") : tr("Saving");
    case JobState::Filed:
        return tr("Done");
    case JobState::Refused:
        return tr("Refused");
    case JobState::Failed:
        return tr("Failed");
    case JobState::Cancelled:
        return tr("Cancelled");
    case JobState::Unknown:
        switch (paidGuess(job)) {
        case PaidGuess::ProbablyPaid:
            return tr("Unknown, probably paid");
        case PaidGuess::ProbablyNot:
            return tr("Unknown, probably not paid");
        case PaidGuess::None:
            return tr("Outcome unknown");
        }
    }
    return {};
}

QString shortWords(const Job& job)
{
    if (job.state == JobState::Unknown && paidGuess(job) != PaidGuess::None)
        return stateWord(job);
    return hasProblem(job) ? problemWords(job).what : stateWord(job);
}

QString longWords(const Job& job)
{
    if (hasProblem(job))
        return sentence(problemWords(job));
    switch (job.state) {
    case JobState::Waiting:
        if (job.error != Error{})
            return sentence(job.error);
        return job.held ? tr("It waits since the program was last closed, and is sent when you say "
                             "so. Nothing has been sent yet.")
                        : tr("Waiting for its turn. Nothing has been sent yet.");
    case JobState::Sending:
    case JobState::Accepted:
        if (job.unclaimed)
            return tr("You stopped waiting for it. The service cannot be stopped; if the picture "
                      "comes, it is kept and marked as unclaimed.");
        if (job.phase == CallPhase::Downloading)
            return tr("The picture is coming in.");
        return job.state == JobState::Accepted
                   ? tr("The service has taken the request and makes the picture. It can be "
                        "fetched "
                        "even if the program is closed meanwhile.")
                   : tr("The request is out. The service is making the picture.");
    case JobState::Received:
        return tr("The picture is here and is being saved.");
    case JobState::Cancelled:
        return tr("Cancelled before it was sent. Nothing was charged.");
    default:
        return stateWord(job);
    }
}

std::chrono::milliseconds elapsed(const Job& job, const QDateTime& now)
{
    if (!job.sent.isValid())
        return {};
    const QDateTime until = job.ended.isValid() ? job.ended : now;
    // A clock that was set back must not count below zero.
    return std::chrono::milliseconds(std::max<qint64>(0, job.sent.msecsTo(until)));
}

QString elapsedWords(const Job& job, const QDateTime& now)
{
    const auto gone = elapsed(job, now);
    const qint64 seconds = gone.count() / 1000;
    if (gone > job.expected)
        return tr("%1 s").arg(seconds);
    return tr("%1/%2 s").arg(seconds).arg((job.expected.count() + 500) / 1000);
}

} // namespace seedbook
