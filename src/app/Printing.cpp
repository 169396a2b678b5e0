#include "app/Printing.h"

#include "app/CommandLine.h"
#include "core/ErrorText.h"
#include "core/Text.h"
#include "core/Words.h"

#include <QJsonDocument>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

bool print(FILE* stream, const QString& text)
{
    const QByteArray bytes = text.toUtf8() + '\n';
    const auto size = static_cast<size_t>(bytes.size());
    const bool written = std::fwrite(bytes.constData(), 1, size, stream) == size;
    return std::fflush(stream) == 0 && written;
}

} // namespace

bool printLine(FILE* stream, const QString& line)
{
    return print(stream, printableOnOneLine(line));
}

bool printText(FILE* stream, const QString& text)
{
    return print(stream, printable(text));
}

int failWith(const Error& error, int exitCode)
{
    printLine(stderr, sentence(error));
    return exitCode;
}

int outputFailed()
{
    const int code = errno;
    if (code != EPIPE)
        printLine(stderr, Words::tr("Could not write the output: %1").arg(qt_error_string(code)));
    return ExitNotDone;
}

QString jsonLine(const QJsonObject& object)
{
    return escapedJson(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

} // namespace seedbook
