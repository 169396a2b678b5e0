#include "bench/Verdict.h"

#include <QStringList>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

QStringList& missed()
{
    static QStringList list;
    return list;
}

} // namespace

void judge(const char* name, double figure, double goal, const char* unit)
{
    // Not "greater": a figure that is none at all is a miss, too.
    if (!(figure <= goal))
        missed().append(u"%1: %2%4, goal %3%4"_s.arg(QString::fromUtf8(name).trimmed(),
            QString::number(figure, 'f', 3), QString::number(goal), QString::fromUtf8(unit)));
}

void miss(const char* words)
{
    missed().append(QString::fromUtf8(words));
}

void print(const char* name, double ours, double floor, const char* floorName, double goal)
{
    std::printf("%-38s %8.1f ms   %-34s %8.1f ms   ratio %5.2f   goal %.1f\n", name, ours,
        floorName, floor, ours / floor, goal);
    std::fflush(stdout);
    judge(name, ours / floor, goal);
}

int verdict()
{
    for (const QString& line : std::as_const(missed()))
        std::printf("MISSED  %s\n", qPrintable(line));
    if (missed().isEmpty())
        std::printf("every goal is met\n");
    return missed().isEmpty() ? 0 : 1;
}

} // namespace seedbook::bench
