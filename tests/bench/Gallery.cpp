#include "bench/Gallery.h"

#include "bench/Child.h"
#include "bench/GalleryData.h"
#include "bench/Measure.h"
#include "bench/Screen.h"
#include "bench/Verdict.h"
#include "bench/Watch.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

constexpr int runs = 5;
constexpr int peerRuns = 3;
constexpr std::chrono::seconds patience{120};
constexpr std::chrono::seconds warmingPatience{600};
constexpr int most = 100'000;
constexpr double mostMemory = 100; // megabytes

// Medians of several sightings.
struct Seen
{
    QList<double> first;
    QList<double> full;
    QList<double> resident;

    void add(const Sighting& sighting)
    {
        first.append(sighting.first);
        full.append(sighting.full);
        resident.append(sighting.resident);
    }
    void print(const QString& name) const
    {
        std::printf("  %-10s first thumbnail %6.0f ms   screen full %6.0f ms   resident %4.0f MB\n",
            qPrintable(name), median(first), median(full), median(resident));
        std::fflush(stdout);
    }
};

QProcessEnvironment environmentFor(const Screen& screen, const QString& home)
{
    QDir().mkpath(home);
    QProcessEnvironment environment = ownEnvironment(home);
    environment.insert(u"HOME"_s, home);
    environment.insert(u"DISPLAY"_s, screen.display());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    return environment;
}

// Those that Debian has; each is told which folder to show as thumbnails.
QList<std::pair<QString, QStringList>> peers()
{
    return {{u"gwenview"_s, {}}, {u"gthumb"_s, {}}, {u"geeqie"_s, {u"--without-tools"_s}}};
}

Seen see(const Screen& screen, const Program& program, int times)
{
    Seen seen;
    for (int i = 0; i < times; ++i) {
        const Sighting sighting = watch(screen, program, patience);
        if (sighting.thumbnails > 0)
            seen.add(sighting);
    }
    return seen;
}

Seen seeFloor(const Screen& screen, const QString& base)
{
    return see(screen,
        {QCoreApplication::applicationFilePath(), {u"--child"_s, u"gallery-floor"_s},
            environmentFor(screen, base + u"/home-floor"_s)},
        runs);
}

Seen seeOurs(const Screen& screen, const QString& base, const GalleryData& data)
{
    const QString home = data.root + u"/home"_s;
    const Program program{QCoreApplication::applicationDirPath() + u"/seedbook"_s,
        {u"--practice"_s, u"--library"_s, data.library()}, environmentFor(screen, home)};
    const Sighting warming =
        watch(screen, program, warmingPatience, base + u"/seedbook-%1.png"_s.arg(data.count));
    if (warming.thumbnails == 0)
        miss("Seedbook showed no thumbnails");
    return see(screen, program, runs);
}

void seePeers(const Screen& screen, const QString& base, const GalleryData& data)
{
    for (const auto& [name, arguments] : peers()) {
        const QString path = QStandardPaths::findExecutable(name);
        if (path.isEmpty()) {
            std::printf("  %-10s is not installed\n", qPrintable(name));
            continue;
        }
        const Program program{path, QStringList(arguments) << data.flat(),
            environmentFor(screen, data.root + u"/home-"_s + name)};
        const Sighting warming =
            watch(screen, program, patience, base + u"/%1-%2.png"_s.arg(name).arg(data.count));
        if (warming.thumbnails == 0 || !warming.settled) {
            std::printf("  %-10s was not through with its first look after %lld s\n",
                qPrintable(name), static_cast<long long>(patience.count()));
            continue;
        }
        see(screen, program, peerRuns).print(name);
    }
}

void benchScrolling(const Screen& screen, const GalleryData& data)
{
    const QProcessEnvironment environment = environmentFor(screen, data.root + u"/home"_s);
    Child empty(u"scroll-floor"_s, {}, environment);
    const Figures floor = empty.finish();
    Child window(u"scroll-window"_s, {data.library()}, environment);
    const Figures ours = window.finish();
    print("stalls while scrolling end to end, p99.9", quantile(ours[u"gap"_s], 0.999),
        quantile(floor[u"gap"_s], 0.999), "a list of markers, the same scrolling", 2);
    std::printf("  longest round of the GUI thread %.1f ms of its CPU, goal 8\n",
        quantile(ours[u"round"_s], 1));
    judge(
        "longest round of the GUI thread while scrolling", quantile(ours[u"round"_s], 1), 8, " ms");
}

void benchSearching(const Screen& screen, const GalleryData& data)
{
    Child window(u"search-window"_s, {data.library(), QString::number(data.count)},
        environmentFor(screen, data.root + u"/home"_s));
    const Figures figures = window.finish();
    for (auto kind = figures.cbegin(); kind != figures.cend(); ++kind) {
        const bool isShort = kind.key().startsWith("short-"_L1);
        if (!isShort && !kind.key().startsWith("long-"_L1))
            continue;
        const double goal = isShort ? 60 : 30;
        std::printf(
            "  search, %-28s %5.1f ms   goal %.0f\n", qPrintable(kind.key()), median(*kind), goal);
        judge(qPrintable(u"search, "_s + kind.key()), median(*kind), goal, " ms");
    }
    judge("key presses that found other pictures than they should",
        static_cast<double>(figures[u"wrong"_s].size()), 0);
    std::fflush(stdout);
}

} // namespace

void benchGallery(const QStringList& counts)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                         u"/seedbook-bench"_s;
    QDir().mkpath(base);
    QList<int> numbers;
    const bool alone = counts.contains(u"alone"_s); // without the other programs
    for (const QString& count : counts) {
        if (count.toInt() > 0)
            numbers.append(count.toInt());
    }
    if (numbers.isEmpty())
        numbers = {1000, 10'000, most};
    const Screen screen;
    (void)Child(u"park-pointer"_s, {}, environmentFor(screen, base + u"/home-floor"_s)).finish();
    const Seen floor = seeFloor(screen, base);
    std::printf("a list of 100,000 markers that knows nothing\n");
    floor.print(u"floor"_s);
    QHash<int, Seen> ours;
    for (const int count : std::as_const(numbers)) {
        const GalleryData data = galleryData(base, count, GalleryKind::Small);
        std::printf("%d pictures of about 20 KB, warm\n", count);
        ours.insert(count, seeOurs(screen, base, data));
        ours[count].print(u"seedbook"_s);
        if (!alone)
            seePeers(screen, base, data);
        if (count != most)
            continue;
        judge("first thumbnail of 100,000, floors", median(ours[count].first) / median(floor.first),
            3);
        judge("screen full of 100,000, floors", median(ours[count].full) / median(floor.full), 5);
        judge("resident memory with 100,000", median(ours[count].resident), mostMemory, " MB");
        benchScrolling(screen, data);
        benchSearching(screen, data);
    }
    if (ours.contains(1000) && ours.contains(most)) {
        const auto grows = [&ours](const char* name, QList<double> Seen::*figure) {
            judge(name, median(ours[most].*figure) / median(ours[1000].*figure), 1.2);
        };
        grows("first thumbnail, 100,000 to 1,000", &Seen::first);
        grows("screen full, 100,000 to 1,000", &Seen::full);
        grows("resident memory, 100,000 to 1,000", &Seen::resident);
    }
    if (counts.isEmpty()) {
        const GalleryData large = galleryData(base, 2000, GalleryKind::FullSize);
        std::printf("2000 full-size pictures, warm\n");
        seeOurs(screen, base, large).print(u"seedbook"_s);
        seePeers(screen, base, large);
    }
}

} // namespace seedbook::bench
