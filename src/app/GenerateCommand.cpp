#include "app/GenerateCommand.h"

#include "app/CommandOptions.h"
#include "app/Generate.h"
#include "app/LogFile.h"
#include "app/Printing.h"
#include "app/PromptInput.h"
#include "app/Session.h"
#include "app/SignalWatch.h"
#include "app/Translations.h"
#include "core/ErrorText.h"
#include "core/Words.h"

#include <QGuiApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int largestCount = 100;
constexpr int largestJobs = 6;

const QString modelOption = u"model"_s;
const QString countOption = u"count"_s;
const QString jobsOption = u"jobs"_s;
const QString jsonOption = u"json"_s;
const QString resumeOption = u"resume"_s;
const QString recoverableOption = u"recoverable"_s;
const QString runAnywayOption = u"run-anyway"_s;

QString optionHelp(const Parameter& parameter)
{
    QStringList notes;
    if (const QString range = kindOf(parameter).range(parameter); !range.isEmpty())
        notes.append(range);
    if (parameter.role == ParameterRole::Seed)
        notes.append(Words::tr("-1 is random"));
    if (!parameter.defaultValue.isUndefined() && !kindOf(parameter).isFlag())
        notes.append(Words::tr("default %1").arg(parameter.defaultValue.toVariant().toString()));
    const QString help = Words::ofModel(parameter.description);
    return notes.isEmpty() ? help : help + u" ["_s + notes.join(u"; "_s) + u']';
}

bool isPrompt(const Parameter& parameter)
{
    return parameter.role == ParameterRole::Prompt ||
           parameter.role == ParameterRole::NegativePrompt;
}

QString fileOption(const Parameter& parameter)
{
    return parameter.optionName() + u"-file"_s;
}

// What is on unless it is said can be said, too.
bool canBeOff(const Parameter& parameter)
{
    return kindOf(parameter).isFlag() && parameter.defaultValue.toBool();
}

QString offOption(const Parameter& parameter)
{
    return u"no-"_s + parameter.optionName();
}

QString bothSet(const QString& one, const QString& other)
{
    return Words::tr("--%1 and --%2 cannot be used together. Leave one of them out.")
        .arg(one, other);
}

// A prompt may come from elsewhere: arguments can be read by everybody on the machine. Puts what
// was read into `text`, and answers with what is wrong.
std::optional<QString> readFromElsewhere(const QCommandLineParser& parser,
    const Parameter& parameter, bool& isInputTaken, std::optional<QString>& text)
{
    const QString option = parameter.optionName();
    const QString file = fileOption(parameter);
    const bool isInput = parser.value(option) == "-"_L1;
    if (!parser.isSet(file) && !isInput)
        return std::nullopt;
    if (parser.isSet(file) && parser.isSet(option))
        return bothSet(option, file);
    const QString path = isInput ? u"-"_s : parser.value(file);
    if (path == "-"_L1 && std::exchange(isInputTaken, true))
        return Words::tr("--%1: Standard input is already read for another option. Use a file.")
            .arg(isInput ? option : file);
    auto read = readPrompt(path, parameter.maxLength);
    if (!read)
        return u"--%1: %2"_s.arg(isInput ? option : file, sentence(read.error()));
    text = *std::move(read);
    return std::nullopt;
}

std::optional<QString> readValues(
    const QCommandLineParser& parser, const ModelSchema& model, QJsonObject& values)
{
    bool isInputTaken = false;
    for (const Parameter& parameter : model.parameters()) {
        const QString option = parameter.optionName();
        std::optional<QString> text;
        if (isPrompt(parameter)) {
            if (auto wrong = readFromElsewhere(parser, parameter, isInputTaken, text))
                return wrong;
        }
        const ParameterKind& kind = kindOf(parameter);
        const bool isOff = canBeOff(parameter) && parser.isSet(offOption(parameter));
        if (!text && !parser.isSet(option) && !isOff) {
            if (parameter.required && parameter.defaultValue.isUndefined())
                return Words::tr("--%1 is missing.").arg(option);
            continue;
        }
        if (isOff && parser.isSet(option))
            return bothSet(option, offOption(parameter));
        const QString word = isOff           ? u"false"_s
                             : kind.isFlag() ? u"true"_s
                             : text          ? *text
                                             : parser.value(option);
        const auto checked = kind.check(parameter, kind.parse(word));
        if (!checked)
            return optionSentence(model, checked.error());
        values.insert(parameter.name, *checked);
    }
    return std::nullopt;
}

} // namespace

