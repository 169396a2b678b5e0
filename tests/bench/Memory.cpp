#include "bench/Memory.h"

#include <QFile>
#include <QString>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

// The figure of a line "name:   12345 kB" in a file of the process.
double megabytes(qint64 process, const QString& name, const QByteArray& line)
{
    QFile file(u"/proc/%1/%2"_s.arg(process).arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& text : file.readAll().split('\n')) {
        if (text.startsWith(line))
            return text.mid(line.size()).trimmed().split(' ').constFirst().toDouble() * 1024 / 1e6;
    }
    return 0;
}

} // namespace

Memory memoryOf(qint64 process)
{
    return {.resident = megabytes(process, u"status"_s, "VmRSS:"),
        .proportional = megabytes(process, u"smaps_rollup"_s, "Pss:"),
        .peak = megabytes(process, u"status"_s, "VmHWM:")};
}

bool isRunning(qint64 process)
{
    return ::access(QFile::encodeName(u"/proc/%1/exe"_s.arg(process)).constData(), F_OK) == 0;
}

} // namespace seedbook::bench
