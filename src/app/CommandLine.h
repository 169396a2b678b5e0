#pragma once

#include "core/Endpoint.h"
#include "core/ModelSchema.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>
#include <variant>

namespace seedbook {

// What both the window and `generate` take.
struct CommonOptions
{
    QString library; // empty: the settings' one
    std::optional<Endpoint> endpoint;
    bool practice = false;
    std::chrono::milliseconds practiceTime{3000};
};

struct WindowOptions
{
    CommonOptions common;
};

struct GenerateOptions
{
    CommonOptions common;
    ModelPtr model;
    QJsonObject values; // checked, by field name; the seed may be missing or −1: random
    int count = 1;
    int jobs = 2;
    bool json = false;
    bool resume = false;
    bool recoverable = false; // by v2
    bool runAnyway = false;   // also what is filed already
};

// How a command ends; `generate` and `inspect` have more to tell by it.
enum ExitCode { ExitDone = 0, ExitNotDone = 1, ExitWrongUsage = 2, ExitCouldNotStart = 4 };

// Said in place of running a command.
struct Reply
{
    QString text;
    bool wrongUsage = false; // for standard error; else help or a version, for standard output
};

// What a command's reader makes of its words.
template <typename Options>
using Parsed = std::variant<Options, Reply>;

// What every command finds when it runs. It makes the application that it needs, or none.
struct Program
{
    int argc = 0;
    char** argv = nullptr;
    const ModelCatalog& models;
    int (*openWindow)(Program&, const WindowOptions&) = nullptr; // null in a build without one
};

// Answers with the exit code.
using BoundCommand = std::function<int(Program&)>;

// `arguments` begins with the program's name. Needs no application. The commands are in one table
// in CommandLine.cpp; each has a file pair of its own, with its options, its reader and what runs.
[[nodiscard]] Parsed<BoundCommand> readCommandLine(
    const QStringList& arguments, const ModelCatalog& models);

} // namespace seedbook
