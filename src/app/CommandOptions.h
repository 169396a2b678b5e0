#pragma once

#include "app/CommandLine.h"

#include <QCommandLineParser>

namespace seedbook {

// What the commands' readers share. Each fills a QCommandLineParser and asks it afterwards.

[[nodiscard]] Reply wrongUsage(const QString& text);
// Qt takes the program's name from the application, which is not there yet.
[[nodiscard]] QString helpText(const QCommandLineParser& parser, const QString& program);
// Parses; a reply where that is the end of it: help, or an option that there is not.
[[nodiscard]] std::optional<Reply> parse(QCommandLineParser& parser, const QStringList& arguments);

void addHelpOption(QCommandLineParser& parser);
[[nodiscard]] QCommandLineOption endpointOption();
// These, like those below, answer with what is wrong.
[[nodiscard]] std::optional<QString> readEndpoint(
    const QCommandLineParser& parser, std::optional<Endpoint>& endpoint);

void addCommonOptions(QCommandLineParser& parser);
[[nodiscard]] std::optional<QString> readCommon(
    const QCommandLineParser& parser, CommonOptions& common);

// The error in words; where it is about a parameter, with the option in front: "--steps: …".
[[nodiscard]] QString optionSentence(const ModelSchema& model, const Error& error);

// The value of an option with a range, or nothing after what is wrong was put into `error`.
[[nodiscard]] std::optional<int> wholeNumber(const QCommandLineParser& parser,
    const QString& option, int fallback, int smallest, int largest, QString& error);

} // namespace seedbook
