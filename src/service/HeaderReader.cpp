#include "service/HeaderReader.h"

#include "core/OutsideJson.h"
#include "core/Text.h"

#include <QJsonObject>
#include <QSize>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr double mostUsd = 1e6;
constexpr double mostSeconds = 24 * 3600;
constexpr int mostPixels = 65535;
constexpr qsizetype longestWord = 128;
constexpr qsizetype longestMetadata = 16 << 10;

std::optional<double> number(const QByteArray& value, double least, double most)
{
    bool good = false;
    const double number = value.trimmed().toDouble(&good);
    // toDouble() reads "nan" and "inf" too.
    if (!good || !std::isfinite(number) || number < least || number > most)
        return std::nullopt;
    return number;
}

std::optional<Money> money(const QByteArray& value, double least)
{
    const auto usd = number(value, least, mostUsd);
    return usd ? std::optional(Money::fromUsd(*usd)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> seconds(const QByteArray& value)
{
    const auto s = number(value, 0, mostSeconds);
    return s ? std::optional(std::chrono::milliseconds(std::llround(*s * 1000))) : std::nullopt;
}

// Both forms of RFC 9110: seconds, or a date.
std::optional<std::chrono::milliseconds> retryAfter(const QByteArray& value, const QDateTime& now)
{
    if (const auto wait = seconds(value))
        return wait;
    // HTTP's dates are always GMT, a name that Qt's parser does not know.
    QString text = QString::fromLatin1(value.trimmed());
    text.replace("GMT"_L1, "+0000"_L1, Qt::CaseInsensitive);
    const QDateTime date = QDateTime::fromString(text, Qt::RFC2822Date);
    if (!date.isValid())
        return std::nullopt;
    const std::chrono::milliseconds wait(now.msecsTo(date));
    if (wait < 0ms || wait > std::chrono::seconds(qint64(mostSeconds)))
        return std::nullopt;
    return wait;
}

std::optional<Seed> seed(const QByteArray& value)
{
    const auto whole = number(value, 0, static_cast<double>(Seed::largest));
    if (!whole || *whole != std::floor(*whole))
        return std::nullopt;
    return Seed::fromNumber(static_cast<qint64>(*whole));
}

QString word(const QByteArray& value)
{
    constexpr qsizetype most = 4096; // a key that is cut in two would not be known
    const QByteArray trimmed = value.trimmed();
    QString text;
    for (const char c : trimmed.first(std::min(trimmed.size(), most))) {
        if (c >= ' ' && c < '\x7f')
            text += QLatin1Char(c);
    }
    text = redacted(text);
    return text.first(std::min(text.size(), longestWord));
}

QSize announcedSize(const QByteArray& value)
{
    if (value.size() > longestMetadata)
        return {};
    const QJsonObject object = readOutsideJson(value).object();
    const int width = object.value("width"_L1).toInt();
    const int height = object.value("height"_L1).toInt();
    if (width < 1 || height < 1 || width > mostPixels || height > mostPixels)
        return {};
    return {width, height};
}

} // namespace

CallInfo readHeaders(
    int status, const QList<QPair<QByteArray, QByteArray>>& headers, const QDateTime& now)
{
    CallInfo info;
    info.httpStatus = status;
    for (const auto& [key, value] : headers) {
        const QByteArray name = key.trimmed().toLower();
        if (name == "x-request-id")
            info.serviceRequestId = word(value);
        else if (name == "x-cost")
            info.cost = money(value, 0);
        else if (name == "x-remaining-credits")
            info.remainingCredits = money(value, -mostUsd);
        else if (name == "x-generation-time")
            info.generationTime = seconds(value);
        else if (name == "retry-after")
            info.retryAfter = retryAfter(value, now);
        else if (name == "x-rate-limit-reset-at-utc")
            info.rateLimitReset = word(value);
        else if (name == "x-seed-value")
            info.seedUsed = seed(value);
        else if (name == "x-output-metadata")
            info.announcedSize = announcedSize(value);
    }
    return info;
}

} // namespace seedbook
