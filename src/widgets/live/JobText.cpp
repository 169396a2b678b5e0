#include "widgets/live/JobText.h"

#include "core/ErrorText.h"
#include "core/Words.h"

#include <QLocale>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Money priceAgain(const Job& job)
{
    return job.priceAgain.value_or(job.price);
}

QString clockText(const QDateTime& time)
{
    return QLocale().toString(time.toLocalTime().time(), u"HH:mm"_s);
}

// Why a job waits that would be sent otherwise; the first of these that holds.
enum class Hold {
    None,          // until it is its turn
    OnHold,        // since an earlier session
    Disk,          // these two hold all jobs
    Paused,        //
    EndpointState, // of its endpoint alone
    RateLimit,     //
    NextTry,       // of this job alone
};

Hold holdOf(const Job& job, const QueueCondition& condition)
{
    if (job.state != JobState::Waiting)
        return Hold::None;
    if (job.onHold)
        return Hold::OnHold;
    if (condition.disk)
        return Hold::Disk;
    if (condition.pausedByPerson)
        return Hold::Paused;
    const auto endpoint = condition.endpoints.constFind(job.endpoint);
    if (endpoint != condition.endpoints.cend()) {
        if (endpoint->pause)
            return Hold::EndpointState;
        if (endpoint->blockedUntil.isValid() && endpoint->blockedUntil > condition.now)
            return Hold::RateLimit;
    }
    const bool retries = job.notBefore.isValid() && job.notBefore > condition.now;
    return retries ? Hold::NextTry : Hold::None;
}

// Of the holds but OnHold.
std::optional<PauseText> holdWords(const Job& job, const QueueCondition& condition)
{
    switch (holdOf(job, condition)) {
    case Hold::Disk:
        return pauseText({PauseReason::Disk, *condition.disk});
    case Hold::Paused:
        return pauseText({});
    case Hold::EndpointState:
        return pauseText(*condition.endpoints.value(job.endpoint).pause);
    case Hold::RateLimit:
        return rateLimitText(condition.endpoints.value(job.endpoint).blockedUntil);
    case Hold::NextTry:
        return retryText(job.notBefore, job.error);
    case Hold::None:
    case Hold::OnHold:
        break;
    }
    return std::nullopt;
}

bool isUnreached(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::HostNotFound:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ProxyFailed:
    case ErrorKind::NetworkUnreachable:
        return true;
    default:
        return false;
    }
}

QString causeOf(const Pause& pause)
{
    switch (pause.reason) {
    case PauseReason::ByPerson:
        break;
    case PauseReason::Offline:
        return Words::tr("No network");
    case PauseReason::Insecure:
        return Words::tr("Connection not secure");
    case PauseReason::Key:
        return pause.error.kind == ErrorKind::MissingKey ? Words::tr("No API key")
                                                         : Words::tr("API key rejected");
    case PauseReason::Credits:
        return pause.error.kind == ErrorKind::SpendLimit ? Words::tr("Spending limit reached")
                                                         : Words::tr("Out of credits");
    case PauseReason::Disk:
        return pause.error.kind == ErrorKind::DiskFull ? Words::tr("Disk full")
                                                       : Words::tr("Cannot save");
    case PauseReason::Cap:
        return Words::tr("Spending cap reached");
    }
    return Words::tr("Paused");
}

// On v2 the service has the request whatever the call of this session has come to.
CallPhase phaseOf(const Job& job)
{
    return job.state == JobState::Accepted ? std::max(job.phase, CallPhase::Generating) : job.phase;
}

bool isGenerating(const Job& job)
{
    return isInFlight(job.state) && !job.unclaimed && phaseOf(job) == CallPhase::Generating;
}

} // namespace

bool canCancel(const Job& job)
{
    return job.state == JobState::Waiting || (isInFlight(job.state) && !job.unclaimed);
}

bool canTryAgain(const Job& job, const QueueCondition& condition)
{
    if (job.state == JobState::Waiting) {
        const Hold hold = holdOf(job, condition);
        return hold == Hold::OnHold || hold == Hold::EndpointState || hold == Hold::NextTry ||
               (hold == Hold::RateLimit && job.notBefore.isValid());
    }
    return job.state != JobState::Filed && (isEnded(job.state) || hasProblem(job));
}

bool canDismiss(const Job& job)
{
    return isEnded(job.state) && job.state != JobState::Filed;
}

bool canResumeQueue(const Job& job, const QueueCondition& condition)
{
    const Hold hold = holdOf(job, condition);
    return hold == Hold::Disk || hold == Hold::Paused;
}

QString cancelText(const Job& job)
{
    return isInFlight(job.state) ? Words::tr("Stop waiting") : Words::tr("Cancel");
}

