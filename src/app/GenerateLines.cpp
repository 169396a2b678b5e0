#include "app/GenerateLines.h"

#include "app/Printing.h"
#include "core/ErrorText.h"
#include "core/Words.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString seedWords(const Request& request)
{
    return request.seed() ? Words::tr("seed %1").arg(request.seedText()) : Words::tr("no seed");
}

QString notSentText(const Request& request)
{
    return request.seed() ? Words::tr("cancelled: seed %1, not sent").arg(request.seedText())
                          : Words::tr("cancelled: no seed, not sent");
}

QString outcomeName(JobState state)
{
    switch (state) {
    case JobState::Filed:
        return u"filed"_s;
    case JobState::Refused:
        return u"refused"_s;
    case JobState::Cancelled:
        return u"cancelled"_s;
    case JobState::Unknown:
        return u"unknown"_s;
    case JobState::Received: // could not be filed; the bytes are kept
        return u"kept"_s;
    case JobState::Waiting:
    case JobState::Sending:
    case JobState::Accepted:
    case JobState::Failed:
        break;
    }
    return u"failed"_s;
}

QString errorWords(const Job& job)
{
    if (job.error == Error{})
        return {};
    ErrorText error = describe(job.error);
    if (job.practice && job.state == JobState::Unknown)
        error.todo = Words::tr("This was a practice image, so nothing was charged.");
    QString words = sentence(error);
    if (!job.spoolPath.isEmpty())
        words += u' ' + Words::tr("What arrived was saved as %1.").arg(job.spoolPath);
    return words;
}

double secondsOf(const Job& job)
{
    return job.sent.isValid() && job.ended.isValid()
               ? static_cast<double>(job.sent.msecsTo(job.ended)) / 1000
               : 0;
}

// Every line has these; what comes of no job costs nothing and took no time.
QJsonObject lineOf(const Request& request, const QString& outcome, const QString& error)
{
    return {
        {u"path"_s, QJsonValue()},
        {u"seed"_s, request.seed() ? QJsonValue(request.seed()->number()) : QJsonValue()},
        {u"outcome"_s, outcome},
        {u"width"_s, QJsonValue()},
        {u"height"_s, QJsonValue()},
        {u"seconds"_s, 0},
        {u"cost"_s, QJsonValue()},
        {u"error"_s, error.isEmpty() ? QJsonValue() : QJsonValue(error)},
    };
}

void addPicture(QJsonObject& line, const Picture& picture, Money cost)
{
    line.insert(u"path"_s, picture.path);
    line.insert(u"width"_s, picture.size.width());
    line.insert(u"height"_s, picture.size.height());
    line.insert(u"cost"_s, cost.usd());
}

QString jsonOf(const Job& job, bool isEarlier)
{
    QJsonObject line = lineOf(job.request, outcomeName(job.state), errorWords(job));
    line.insert(u"seconds"_s, secondsOf(job));
    if (job.state == JobState::Filed && job.picture) {
        addPicture(line, *job.picture, job.price);
        if (!job.practice && !job.priceConfirmed)
            line.insert(u"costEstimated"_s, true);
        if (job.reportedSeed)
            line.insert(u"reportedSeed"_s, job.reportedSeed->number());
    } else if (job.state == JobState::Received) {
        line.insert(u"path"_s, job.spoolPath);
    }
    if (isEarlier)
        line.insert(u"earlier"_s, true);
    return jsonLine(line);
}

QString plainLine(const Job& job, bool isEarlier)
{
    const QString seed = seedWords(job.request);
    QString line;
    if (job.state == JobState::Cancelled) {
        line = notSentText(job.request);
    } else if (job.state != JobState::Filed || !job.picture) {
        line = u"%1: %2. %3"_s.arg(outcomeName(job.state), seed, errorWords(job));
    } else {
        const QSize size = job.picture->size;
        const QString price = job.practice         ? Words::tr("practice")
                              : job.priceConfirmed ? job.price.text()
                                                   : estimated(job.price.text());
        line =
            u"%1  %2  %3×%4  %5 s  %6"_s.arg(job.picture->path, seed, QString::number(size.width()),
                QString::number(size.height()), QString::number(secondsOf(job), 'f', 1), price);
    }
    return isEarlier ? Words::tr("%1  (of an earlier run)").arg(line) : line;
}

} // namespace

QString jobLine(const Job& job, bool isEarlier, bool json)
{
    return json ? jsonOf(job, isEarlier) : plainLine(job, isEarlier);
}

QString thereLine(const Request& request, const Picture& picture, bool json)
{
    const bool rejected = picture.rating < 0;
    if (json) {
        QJsonObject line = lineOf(request, u"filed"_s, {});
        addPicture(line, picture, {});
        if (rejected)
            line.insert(u"rejected"_s, true);
        return jsonLine(line);
    }
    return u"%1  %2  %3×%4  %5"_s.arg(picture.path, seedWords(request),
        QString::number(picture.size.width()), QString::number(picture.size.height()),
        rejected ? Words::tr("already in the library, rejected, $0.00")
                 : Words::tr("already in the library, $0.00"));
}

QString unknownLine(const Request& request, const Job* job, bool practice, bool json)
{
    const QString error =
        job        ? errorWords(*job)
        : practice ? Words::tr("This request was sent before and its outcome is unknown.")
                   : Words::tr("This request was sent before and its outcome is unknown. You may "
                               "have been charged.");
    const QString outcome = outcomeName(JobState::Unknown);
    return json ? jsonLine(lineOf(request, outcome, error))
                : u"%1: %2. %3"_s.arg(outcome, seedWords(request), error);
}

QString notSentLine(const Request& request, const Error& error, bool json)
{
    return json ? jsonLine(lineOf(request, outcomeName(JobState::Cancelled), sentence(error)))
                : notSentText(request);
}

} // namespace seedbook