Parsed<GenerateOptions> readGenerate(const QStringList& arguments, const ModelCatalog& models)
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
        return wrongUsage(sentence(
            broken ? models.errors().first() : Error{ErrorKind::UnknownModel, modelId, {}}));
    }

    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Generates images and saves them in the library. Prints one line per image."));
    addCommonOptions(parser);
    for (const Parameter& parameter : options.model->parameters()) {
        const bool flag = kindOf(parameter).isFlag();
        parser.addOption(
            {parameter.optionName(), optionHelp(parameter), flag ? QString() : parameter.name});
        if (canBeOff(parameter))
            parser.addOption({offOption(parameter),
                Words::tr("The opposite of --%1, which is on.").arg(parameter.optionName())});
        if (isPrompt(parameter))
            parser.addOption({fileOption(parameter),
                Words::tr("Read --%1 from a UTF-8 file; - is standard input. Other users of this "
                          "computer can read arguments, but not this.")
                    .arg(parameter.optionName()),
                Words::tr("file")});
    }
    parser.addOptions({
        {modelOption, Words::tr("The model to use (default qwen-image)."), Words::tr("model")},
        {countOption,
            options.model->parameter(ParameterRole::Seed)
                ? Words::tr("Number of images; each gets its own seed.")
                : Words::tr("Number of images."),
            Words::tr("number")},
        {jobsOption, Words::tr("Requests at once, 1 to 6 (default 2)."), Words::tr("number")},
        {jsonOption, Words::tr("Print one JSON object per line.")},
        {recoverableOption,
            Words::tr(
                "Submit and poll (API v2), so that a lost connection or restart loses nothing.")},
        {runAnywayOption, Words::tr("Generate images you already have again, and pay again.")},
        {resumeOption, Words::tr("Also send waiting requests from earlier runs.")},
    });
    if (auto reply = parse(parser, arguments))
        return *std::move(reply);
    if (!parser.positionalArguments().isEmpty())
        return wrongUsage(
            Words::tr("“%1” is not an option. Put the prompt in quotes after --prompt.")
                .arg(parser.positionalArguments().first()));
    if (auto wrong = readCommon(parser, options.common))
        return wrongUsage(*wrong);
    if (auto wrong = readValues(parser, *options.model, options.values))
        return wrongUsage(*wrong);
    QString wrong;
    const auto count = wholeNumber(parser, countOption, 1, 1, largestCount, wrong);
    const auto jobs = wholeNumber(parser, jobsOption, 2, 1, largestJobs, wrong);
    if (!count || !jobs)
        return wrongUsage(wrong);
    options.count = *count;
    options.jobs = *jobs;
    options.json = parser.isSet(jsonOption);
    options.resume = parser.isSet(resumeOption);
    options.recoverable = parser.isSet(recoverableOption);
    options.runAnyway = parser.isSet(runAnywayOption);
    return options;
}

int runGenerate(Program& program, const GenerateOptions& options)
{
    // Text cannot be painted without a GUI application, nor one be made without a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(program.argc, program.argv);
    installTranslations(application);
    Session session(Folders::standard(), program.models, options.common);
    if (const auto locked = session.lock().acquire(); !locked) {
        printLine(stderr, sentence(locked.error()));
        return Generate::CouldNotStart;
    }
    LogFile::open(session.folders().data + u"/log"_s);
    Generate generate(session, options);
    QObject::connect(&generate, &Generate::finished, &application, &QCoreApplication::exit,
        Qt::QueuedConnection);
    SignalWatch signalWatch;
    QObject::connect(
        &signalWatch, &SignalWatch::caught, &generate, [&, count = 0](int signal) mutable {
            if (++count > 1)
                SignalWatch::yieldTo(signal);
            generate.stop();
        });
    generate.start();
    return QCoreApplication::exec();
}

} // namespace seedbook