QString tryAgainText(const Job& job, const QueueCondition& condition)
{
    if (job.state == JobState::Waiting) {
        if (job.onHold)
            return job.practice ? Words::tr("Resume")
                                : Words::tr("Resume · %1").arg(priceAgain(job).shortText());
        const auto hold = holdWords(job, condition);
        return hold ? hold->wayOut : Words::tr("Retry now");
    }
    if (job.state == JobState::Unknown && !job.practice)
        return Words::tr("Send again · %1").arg(priceAgain(job).shortText());
    return job.state == JobState::Unknown ? Words::tr("Send again") : Words::tr("Retry");
}

QString dismissText(const Job&)
{
    return Words::tr("Dismiss");
}

QString resumeQueueText(const QueueCondition& condition)
{
    return condition.disk ? Words::tr("Retry now") : Words::tr("Resume queue");
}

QString cancelTip(const Job& job)
{
    if (!isInFlight(job.state))
        return Words::tr("Remove from the queue. Nothing was sent or charged.");
    return job.practice ? Words::tr("If the image still arrives, it is saved and marked unclaimed.")
                        : Words::tr("The service keeps working and may charge for it. If the image "
                                    "arrives, it is saved and marked unclaimed.");
}

QString tryAgainTip(const Job& job, const QueueCondition& condition)
{
    if (job.state == JobState::Received)
        return Words::tr("Try to save the image again, free of charge");
    if (job.state == JobState::Waiting) {
        if (job.onHold)
            return Words::tr("Send this request now");
        return holdOf(job, condition) == Hold::EndpointState
                   ? Words::tr("Resume all requests to this service")
                   : Words::tr("Send now instead of waiting");
    }
    if (job.state == JobState::Unknown && !job.practice)
        return Words::tr(
            "Send the same request again for ≈%1. You may have been charged for the first one.")
            .arg(priceAgain(job).text());
    return Words::tr("Send the same request again");
}

QString dismissTip(const Job& job)
{
    return job.state == JobState::Unknown
               ? Words::tr(
                     "Remove from the gallery without sending again. It stays in the spending log.")
               : Words::tr("Remove from the gallery. It stays in the spending log.");
}

