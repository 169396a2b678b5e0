// The figures of `./dev bench`. Machines are noisy, so each figure is a ratio to a floor that is
// measured in the same run, in turn with it, and medians are what is printed and judged: a goal
// that is missed is named at the end, and makes the exit code 1.

#include "bench/Child.h"
#include "bench/Children.h"
#include "bench/Gallery.h"
#include "bench/Measure.h"
#include "bench/Verdict.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QHash>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace seedbook::bench;

namespace {

constexpr int startRuns = 9;
constexpr int stallRuns = 5;
constexpr int rushRuns = 3;
constexpr double flatMemory = 1.05;

const QHash<QString, std::function<int(int, char**)>> children{
    {u"empty-window"_s, emptyWindow},
    {u"window"_s, seedbookWindow},
    {u"durable"_s, durable},
    {u"filed"_s, filed},
    {u"pixels"_s, pixels},
    {u"stalls-empty"_s, stallsOfEmpty},
    {u"stalls-window"_s, stallsOfSeedbook},
    {u"load"_s, load},
    {u"rush-window"_s, rushWindow},
    {u"rush-alone"_s, rushAlone},
    {u"rush-empty"_s, rushEmpty},
    {u"rebuild"_s, rebuild},
    {u"gallery-floor"_s, galleryFloor},
    {u"park-pointer"_s, parkPointer},
    {u"gallery-index"_s, galleryIndex},
    {u"scroll-floor"_s, scrollOfFloor},
    {u"scroll-window"_s, scrollOfSeedbook},
    {u"search-window"_s, searchInSeedbook},
};

double usableAfter(const QString& child)
{
    Child process(child);
    return process.finish()[u"usable"_s].value(0) - process.started();
}

void benchStart()
{
    QList<double> ours;
    QList<double> floor;
    for (int i = 0; i <= startRuns; ++i) {
        const double empty = usableAfter(u"empty-window"_s);
        const double window = usableAfter(u"window"_s);
        if (i == 0) // warm-up
            continue;
        floor.append(empty);
        ours.append(window);
    }
    print("start to usable window", median(ours), median(floor), "an empty Qt window", 3);
}

void benchPair(const QString& child, const char* name, const char* floorName, double goal)
{
    Child process(child);
    const Figures figures = process.finish();
    print(name, median(figures[u"ours"_s]), median(figures[u"floor"_s]), floorName, goal);
    if (figures.contains(u"filed"_s))
        std::printf("  and in the index after %.1f ms\n", median(figures[u"filed"_s]));
}

void benchStalls()
{
    QList<double> ours;
    QList<double> floor;
    for (int i = 0; i < stallRuns; ++i) {
        {
            Child load(u"load"_s);
            Child window(u"stalls-empty"_s);
            floor.append(quantile(window.finish()[u"gap"_s], 0.999));
            (void)load.finish();
        }
        Child window(u"stalls-window"_s);
        ours.append(quantile(window.finish()[u"gap"_s], 0.999));
    }
    print("event loop's stalls, p99.9, 6 arrivals", median(ours), median(floor),
        "an empty window's, the same load", 2);
}

// 200 calls of half a second, six at once: 34 rounds of 0.5 s.
void benchRush()
{
    constexpr double ideal = 17;
    QList<double> seconds;
    QList<double> stalls;
    QList<double> floor;
    QList<double> longest;
    QList<double> rounds;
    QList<double> memory;
    for (int i = 0; i < rushRuns; ++i) {
        {
            Child load(u"rush-alone"_s);
            Child window(u"rush-empty"_s);
            floor.append(quantile(window.finish()[u"gap"_s], 0.999));
            (void)load.finish();
        }
        Child window(u"rush-window"_s);
        const Figures figures = window.finish();
        seconds.append(figures[u"seconds"_s].value(0));
        stalls.append(quantile(figures[u"gap"_s], 0.999));
        rounds.append(quantile(figures[u"round"_s], 0.999));
        longest.append(quantile(figures[u"round"_s], 1));
        memory.append(median(figures[u"memory200"_s]) / median(figures[u"memory50"_s]));
    }
    std::printf(
        "200 pictures, six at once: first POST to last byte %.2f s, ideal %.2f s, ratio %.3f,"
        " goal 1.05\n",
        median(seconds), ideal, median(seconds) / ideal);
    print("  stalls meanwhile, p99.9", median(stalls), median(floor),
        "an empty window's, the same load", 2);
    std::printf("  longest round of the GUI thread %.1f ms of its CPU (p99.9 %.1f), goal 8\n",
        median(longest), median(rounds));
    std::printf(
        "  resident memory at picture 200 to 50: %.3f   goal %.2f\n", median(memory), flatMemory);
    judge("200 pictures, first POST to last byte", median(seconds) / ideal, 1.05);
    judge("longest round of the GUI thread", median(longest), 8, " ms");
    judge("resident memory at picture 200 to 50", median(memory), flatMemory);
    std::fflush(stdout);
}

void benchRebuild()
{
    Child process(u"rebuild"_s);
    const Figures figures = process.finish();
    const double perSecond = 1000 / figures[u"each"_s].value(0, 1000);
    std::printf(
        "10,000 pictures into a new index: %.0f a second, goal 500; the same index again: %s\n",
        perSecond, figures[u"same"_s].value(0) == 1 ? "yes" : "NO");
    std::printf("  the window's stalls meanwhile, p99.9 %.1f ms, longest %.1f ms, goal 50\n",
        quantile(figures[u"gap"_s], 0.999), quantile(figures[u"gap"_s], 1));
    judge("milliseconds a picture into a new index", figures[u"each"_s].value(0, 1000), 2, " ms");
    judge("indexes that differ after a rebuild", 1 - figures[u"same"_s].value(0), 0);
    judge("the window's longest stall during a rebuild", quantile(figures[u"gap"_s], 1), 50, " ms");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 2 && qstrcmp(argv[1], "--child") == 0) {
        const auto child = children.value(QString::fromLocal8Bit(argv[2]));
        return child ? child(argc, argv) : 2;
    }
    QCoreApplication application(argc, argv);
    // One of them by its name, or all.
    const QString only = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QList<std::pair<QString, std::function<void()>>> parts{
        {u"start"_s, benchStart},
        {u"durable"_s,
            [] {
                benchPair(
                    u"durable"_s, "last byte to durable bytes", "write and fsync in-process", 1.5);
            }},
        {u"filed"_s,
            [] {
                benchPair(u"filed"_s, "last byte to filed", "two write-and-fsyncs and a hash", 1.5);
            }},
        {u"pixels"_s, [] { benchPair(u"pixels"_s, "last byte to pixels", "decoding", 2); }},
        {u"stalls"_s, benchStalls},
        {u"rush"_s, benchRush},
        {u"rebuild"_s, benchRebuild},
        {u"gallery"_s, [] { benchGallery(QCoreApplication::arguments().mid(2)); }},
    };
    bool any = false;
    for (const auto& [name, run] : parts) {
        if (!only.isEmpty() && only != name)
            continue;
        any = true;
        run();
    }
    if (!any) {
        std::fprintf(stderr, "There is no benchmark of that name.\n");
        return 2;
    }
    return verdict();
}
