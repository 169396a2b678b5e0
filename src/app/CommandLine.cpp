#include "app/CommandLine.h"

#include "core/ErrorWords.h"
#include "core/Seed.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int largestCount = 100;
constexpr int largestJobs = 6;

QString tr(const char* text)
{
    return QCoreApplication::translate("seedbook", text);
}

const QString libraryOption = u"library"_s;
const QString endpointOption = u"endpoint"_s;
const QString practiceOption = u"practice"_s;
const QString practiceSecondsOption = u"practice-seconds"_s;
const QString modelOption = u"model"_s;
const QString countOption = u"count"_s;
const QString jobsOption = u"jobs"_s;
const QString jsonOption = u"json"_s;
const QString resumeOption = u"resume"_s;
const QString recoverableOption = u"recoverable"_s;
const QString runAnywayOption = u"run-anyway"_s;

// Qt takes the program's name from the application, which is not there yet.
QString helpText(const QCommandLineParser& parser, const QString& program)
{
    return parser.helpText().replace(u"<executable_name>"_s, program);
}

void addCommonOptions(QCommandLineParser& parser)
{
    parser.addOptions({
        {libraryOption, tr("The folder that holds the pictures."), tr("folder")},
        {endpointOption, tr("The base address of the service."), tr("URL")},
        {practiceOption, tr("Draw practice pictures on this computer; costs nothing.")},
        {practiceSecondsOption, tr("How long the practice service takes (default 3)."),
            tr("seconds")},
        {{u"h"_s, u"help"_s}, tr("Show this help.")},
        {{u"v"_s, u"version"_s}, tr("Show the version.")},
    });
}

// The value of a switch-like option with a range, or nothing after an error was put into `error`.
std::optional<int> wholeNumber(const QCommandLineParser& parser, const QString& option,
    int fallback, int smallest, int largest, QString& error)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const int number = parser.value(option).toInt(&ok);
    if (ok && number >= smallest && number <= largest)
        return number;
    error =
        tr("--%1 must be a whole number from %2 to %3, not “%4”.")
            .arg(option, QString::number(smallest), QString::number(largest), parser.value(option));
    return std::nullopt;
}

std::optional<QString> readCommon(const QCommandLineParser& parser, CommonOptions& common)
{
    if (parser.isSet(libraryOption)) {
        common.library = parser.value(libraryOption);
        if (common.library.isEmpty())
            return tr("--library must name a folder.");
    }
    common.practice = parser.isSet(practiceOption);
    if (parser.isSet(endpointOption)) {
        if (common.practice)
            return tr("--practice and --endpoint exclude each other.");
        auto endpoint = Endpoint::parse(parser.value(endpointOption));
        if (!endpoint)
            return sentence(endpoint.error());
        common.endpoint = *endpoint;
    }
    if (parser.isSet(practiceSecondsOption)) {
        bool ok = false;
        const double seconds = parser.value(practiceSecondsOption).toDouble(&ok);
        if (!ok || !(seconds >= 0 && seconds <= 3600))
            return tr("--practice-seconds must be a number from 0 to 3600, not “%1”.")
                .arg(parser.value(practiceSecondsOption));
        common.practiceTime = std::chrono::milliseconds(std::llround(seconds * 1000));
    }
    return std::nullopt;
}

QString optionHelp(const Parameter& parameter)
{
    QStringList notes;
    if (!parameter.allowed.isEmpty())
        notes.append(parameter.allowed.join(u", "_s));
    if (parameter.minimum && parameter.maximum)
        notes.append(tr("%1 to %2")
                         .arg(QString::number(*parameter.minimum, 'g', 15),
                             QString::number(*parameter.maximum, 'g', 15)));
    if (parameter.role == ParameterRole::Seed)
        notes.append(tr("-1 is random"));
    if (!parameter.defaultValue.isUndefined() && parameter.type != ParameterType::Boolean)
        notes.append(tr("default %1").arg(parameter.defaultValue.toVariant().toString()));
    const QString help =
        QCoreApplication::translate("models", parameter.description.toUtf8().constData());
    return notes.isEmpty() ? help : help + u" ["_s + notes.join(u"; "_s) + u']';
}

// A word of the command line in the schema's type; Undefined if it is no such thing.
QJsonValue typed(const Parameter& parameter, const QString& word)
{
    bool ok = true;
    QJsonValue value;
    switch (parameter.type) {
    case ParameterType::String:
        return word;
    case ParameterType::Boolean:
        return true;
    case ParameterType::Integer:
        value = word.toLongLong(&ok);
        break;
    case ParameterType::Number:
        value = word.toDouble(&ok);
        break;
    }
    return ok ? value : QJsonValue(QJsonValue::Undefined);
}

std::optional<QString> readValues(
    const QCommandLineParser& parser, const ModelSchema& model, QJsonObject& values)
{
    for (const Parameter& parameter : model.parameters()) {
        const QString option = parameter.optionName();
        if (!parser.isSet(option)) {
            if (parameter.required && parameter.defaultValue.isUndefined())
                return tr("--%1 is missing.").arg(option);
            continue;
        }
        const QJsonValue value = typed(parameter, parser.value(option));
        const auto checked = model.check(parameter, value.isUndefined() ? QJsonValue() : value);
        if (!checked)
            return u"--%1: %2"_s.arg(option, sentence(checked.error()));
        values.insert(parameter.name, *checked);
    }
    return std::nullopt;
}