QString resumeQueueTip(const QueueCondition& condition)
{
    return condition.disk ? Words::tr("Try to save again and continue sending")
                          : Words::tr("Send all waiting requests");
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

ErrorText problemText(const Job& job)
{
    ErrorText words = describe(job.error);
    if (job.state != JobState::Unknown)
        return words;
    if (job.practice) {
        words.todo = Words::tr(
            "This was a practice image, so nothing was charged. Send it again if you want it.");
        return words;
    }
    switch (paidGuess(job)) {
    case PaidGuess::ProbablyPaid:
        words.todo =
            Words::tr("You have probably been charged: your balance fell from %1 to %2 and nothing "
                      "else was running. Sending again charges you a second time.")
                .arg(job.balanceBefore->text(), job.balanceAfter->text());
        break;
    case PaidGuess::ProbablyNot:
        words.todo = Words::tr("You have probably not been charged: your balance was %1 before and "
                               "%2 after, and nothing else was running.")
                         .arg(job.balanceBefore->text(), job.balanceAfter->text());
        break;
    case PaidGuess::None:
        break;
    }
    return words;
}

QString stateText(const Job& job, const QueueCondition& condition)
{
    switch (job.state) {
    case JobState::Waiting:
        if (job.onHold)
            return Words::tr("On hold");
        if (const auto hold = holdWords(job, condition))
            return hold->cause;
        return Words::tr("Waiting");
    case JobState::Sending:
    case JobState::Accepted:
        if (job.unclaimed)
            return Words::tr("Waiting stopped");
        switch (phaseOf(job)) {
        case CallPhase::Connecting:
            return Words::tr("Connecting");
        case CallPhase::Generating:
            return Words::tr("Generating");
        case CallPhase::Downloading:
            return Words::tr("Downloading");
        }
        break;
    case JobState::Received:
        return hasProblem(job) ? Words::tr("Not saved yet") : Words::tr("Saving");
    case JobState::Filed:
        return Words::tr("Done");
    case JobState::Refused:
        return Words::tr("Refused");
    case JobState::Failed:
        return Words::tr("Failed");
    case JobState::Cancelled:
        return Words::tr("Cancelled");
    case JobState::Unknown:
        switch (paidGuess(job)) {
        case PaidGuess::ProbablyPaid:
            return Words::tr("Unknown, probably charged");
        case PaidGuess::ProbablyNot:
            return Words::tr("Unknown, probably not charged");
        case PaidGuess::None:
            return Words::tr("Outcome unknown");
        }
    }
    return {};
}

QString timeText(const Job& job, const QueueCondition& condition)
{
    const bool ended = job.sent.isValid() && job.ended.isValid();
    if (!ended && !isGenerating(job))
        return {};
    const qint64 seconds = elapsed(job, condition.now).count() / 1000;
    const qint64 expected = (job.expected.count() + 500) / 1000;
    if (ended || expected == 0 || seconds > expected)
        return Words::tr("%1 s").arg(seconds);
    return Words::tr("%1 s of about %2 s").arg(seconds).arg(expected);
}

QString stateTimeText(const Job& job, const QueueCondition& condition)
{
    const QString state = stateText(job, condition);
    return isGenerating(job) ? state + u" · "_s + timeText(job, condition) : state;
}

QString summaryText(const Job& job, const QueueCondition& condition)
{
    if (job.state == JobState::Unknown && paidGuess(job) != PaidGuess::None)
        return stateText(job, condition);
    return hasProblem(job) ? problemText(job).what : stateTimeText(job, condition);
}

QString longText(const Job& job, const QueueCondition& condition)
{
    if (hasProblem(job))
        return sentence(problemText(job));
    switch (job.state) {
    case JobState::Waiting:
        if (job.onHold)
            return Words::tr("On hold since your last session. Resume it to send it. Nothing was "
                             "sent or charged.");
        if (const auto hold = holdWords(job, condition))
            return hold->details;
        if (job.error != Error{})
            return sentence(job.error);
        return Words::tr("Waiting for its turn. Nothing was sent or charged.");
    case JobState::Sending:
    case JobState::Accepted:
        if (job.unclaimed)
            return Words::tr("You stopped waiting. If the image still arrives, it is saved and "
                             "marked unclaimed.");
        switch (phaseOf(job)) {
        case CallPhase::Connecting:
            return Words::tr("Connecting to the service.");
        case CallPhase::Generating:
            return job.state == JobState::Accepted
                       ? Words::tr("The service is generating the image. You can close Seedbook "
                                   "and fetch it within an hour.")
                       : Words::tr("The service is generating the image.");
        case CallPhase::Downloading:
            return Words::tr("Downloading the image.");
        }
        return {};
    case JobState::Received:
        return Words::tr("The image has arrived and is being saved.");
    case JobState::Cancelled:
        return Words::tr("Cancelled before it was sent. Nothing was charged.");
    default:
        return stateText(job, condition);
    }
}

QString detailText(const Job& job, const QueueCondition& condition)
{
    const QString words = longText(job, condition);
    return isGenerating(job) ? stateTimeText(job, condition) + u". "_s + words : words;
}

PauseText pauseText(const Pause& pause)
{
    PauseText words{causeOf(pause), sentence(pause.error), Words::tr("Resume")};
    switch (pause.reason) {
    case PauseReason::ByPerson:
        words.details = Words::tr("Paused. Running requests continue; resume to send the rest.");
        break;
    case PauseReason::Disk:
        if (pause.error.kind == ErrorKind::LibraryGone)
            words.details +=
                u' ' +
                Words::tr("Images that arrived are kept until then, and nothing more is sent.");
        else if (pause.error.kind != ErrorKind::DatabaseError &&
                 pause.error.kind != ErrorKind::DatabaseGone)
            words.details +=
                u' ' + Words::tr("Nothing is lost: images that arrived are kept, and are saved as "
                                 "soon as there is room. Nothing more is sent until then.");
        words.wayOut = Words::tr("Retry now");
        break;
    case PauseReason::Offline:
        words.wayOut = Words::tr("Retry now");
        break;
    default:
        break;
    }
    return words;
}

PauseText rateLimitText(const QDateTime& until)
{
    const QString time = clockText(until);
    return {Words::tr("Rate limit · %1").arg(time),
        Words::tr("Rate limit reached. Sending continues at %1.").arg(time),
        Words::tr("Retry now")};
}

PauseText retryText(const QDateTime& at, const Error& error)
{
    const QString time = clockText(at);
    QString details = Words::tr("Retrying at %1.").arg(time);
    if (error != Error{})
        details = sentence(error) + u' ' + details;
    return {isUnreached(error) ? Words::tr("No network · retrying at %1").arg(time)
                               : Words::tr("Retrying at %1").arg(time),
        details, Words::tr("Retry now")};
}

QList<PauseText> reasonsOf(const QueueCondition& condition)
{
    QList<PauseText> reasons;
    if (condition.disk)
        reasons.append(pauseText({PauseReason::Disk, *condition.disk}));
    if (condition.pausedByPerson)
        reasons.append(pauseText({}));
    for (const QueueCondition::EndpointState& endpoint : condition.endpoints) {
        if (endpoint.pause)
            reasons.append(pauseText(*endpoint.pause));
    }
    for (const QueueCondition::EndpointState& endpoint : condition.endpoints) {
        if (!endpoint.pause)
            reasons.append(rateLimitText(endpoint.blockedUntil));
    }
    return reasons;
}

std::chrono::milliseconds elapsed(const Job& job, const QDateTime& now)
{
    if (!job.sent.isValid())
        return {};
    const QDateTime until = job.ended.isValid() ? job.ended : now;
    // A clock that was set back must not count below zero.
    return std::chrono::milliseconds(std::max<qint64>(0, job.sent.msecsTo(until)));
}

} // namespace seedbook
