#include "app/DismissCommand.h"

#include "app/CommandOptions.h"
#include "app/DataLock.h"
#include "app/Printing.h"
#include "app/Translations.h"
#include "core/Words.h"
#include "jobs/Ledger.h"
#include "settings/Folders.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

std::optional<qint64> idFrom(const QString& word)
{
    const bool digits = std::ranges::all_of(word, [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool ok = false;
    const qint64 id = word.toLongLong(&ok);
    return ok && digits ? std::optional(id) : std::nullopt;
}

QString whyNot(const Ledger::Undismissable& request)
{
    const QString id = QString::number(request.id);
    if (request.state.isEmpty())
        return Words::tr("There is no request %1 in the spending log.").arg(id);
    if (request.state == "filed"_L1)
        return Words::tr("The image of request %1 is saved; there is nothing to dismiss.").arg(id);
    if (request.state == "cancelled"_L1)
        return Words::tr("Request %1 was cancelled; there is nothing to dismiss.").arg(id);
    return Words::tr("Request %1 has not ended.").arg(id);
}

int refuse(const QList<Ledger::Undismissable>& inTheWay)
{
    for (const Ledger::Undismissable& request : inTheWay)
        printLine(stderr, whyNot(request));
    printLine(stderr, Words::tr("Nothing was dismissed."));
    return ExitWrongUsage;
}

} // namespace

Parsed<DismissOptions> readDismiss(const QStringList& arguments, const ModelCatalog& /*models*/)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Dismisses requests that were refused, failed, or ended with an unknown outcome. "
                  "They stay in the spending log."));
    parser.addPositionalArgument(
        u"ID"_s, Words::tr("The requests, as “seedbook ledger” numbers them."), u"ID…"_s);
    parser.addOption({u"json"_s, Words::tr("Print one JSON object per line.")});
    addHelpOption(parser);
    if (auto reply = parse(parser, arguments))
        return *std::move(reply);
    DismissOptions options;
    for (const QString& word : parser.positionalArguments()) {
        const auto id = idFrom(word);
        if (!id)
            return wrongUsage(
                Words::tr("“%1” is not a request ID. Nothing was dismissed.").arg(word));
        if (!options.ids.contains(*id))
            options.ids.append(*id);
    }
    if (options.ids.isEmpty())
        return wrongUsage(Words::tr("“seedbook dismiss” needs the ID of at least one request. "
                                    "“seedbook ledger” lists them."));
    options.json = parser.isSet(u"json"_s);
    return options;
}

int runDismiss(Program& program, const DismissOptions& options)
{
    QCoreApplication application(program.argc, program.argv);
    installTranslations(application);
    const QString folder = Folders::standard().data;
    const QString path = Ledger::pathIn(folder);
    // Where there is no ledger there shall be none afterwards, nor a folder for it.
    if (QFileInfo(path).size() == 0) {
        QList<Ledger::Undismissable> all;
        for (const qint64 id : options.ids)
            all.append(Ledger::Undismissable{id, {}});
        return refuse(all);
    }
    DataLock lock(folder);
    if (const auto locked = lock.acquire(); !locked)
        return failWith(locked.error(), ExitCouldNotStart);
    Ledger ledger(path);
    const auto inTheWay = ledger.dismissEnded(options.ids).result();
    if (!inTheWay)
        return failWith(inTheWay.error(), ExitNotDone);
    if (!inTheWay->isEmpty())
        return refuse(*inTheWay);
    for (const qint64 id : options.ids) {
        const QString line =
            options.json ? jsonLine({{u"id"_s, id}, {u"dismissed"_s, true}})
                         : Words::tr("%1: dismissed. It stays in the spending log.").arg(id);
        if (!printLine(stdout, line))
            return outputFailed();
    }
    return ExitDone;
}

} // namespace seedbook
