#include "app/CommandOptions.h"

#include "core/ErrorText.h"
#include "core/Words.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const QString helpName = u"help"_s;
const QString libraryName = u"library"_s;
const QString endpointName = u"endpoint"_s;
const QString practiceName = u"practice"_s;
const QString practiceSecondsName = u"practice-seconds"_s;

} // namespace

Reply wrongUsage(const QString& text)
{
    return {text, true};
}

QString helpText(const QCommandLineParser& parser, const QString& program)
{
    return parser.helpText().replace(u"<executable_name>"_s, program);
}

std::optional<Reply> parse(QCommandLineParser& parser, const QStringList& arguments)
{
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(helpName))
        return Reply{helpText(parser, arguments.first())};
    if (!parsed)
        return wrongUsage(parser.errorText());
    return std::nullopt;
}

void addHelpOption(QCommandLineParser& parser)
{
    parser.addOption({{u"h"_s, helpName}, Words::tr("Show this help.")});
}

QCommandLineOption endpointOption()
{
    return {endpointName, Words::tr("Base URL of the service; SEGMIND_API_KEY is then its key."),
        Words::tr("URL")};
}

std::optional<QString> readEndpoint(
    const QCommandLineParser& parser, std::optional<Endpoint>& endpoint)
{
    if (!parser.isSet(endpointName))
        return std::nullopt;
    auto parsed = Endpoint::parse(parser.value(endpointName));
    if (!parsed)
        return sentence(parsed.error());
    endpoint = *parsed;
    return std::nullopt;
}

void addCommonOptions(QCommandLineParser& parser)
{
    parser.addOptions({
        {libraryName, Words::tr("Library folder."), Words::tr("folder")},
        endpointOption(),
        {practiceName, Words::tr("Practice mode: draw images on this computer, free of charge.")},
        {practiceSecondsName, Words::tr("Seconds per practice image (default 3)."),
            Words::tr("seconds")},
    });
    addHelpOption(parser);
    parser.addOption({{u"v"_s, u"version"_s}, Words::tr("Show the version.")});
}

std::optional<QString> readCommon(const QCommandLineParser& parser, CommonOptions& common)
{
    if (parser.isSet(libraryName)) {
        common.library = parser.value(libraryName);
        if (common.library.isEmpty())
            return Words::tr("--library must name a folder.");
    }
    common.practice = parser.isSet(practiceName);
    if (common.practice && parser.isSet(endpointName))
        return Words::tr("--practice and --endpoint cannot be combined.");
    if (auto wrong = readEndpoint(parser, common.endpoint))
        return wrong;
    if (parser.isSet(practiceSecondsName)) {
        bool ok = false;
        const double seconds = parser.value(practiceSecondsName).toDouble(&ok);
        if (!ok || !(seconds >= 0 && seconds <= 3600))
            return Words::tr("--practice-seconds must be a number from 0 to 3600, not “%1”.")
                .arg(parser.value(practiceSecondsName));
        common.practiceTime = std::chrono::milliseconds(std::llround(seconds * 1000));
    }
    return std::nullopt;
}

QString optionSentence(const ModelSchema& model, const Error& error)
{
    const Parameter* parameter = model.parameter(error.parameter);
    return parameter ? u"--%1: %2"_s.arg(parameter->optionName(), sentence(error))
                     : sentence(error);
}

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
        Words::tr("--%1 must be a whole number from %2 to %3, not “%4”.")
            .arg(option, QString::number(smallest), QString::number(largest), parser.value(option));
    return std::nullopt;
}

} // namespace seedbook
