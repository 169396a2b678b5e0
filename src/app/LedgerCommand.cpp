#include "app/LedgerCommand.h"

#include "app/CommandOptions.h"
#include "app/Printing.h"
#include "app/Translations.h"
#include "core/Counts.h"
#include "core/Text.h"
#include "core/Words.h"
#include "jobs/Ledger.h"
#include "jobs/SpendingLog.h"
#include "settings/Folders.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Rows in memory at a time.
constexpr int pageSize = 500;
constexpr qsizetype promptLength = 60;

// As `generate` calls it; empty while there is none.
QString outcomeOf(const SpendingRow& row)
{
    if (row.state == "received"_L1)
        return u"kept"_s;
    const bool ended =
        row.state != "waiting"_L1 && row.state != "sending"_L1 && row.state != "accepted"_L1;
    return ended ? row.state : QString();
}

QString priceText(const SpendingRow& row)
{
    if (row.practice)
        return Words::tr("practice");
    if (row.isFree())
        return Money().text();
    return row.told ? row.price.text() : estimated(row.price.text());
}

// The first row is the newest: no other has a longer ID.
QString plainLine(const SpendingRow& row, qsizetype idWidth)
{
    const QString outcome = outcomeOf(row);
    // Cut first: a prompt can be long, and only its beginning is shown.
    const QString prompt = elided(printableLine(row.prompt.left(promptLength * 4)), promptLength);
    return QStringList{QString::number(row.id).rightJustified(idWidth),
        row.created.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s),
        (outcome.isEmpty() ? row.state : outcome).leftJustified(9),
        row.seedText().rightJustified(10), priceText(row).rightJustified(9), prompt}
        .join(u"  "_s);
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue isoTime(const QDateTime& time)
{
    return orNull(time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString());
}

QJsonObject jsonObject(const SpendingRow& row)
{
    const QString outcome = outcomeOf(row);
    const QString path = row.state == "filed"_L1      ? row.picturePath
                         : row.state == "received"_L1 ? row.spoolPath
                                                      : QString();
    return {
        {u"id"_s, row.id},
        {u"created"_s, isoTime(row.created)},
        {u"sent"_s, isoTime(row.sent)},
        {u"ended"_s, isoTime(row.ended)},
        {u"state"_s, row.state},
        {u"outcome"_s, orNull(outcome)},
        {u"seed"_s, row.seed ? QJsonValue(row.seed->number()) : QJsonValue()},
        {u"model"_s, row.model},
        {u"prompt"_s, row.prompt},
        {u"endpoint"_s, row.endpoint},
        {u"transport"_s, row.transport},
        {u"practice"_s, row.practice},
        {u"unclaimed"_s, row.unclaimed},
        {u"dismissed"_s, row.dismissed},
        {u"attempts"_s, row.attempts},
        {u"httpStatus"_s, row.httpStatus > 0 ? QJsonValue(row.httpStatus) : QJsonValue()},
        {u"requestId"_s,
            orNull(row.serviceRequestId.isEmpty() ? row.remoteId : row.serviceRequestId)},
        {u"cost"_s, row.isFree() ? 0 : row.price.usd()},
        {u"costEstimated"_s, !row.isFree() && !row.told},
        {u"path"_s, orNull(path)},
        {u"actions"_s, QJsonArray::fromStringList(row.actions.split(u", "_s, Qt::SkipEmptyParts))},
    };
}

QString sumsLine(const SpendingSums& sums, bool json)
{
    if (json)
        return jsonLine(
            {{u"sums"_s, QJsonObject{{u"jobs"_s, sums.jobs}, {u"filed"_s, sums.filed},
                             {u"paid"_s, sums.paid.usd()}, {u"unknown"_s, sums.unknown.usd()}}}});
    QStringList parts{requestsText(sums.jobs), imagesText(sums.filed),
        Words::tr("Charged %1").arg(sums.paid.text())};
    if (sums.unknown != Money())
        parts.append(Words::tr("Running or unknown %1").arg(estimated(sums.unknown.text())));
    return parts.join(u" · "_s);
}

int printLedger(SpendingLog log, const LedgerOptions& options)
{
    SpendingFilter filter;
    if (options.unknown) {
        filter.states = {u"unknown"_s};
        filter.undismissed = true;
    }
    qsizetype idWidth = 0;
    qint64 before = 0;
    bool more = true;
    while (more) {
        const auto rows = log.page(filter, before, pageSize).result();
        if (!rows)
            return failWith(rows.error(), ExitNotDone);
        for (const SpendingRow& row : *rows) {
            idWidth = std::max(idWidth, QString::number(row.id).size());
            before = row.id;
            if (!printLine(
                    stdout, options.json ? jsonLine(jsonObject(row)) : plainLine(row, idWidth)))
                return outputFailed();
        }
        more = rows->size() == pageSize;
    }
    const auto sums = log.sums(filter).result();
    if (!sums)
        return failWith(sums.error(), ExitNotDone);
    if (!printLine(stdout, sumsLine(*sums, options.json)))
        return outputFailed();
    if (options.unknown && !options.json && before > 0) {
        printLine(stderr, Words::tr("To see what was charged: seedbook balance"));
        printLine(stderr, Words::tr("To dismiss a request: seedbook dismiss ID"));
    }
    return ExitDone;
}

} // namespace

Parsed<LedgerOptions> readLedger(const QStringList& arguments, const ModelCatalog& /*models*/)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Prints the spending log: every request, newest first, and the totals."));
    parser.addOptions({
        {u"json"_s, Words::tr("Print one JSON object per line.")},
        {u"unknown"_s, Words::tr("Only requests whose outcome is unknown and that were not "
                                 "dismissed.")},
    });
    addHelpOption(parser);
    if (auto reply = parse(parser, arguments))
        return *std::move(reply);
    if (!parser.positionalArguments().isEmpty())
        return wrongUsage(
            Words::tr("“%1” is not an option.").arg(parser.positionalArguments().first()));
    return LedgerOptions{parser.isSet(u"json"_s), parser.isSet(u"unknown"_s)};
}

int runLedger(Program& program, const LedgerOptions& options)
{
    QCoreApplication application(program.argc, program.argv);
    installTranslations(application);
    const QString path = Ledger::pathIn(Folders::standard().data);
    // An empty one is what is left where a first start was ended too early.
    if (QFileInfo(path).size() == 0) {
        printLine(stderr, Words::tr("There is no spending log yet."));
        return printLine(stdout, sumsLine({}, options.json)) ? ExitDone : outputFailed();
    }
    Ledger ledger(path, Ledger::Access::ReadOnly);
    return printLedger(SpendingLog(ledger), options);
}

} // namespace seedbook
