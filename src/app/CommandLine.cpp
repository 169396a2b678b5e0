#include "app/CommandLine.h"

#include "app/BalanceCommand.h"
#include "app/CommandOptions.h"
#include "app/DismissCommand.h"
#include "app/GenerateCommand.h"
#include "app/Inspect.h"
#include "app/LedgerCommand.h"
#include "app/Printing.h"
#include "core/Version.h"
#include "core/Words.h"

#include <QCommandLineParser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct Verb
{
    QString name;
    QString help; // one line
    std::function<Parsed<BoundCommand>(const QStringList&, const ModelCatalog&)> read;
};

// What was read is kept for what runs it.
template <typename Options>
Parsed<BoundCommand> bound(Parsed<Options> parsed, int (*run)(Program&, const Options&))
{
    if (auto* reply = std::get_if<Reply>(&parsed))
        return std::move(*reply);
    return [run, options = std::get<Options>(std::move(parsed))](
               Program& program) { return run(program, options); };
}

template <typename Options>
Verb verb(const QString& name, const QString& help,
    Parsed<Options> (*read)(const QStringList&, const ModelCatalog&),
    int (*run)(Program&, const Options&))
{
    return {name, help, [read, run](const QStringList& arguments, const ModelCatalog& models) {
                return bound(read(arguments, models), run);
            }};
}

// All there are; without one the window opens.
QList<Verb> verbs()
{
    return {
        verb(u"generate"_s, Words::tr("Generate images without a window."), readGenerate,
            runGenerate),
        verb(u"inspect"_s, Words::tr("Print an image's parameters."), readInspect, runInspect),
        verb(u"ledger"_s, Words::tr("Print the spending log."), readLedger, runLedger),
        verb(u"balance"_s, Words::tr("Print your balance."), readBalanceOptions, runBalance),
        verb(u"dismiss"_s, Words::tr("Dismiss requests that ended without an image."), readDismiss,
            runDismiss),
    };
}

QString listed(const QList<Verb>& verbs)
{
    const auto longest =
        std::ranges::max(verbs, {}, [](const Verb& verb) { return verb.name.size(); });
    QString list;
    for (const Verb& verb : verbs)
        list += u"  "_s + verb.name.leftJustified(longest.name.size() + 2) + verb.help + u'\n';
    return list;
}

int openWindow(Program& program, const WindowOptions& options)
{
    if (program.openWindow)
        return program.openWindow(program, options);
    printLine(stderr, Words::tr("This build of Seedbook has no window. Use “seedbook generate”."));
    return ExitCouldNotStart;
}

Parsed<WindowOptions> readWindow(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("A sketchbook for images made with Qwen-Image.\n\nWithout a command, Seedbook "
                  "opens its window. See “seedbook COMMAND --help” for the options of a command."));
    addCommonOptions(parser);
    parser.addPositionalArgument(
        u"command"_s, Words::tr("One of the commands below."), u"[COMMAND …]"_s);
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return Reply{helpText(parser, u"seedbook"_s) + u'\n' + Words::tr("Commands:") + u'\n' +
                     listed(verbs())};
    if (parser.isSet(u"version"_s))
        return Reply{u"seedbook "_s + programVersion()};
    if (!parsed)
        return wrongUsage(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return wrongUsage(
            Words::tr("Unknown command “%1”.").arg(parser.positionalArguments().first()));
    WindowOptions options;
    if (auto wrong = readCommon(parser, options.common))
        return wrongUsage(*wrong);
    return options;
}

} // namespace

Parsed<BoundCommand> readCommandLine(const QStringList& arguments, const ModelCatalog& models)
{
    for (const Verb& verb : verbs()) {
        if (arguments.value(1) != verb.name)
            continue;
        QStringList rest = arguments;
        rest.removeAt(1);
        rest[0] = u"seedbook "_s + verb.name;
        return verb.read(rest, models);
    }
    return bound(readWindow(arguments), openWindow);
}

} // namespace seedbook
