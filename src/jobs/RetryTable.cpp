#include "jobs/RetryTable.h"

#include "core/ImageService.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

using std::chrono::milliseconds;

// After the first, second … try; with the tries themselves within two minutes.
constexpr std::array unreachedWaits{
    milliseconds(4'000), milliseconds(10'000), milliseconds(25'000), milliseconds(60'000)};
constexpr std::array gatewayWaits{milliseconds(5'000), milliseconds(15'000)};
constexpr milliseconds firstLimitedWait{15'000};
constexpr milliseconds longestLimitedWait{300'000};
constexpr milliseconds shortestTold{1'000};
constexpr milliseconds longestTold{3'600'000};

bool isUnreached(ErrorKind kind)
{
    return kind == ErrorKind::HostNotFound || kind == ErrorKind::ConnectionRefused ||
           kind == ErrorKind::ProxyFailed || kind == ErrorKind::NetworkUnreachable;
}

std::optional<PauseReason> pauseFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::WrongKey:
    case ErrorKind::Forbidden:
    case ErrorKind::MissingKey:
    case ErrorKind::UnusableKey:
        return PauseReason::Key;
    case ErrorKind::InsufficientCredits:
    case ErrorKind::SpendLimit:
        return PauseReason::Credits;
    case ErrorKind::TlsFailed:
        return PauseReason::Insecure;
    default:
        return std::nullopt;
    }
}

// What the service says of the time, else a doubling one.
milliseconds limitedWait(const CallInfo& info, int streak, const QDateTime& now)
{
    if (const auto reset = readResetTime(info.rateLimitReset, now))
        return std::clamp(milliseconds(now.msecsTo(*reset)), shortestTold, longestTold);
    if (info.retryAfter)
        return std::clamp(*info.retryAfter, shortestTold, longestTold);
    return std::min(firstLimitedWait * (1 << std::clamp(streak, 0, 8)), longestLimitedWait);
}

} // namespace

RetryVerdict RetryTable::judge(const CallFailure& failure, Tries& tries, int limitedStreak,
    const QDateTime& now, double random) const
{
    const auto spread = [random, this](milliseconds wait) {
        return milliseconds(
            static_cast<qint64>(static_cast<double>(wait.count()) * (0.9 + 0.2 * random) * m_pace));
    };
    const ErrorKind kind = failure.error.kind;
    RetryVerdict verdict;
    verdict.pause = pauseFor(kind);
    switch (failure.reach) {
    case CallFailure::Reach::Unknown:
        return {};
    case CallFailure::Reach::NotSent:
        if (kind == ErrorKind::MissingKey) {
            verdict.state = JobState::Waiting; // the keychain may answer yet
            return verdict;
        }
        if (!isUnreached(kind)) {
            verdict.state = kind == ErrorKind::TlsFailed ? JobState::Refused : JobState::Failed;
            return verdict;
        }
        verdict.state = JobState::Waiting;
        if (tries.unreached < static_cast<int>(unreachedWaits.size())) {
            verdict.wait = spread(unreachedWaits.at(static_cast<std::size_t>(tries.unreached++)));
        } else {
            tries = {};
            verdict.pause = PauseReason::Offline;
        }
        return verdict;
    case CallFailure::Reach::Refused:
        break;
    }
    if (kind == ErrorKind::RateLimited) {
        verdict.state = JobState::Waiting;
        verdict.wait = limitedWait(failure.info, limitedStreak, now);
        const bool told =
            readResetTime(failure.info.rateLimitReset, now) || failure.info.retryAfter;
        // Not before the time that the service named; a little after it, and not all at once.
        verdict.wait =
            told ? milliseconds(static_cast<qint64>(
                       static_cast<double>(verdict.wait.count()) * m_pace * (1 + 0.1 * random)))
                 : spread(verdict.wait);
        verdict.wholeEndpoint = true;
        return verdict;
    }
    if ((kind == ErrorKind::BadGateway || kind == ErrorKind::ServiceUnavailable) &&
        tries.gateway < static_cast<int>(gatewayWaits.size())) {
        verdict.state = JobState::Waiting;
        verdict.wait = spread(gatewayWaits.at(static_cast<std::size_t>(tries.gateway++)));
        return verdict;
    }
    const bool failed = kind == ErrorKind::JobFailed || failure.error.httpStatus >= 500;
    verdict.state = failed ? JobState::Failed : JobState::Refused;
    return verdict;
}

std::optional<QDateTime> readResetTime(const QString& text, const QDateTime& now)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::nullopt;
    QDateTime time;
    bool isNumber = false;
    const double number = trimmed.toDouble(&isNumber);
    if (isNumber) {
        constexpr double day = 86'400;
        if (!(number > 0) || number > 1e14)
            return std::nullopt;
        if (number <= day)
            time = now.addMSecs(static_cast<qint64>(number * 1000));
        else if (number < 1e11)
            time = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(number * 1000), Qt::UTC);
        else
            time = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(number), Qt::UTC);
    } else {
        time = QDateTime::fromString(trimmed, Qt::ISODateWithMs);
        if (!time.isValid()) {
            QString spaced = trimmed; // "2026-11-24 12:00:00"
            if (spaced.size() > 10 && spaced.at(10) == u' ')
                spaced[10] = u'T';
            time = QDateTime::fromString(spaced.remove(u" UTC"_s), Qt::ISODateWithMs);
        }
        if (time.isValid() && time.timeSpec() == Qt::LocalTime)
            time.setTimeSpec(Qt::UTC); // it names no zone, and the header's name says which
        if (!time.isValid()) {
            QString mail = trimmed;
            if (mail.endsWith(u"GMT"_s))
                mail.replace(mail.size() - 3, 3, u"+0000"_s);
            time = QDateTime::fromString(mail, Qt::RFC2822Date);
        }
    }
    if (!time.isValid() || time <= now || now.secsTo(time) > 86'400)
        return std::nullopt;
    return time.toUTC();
}

} // namespace seedbook
