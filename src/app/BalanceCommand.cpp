#include "app/BalanceCommand.h"

#include "app/CommandOptions.h"
#include "app/EnvironmentKey.h"
#include "app/Printing.h"
#include "app/ServiceAccess.h"
#include "app/Translations.h"
#include "core/ErrorText.h"
#include "core/Words.h"
#include "service/BalanceCall.h"
#include "settings/Folders.h"
#include "settings/KeyStore.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

int printBalance(const Balance& balance, const Endpoint& endpoint, bool json)
{
    const Money sum = balance.credits + balance.freeCredits.value_or(Money());
    const QString line =
        json ? jsonLine({{u"balance"_s, sum.usd()}, {u"credits"_s, balance.credits.usd()},
                   {u"freeCredits"_s,
                       balance.freeCredits ? QJsonValue(balance.freeCredits->usd()) : QJsonValue()},
                   {u"endpoint"_s, endpoint.name()}})
             : sum.text();
    return printLine(stdout, line) ? ExitDone : outputFailed();
}

} // namespace

Parsed<BalanceOptions> readBalanceOptions(
    const QStringList& arguments, const ModelCatalog& /*models*/)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Prints your balance at the service, free of charge."));
    parser.addOptions({endpointOption(), {u"json"_s, Words::tr("Print one JSON object.")}});
    addHelpOption(parser);
    if (auto reply = parse(parser, arguments))
        return *std::move(reply);
    if (!parser.positionalArguments().isEmpty())
        return wrongUsage(
            Words::tr("“%1” is not an option.").arg(parser.positionalArguments().first()));
    BalanceOptions options;
    if (auto wrong = readEndpoint(parser, options.endpoint))
        return wrongUsage(*wrong);
    options.json = parser.isSet(u"json"_s);
    return options;
}

int runBalance(Program& program, const BalanceOptions& options)
{
    QCoreApplication application(program.argc, program.argv);
    installTranslations(application);
    const Settings settings(Folders::standard().config + u"/seedbook.conf"_s);
    const ChosenEndpoint chosen = chosenEndpoint(options.endpoint, settings);
    if (chosen.problem) {
        printLine(stderr, sentence(*chosen.problem));
        printLine(stderr, Words::tr("Using the Segmind endpoint instead."));
    }
    applyProxy(settings.proxy());

    KeyStore keys(
        chosen.endpoint.origin(), environmentKeyFor(chosen.endpoint.origin(), options.endpoint));
    const auto answer = [&](const Result<Balance>& balance) {
        QCoreApplication::exit(balance ? printBalance(*balance, chosen.endpoint, options.json)
                                       : failWith(balance.error(), ExitNotDone));
    };
    QObject::connect(&keys, &KeyStore::loaded, &application, [&] {
        if (keys.key().isEmpty()) {
            QCoreApplication::exit(failWith({ErrorKind::MissingKey, {}, {}}, ExitWrongUsage));
            return;
        }
        auto* call = new BalanceCall(chosen.endpoint, keys.key(), &application);
        QObject::connect(call, &BalanceCall::finished, &application, answer);
    });
    // Once the loop runs: what ends the program before is not heard.
    QMetaObject::invokeMethod(&keys, &KeyStore::load, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace seedbook
