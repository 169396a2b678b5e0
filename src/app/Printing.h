#pragma once

#include "core/Error.h"

#include <QJsonObject>
#include <QString>

#include <cstdio>

namespace seedbook {

// What the commands print, for people and for scripts. UTF-8, whatever the locale says.

// One line whatever it holds, made printable: a file's name may have a line break in it. Adds the
// line's end and flushes, so that who reads along sees each line when it is there. False, with
// errno, where it could not be written.
bool printLine(FILE* stream, const QString& line);
// The same for what has lines of its own.
bool printText(FILE* stream, const QString& text);
// Says on standard error what went wrong; answers with the exit code that it is given.
[[nodiscard]] int failWith(const Error& error, int exitCode);
// After a line could not be written to standard output: says so on standard error, unless it is
// that the reader left. Answers with the exit code for it.
[[nodiscard]] int outputFailed();

// A whole object as one line of JSON. Nothing in it moves a terminal's cursor or turns its text
// around: control and format characters are escaped, and read back as they were.
[[nodiscard]] QString jsonLine(const QJsonObject& object);

} // namespace seedbook
