#include "widgets/gallery/JobWords.h"

#include "core/ErrorWords.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("seedbook::JobWords", text);
}

} // namespace

bool canCancel(const Job& job)
{
    return job.state == JobState::Waiting;
}

bool canTryAgain(const Job& job)
{
    return job.state != JobState::Filed && (isEnded(job.state) || hasProblem(job));
}

bool canDismiss(const Job& job)
{
    return isEnded(job.state) && job.state != JobState::Filed;
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
    case JobState::Filed:
    case JobState::Cancelled:
        break;
    }
    return false;
}

QString stateWord(const Job& job)
{
    switch (job.state) {
    case JobState::Waiting:
        return tr("Waiting");
    case JobState::Sending:
        return job.receiving ? tr("Receiving") : tr("Sending");
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
        return tr("Outcome unknown");
    }
    return {};
}

QString shortWords(const Job& job)
{
    return hasProblem(job) ? describe(job.error).what : stateWord(job);
}

QString longWords(const Job& job)
{
    if (hasProblem(job))
        return sentence(job.error);
    switch (job.state) {
    case JobState::Waiting:
        return tr("Waiting for its turn. Nothing has been sent yet.");
    case JobState::Sending:
        return job.receiving ? tr("The picture is coming in.")
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
