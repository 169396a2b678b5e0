#pragma once

#include "core/Endpoint.h"
#include "core/ModelSchema.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
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

struct InspectOptions
{
    QString path;
    bool json = false;
};

// Help or a version, for standard output.
struct Information
{
    QString text;
};

// What is wrong with the words of the command, for standard error.
struct UsageError
{
    QString text;
};

using Command =
    std::variant<WindowOptions, GenerateOptions, InspectOptions, Information, UsageError>;

// `arguments` begins with the program's name. `generate` has an option for every parameter of the
// model, from its schema.
[[nodiscard]] Command readCommandLine(const QStringList& arguments, const ModelCatalog& models);

} // namespace seedbook