Command readGenerate(const QStringList& arguments, const ModelCatalog& models)
{
    // The model decides which options there are, so it is looked for first.
    QString modelId = u"qwen-image"_s;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == u"--model"_s && i + 1 < arguments.size())
            modelId = arguments[i + 1];
        else if (arguments[i].startsWith(u"--model="_s))
            modelId = arguments[i].sliced(8);
    }
    GenerateOptions options;
    options.model = models.find(modelId);
    if (!options.model) {
        const bool broken = modelId == u"qwen-image"_s && !models.errors().isEmpty();
        return UsageError{sentence(
            broken ? models.errors().first() : Error{ErrorKind::UnknownModel, modelId, {}})};
    }

    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Makes pictures and files them in the library; one line a picture."));
    addCommonOptions(parser);
    for (const Parameter& parameter : options.model->parameters()) {
        const bool flag = parameter.type == ParameterType::Boolean;
        parser.addOption(
            {parameter.optionName(), optionHelp(parameter), flag ? QString() : parameter.name});
    }
    parser.addOptions({
        {modelOption, tr("The model to use (default qwen-image)."), tr("model")},
        {countOption, tr("How many pictures, each with a seed of its own."), tr("number")},
        {jobsOption, tr("How many run at once, 1 to 6 (default 2)."), tr("number")},
        {jsonOption, tr("One JSON object a line.")},
        {recoverableOption, tr("Submit and poll (v2), so that a lost connection or an ended "
                               "program loses nothing.")},
        {runAnywayOption, tr("Also make what is filed already, and pay for it again.")},
        {resumeOption, tr("Also send what an earlier run left waiting.")},
    });
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return Information{helpText(parser, arguments.first())};
    if (!parsed)
        return UsageError{parser.errorText()};
    if (!parser.positionalArguments().isEmpty())
        return UsageError{
            tr("“%1” is not an option. A prompt goes behind --prompt, in quotation marks.")
                .arg(parser.positionalArguments().first())};
    if (auto wrong = readCommon(parser, options.common))
        return UsageError{*wrong};
    if (auto wrong = readValues(parser, *options.model, options.values))
        return UsageError{*wrong};
    QString wrong;
    const auto count = wholeNumber(parser, countOption, 1, 1, largestCount, wrong);
    const auto jobs = wholeNumber(parser, jobsOption, 2, 1, largestJobs, wrong);
    if (!count || !jobs)
        return UsageError{wrong};
    options.count = *count;
    options.jobs = *jobs;
    options.json = parser.isSet(jsonOption);
    options.resume = parser.isSet(resumeOption);
    options.recoverable = parser.isSet(recoverableOption);
    options.runAnyway = parser.isSet(runAnywayOption);
    return options;
}

Command readInspect(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Prints what made a picture, from the records that Seedbook and other programs leave in "
           "its file."));
    parser.addPositionalArgument(u"FILE"_s, tr("A PNG, JPEG or WebP file."));
    parser.addOptions({
        {jsonOption, tr("One JSON object.")},
        {{u"h"_s, u"help"_s}, tr("Show this help.")},
    });
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return Information{helpText(parser, arguments.first())};
    if (!parsed)
        return UsageError{parser.errorText()};
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1 || files.first().isEmpty())
        return UsageError{tr("“seedbook inspect” wants the name of one file.")};
    return InspectOptions{files.first(), parser.isSet(jsonOption)};
}

} // namespace

Command readCommandLine(const QStringList& arguments, const ModelCatalog& models)
{
    if (arguments.size() > 1 && arguments[1] == u"generate"_s) {
        QStringList rest = arguments;
        rest[0] = u"seedbook generate"_s;
        rest.removeAt(1);
        return readGenerate(rest, models);
    }
    if (arguments.size() > 1 && arguments[1] == u"inspect"_s) {
        QStringList rest = arguments;
        rest[0] = u"seedbook inspect"_s;
        rest.removeAt(1);
        return readInspect(rest);
    }
    QCommandLineParser parser;
    parser.setApplicationDescription(tr(
        "A sketchbook for pictures made with Qwen-Image.\n\n"
        "With no command the window opens. “seedbook generate --help” tells how to make pictures "
        "without a window, “seedbook inspect FILE” what made a picture."));
    addCommonOptions(parser);
    parser.addPositionalArgument(
        u"generate"_s, tr("Make pictures without a window."), u"[generate …]"_s);
    parser.addPositionalArgument(
        u"inspect"_s, tr("Print what made a picture."), u"[inspect FILE]"_s);
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return Information{helpText(parser, u"seedbook"_s)};
    if (parser.isSet(u"version"_s))
        return Information{u"seedbook "_s + QStringLiteral(SEEDBOOK_VERSION) + u'\n'};
    if (!parsed)
        return UsageError{parser.errorText()};
    if (!parser.positionalArguments().isEmpty())
        return UsageError{
            tr("There is no command “%1”.").arg(parser.positionalArguments().first())};
    WindowOptions options;
    if (auto wrong = readCommon(parser, options.common))
        return UsageError{*wrong};
    return options;
}

} // namespace seedbook
