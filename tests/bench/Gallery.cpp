#include "bench/Gallery.h"

#include "bench/Child.h"
#include "bench/GalleryData.h"
#include "bench/Measure.h"
#include "bench/Screen.h"
#include "bench/Verdict.h"
#include "bench/Watch.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr int runs = 5;
constexpr int peerRuns = 3;
constexpr int scrollRuns = 3;
constexpr auto patience = 120s; // with one run
constexpr auto indexing = 60min;
constexpr auto searching = 20min;
constexpr int fewest = 1000;
constexpr int most = 100'000;
constexpr int fullSizeOnes = 2000;
constexpr double mostMemory = 100; // megabytes
constexpr double mostGrowth = 1.2; // from the fewest to the most pictures

// What several runs of one program saw.
struct Seen
{
    QList<double> first;
    QList<double> full;
    QList<double> resident;
    QList<double> proportional;
    QList<double> peak;
    QList<double> thumbnails;
    double worstGap = 0;
    int unsettled = 0;

    void add(const Sighting& sighting)
    {
        first.append(sighting.first);
        full.append(sighting.full);
        resident.append(sighting.resident);
        proportional.append(sighting.proportional);
        peak.append(sighting.peak);
        thumbnails.append(sighting.thumbnails);
        worstGap = std::max(worstGap, sighting.worstGap);
        unsettled += sighting.settled ? 0 : 1;
    }
};

QProcessEnvironment environmentFor(const Screen& screen, const QString& home)
{
    QDir().mkpath(home);
    QProcessEnvironment environment = ownEnvironment(home);
    environment.insert(u"HOME"_s, home);
    environment.insert(u"DISPLAY"_s, screen.display());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    return environment;
}

// Geeqie opens a single picture unless told otherwise, and takes no file that this does not name.
void makeGeeqieShowThumbnails(const QProcessEnvironment& environment)
{
    const QString folder = environment.value(u"XDG_CONFIG_HOME"_s) + u"/geeqie"_s;
    QDir().mkpath(folder);
    QFile file(folder + u"/geeqierc.xml"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(R"(<gq>
<global><filter>
  <file_type key="png" enabled="true" extensions=".png" description="PNG" file_class="1"
      writable="false" allow_sidecar="false"/>
</filter></global>
<layout id="lw1" style="0" order="123" file_view_type="1" show_thumbnails="true"
    main_window.w="1600" main_window.h="1000" main_window.maximized="true"
    main_window.hdivider_pos="1300" main_window.vdivider_pos="60"/>
</gq>
)") < 0)
        qFatal("%s cannot be written", qPrintable(file.fileName()));
}

struct Peer
{
    QString name;
    QStringList arguments; // before the folder
};

QList<Peer> peers()
{
    return {{u"gwenview"_s, {}}, {u"gthumb"_s, {}}, {u"geeqie"_s, {u"+t"_s}}};
}

// The pictures are made once for all; what this build's program keeps of them lies beside it.
QString ownHome(const GalleryData& data)
{
    return QCoreApplication::applicationDirPath() + u"/bench-gallery/"_s +
           QFileInfo(data.root).fileName();
}

// Once with all of it in the index, so that the thumbnails in view are made.
void warm(const Screen& screen, const GalleryData& data, const Program& program)
{
    Child index(u"gallery-index"_s, {data.library()}, program.environment);
    const double seconds = index.finish(indexing)[u"seconds"_s].value(0);
    const Sighting sighting = watch(screen, program, patience, ownHome(data) + u"/warm.png"_s);
    std::printf("  (the index was made, or found to be right, in %.1f s)\n", seconds);
    std::fflush(stdout);
    if (sighting.thumbnails == 0)
        miss(qPrintable(u"%1 pictures: Seedbook shows no thumbnails"_s.arg(data.count)));
}

Seen seeOurs(const Screen& screen, const QString& base, const GalleryData& data)
{
    const Program empty{QCoreApplication::applicationFilePath(), {u"--child"_s, u"gallery-floor"_s},
        environmentFor(screen, base + u"/home-floor"_s)};
    const Program program{QCoreApplication::applicationDirPath() + u"/seedbook"_s,
        {u"--practice"_s, u"--library"_s, data.library()}, environmentFor(screen, ownHome(data))};
    warm(screen, data, program);
    Seen floor;
    Seen ours;
    for (int i = 0; i < runs; ++i) {
        floor.add(watch(screen, empty, patience));
        ours.add(watch(screen, program, patience));
    }
    constexpr auto floorName = "a list of 100,000 markers";
    const auto ofAll = [&data](const QString& what) {
        return u"  %1 of %2"_s.arg(what).arg(data.count).toUtf8();
    };
    print(ofAll(u"first thumbnail"_s).constData(), median(ours.first), median(floor.first),
        floorName, 3);
    print(ofAll(u"screen full"_s).constData(), median(ours.full), median(floor.full), floorName, 5);
    std::printf("  resident memory                        %8.1f MB   %-34s %8.1f MB   goal %.0f;"
                " proportional %.1f, at most %.1f\n",
        median(ours.resident), floorName, median(floor.resident), mostMemory,
        median(ours.proportional), median(ours.peak));
    judge(qPrintable(u"resident memory with %1 pictures"_s.arg(data.count)), median(ours.resident),
        mostMemory, " MB");
    std::printf("  %.0f thumbnails in view; the screen was looked at every 5 ms, at worst after"
                " %.0f ms\n",
        median(ours.thumbnails), std::max(ours.worstGap, floor.worstGap));
    if (quantile(ours.thumbnails, 0) == 0 || ours.unsettled > 0)
        miss(qPrintable(u"%1 pictures: Seedbook was not done within %2 s"_s.arg(data.count)
                            .arg(patience.count())));
    std::fflush(stdout);
    return ours;
}

void seePeer(const Screen& screen, const GalleryData& data, const Peer& peer)
{
    const auto say = [&peer](const QString& words) {
        std::printf("  %-10s %s\n", qPrintable(peer.name), qPrintable(words));
        std::fflush(stdout);
    };
    const QString path = QStandardPaths::findExecutable(peer.name);
    if (path.isEmpty()) {
        say(u"is not installed"_s);
        return;
    }
    const QString home = data.root + u"/home-"_s + peer.name;
    const Program program{
        path, QStringList(peer.arguments) << data.flat(), environmentFor(screen, home)};
    if (peer.name == u"geeqie"_s)
        makeGeeqieShowThumbnails(program.environment);
    const Sighting warming = watch(screen, program, patience, home + u"/warm.png"_s);
    if (warming.thumbnails == 0) {
        say(warming.ended
                ? u"ended by itself and showed nothing"_s
                : u"showed nothing in the %1 s of its first look"_s.arg(patience.count()));
        return;
    }
    Seen seen;
    for (int i = 0; i < peerRuns; ++i)
        seen.add(watch(screen, program, patience));
    if (quantile(seen.thumbnails, 0) == 0) {
        say(u"did not show a thumbnail within %1 s in each run"_s.arg(patience.count()));
        return;
    }
    QString more;
    if (!warming.settled)
        more += u"; its first look was cut off after %1 s"_s.arg(patience.count());
    if (seen.unsettled > 0)
        more += u"; still changing after %1 s in %2 of %3 runs"_s.arg(patience.count())
                    .arg(seen.unsettled)
                    .arg(peerRuns);
    say(u"first thumbnail %1 ms, screen full %2 ms, resident %3 MB, proportional %4 MB, %5 "
        "thumbnails%6"_s.arg(median(seen.first), 0, 'f', 0)
            .arg(median(seen.full), 0, 'f', 0)
            .arg(median(seen.resident), 0, 'f', 0)
            .arg(median(seen.proportional), 0, 'f', 0)
            .arg(median(seen.thumbnails), 0, 'f', 0)
            .arg(more));
}

Seen see(const Screen& screen, const QString& base, int count, GalleryKind kind, bool alone)
{
    const GalleryData data = galleryData(base, count, kind);
    std::printf("%d %s, warm\n", count,
        kind == GalleryKind::Small ? "pictures of about 20 KB" : "full-size pictures");
    const Seen ours = seeOurs(screen, base, data);
    for (const Peer& peer : alone ? QList<Peer>() : peers())
        seePeer(screen, data, peer);
    return ours;
}

void benchScrolling(const Screen& screen, const GalleryData& data)
{
    const QProcessEnvironment environment = environmentFor(screen, ownHome(data));
    QList<double> ours;
    QList<double> floor;
    QList<double> longest;
    QList<double> longestOfFloor;
    for (int i = 0; i < scrollRuns; ++i) {
        Child list(u"scroll-floor"_s, {}, environment);
        const Figures ofList = list.finish();
        Child window(u"scroll-window"_s, {data.library()}, environment);
        const Figures ofWindow = window.finish(searching);
        floor.append(quantile(ofList[u"gap"_s], 0.999));
        ours.append(quantile(ofWindow[u"gap"_s], 0.999));
        longestOfFloor.append(quantile(ofList[u"round"_s], 1));
        longest.append(quantile(ofWindow[u"round"_s], 1));
    }
    std::printf("scrolling through %d from end to end, and 400 pages\n", data.count);
    print(
        "  stalls meanwhile, p99.9", median(ours), median(floor), "a list's, scrolled the same", 2);
    std::printf("  longest round of the GUI thread %.1f ms of its CPU (the list's %.1f), goal 8\n",
        median(longest), median(longestOfFloor));
    judge("longest round of the GUI thread while scrolling", median(longest), 8, " ms");
    std::fflush(stdout);
}

void benchSearching(const Screen& screen, const GalleryData& data)
{
    Child window(u"search-window"_s, {data.library(), QString::number(data.count)},
        environmentFor(screen, ownHome(data)));
    const Figures figures = window.finish(searching);
    if (figures.contains(u"no-field"_s)) {
        miss("search: the gallery has no line edit with the object name \"search\"");
        return;
    }
    std::printf("search among %d, from the key press to the first screen of results\n", data.count);
    QStringList kinds = figures.keys();
    kinds.sort();
    for (const QString& kind : std::as_const(kinds)) {
        const bool isShort = kind.startsWith("short-"_L1);
        if (!isShort && !kind.startsWith("long-"_L1))
            continue;
        const double goal = isShort ? 60 : 30;
        std::printf("  %-38s %8.1f ms   longest of %2lld %24.1f ms   goal %.0f\n", qPrintable(kind),
            median(figures[kind]), static_cast<long long>(figures[kind].size()),
            quantile(figures[kind], 1), goal);
        judge(qPrintable(u"search, "_s + kind), median(figures[kind]), goal, " ms");
    }
    std::printf(
        "  with its thumbnails, all kinds         %8.1f ms\n", median(figures[u"thumbnails"_s]));
    judge("searches that found other pictures than they should",
        static_cast<double>(figures[u"wrong"_s].size()), 0);
    std::fflush(stdout);
}

void judgeGrowth(const Seen& few, const Seen& many)
{
    const auto grows = [&](const char* name, QList<double> Seen::*figure) {
        const double ratio = median(many.*figure) / median(few.*figure);
        std::printf("  %-38s %8.2f      goal %.1f\n", name, ratio, mostGrowth);
        judge(qPrintable(u"100,000 pictures to 1,000, "_s + QString::fromUtf8(name)), ratio,
            mostGrowth);
    };
    std::printf("100,000 pictures to 1,000\n");
    grows("first thumbnail", &Seen::first);
    grows("screen full", &Seen::full);
    grows("resident memory", &Seen::resident);
    std::fflush(stdout);
}

} // namespace

void benchGallery(const QStringList& words)
{
    QList<int> numbers;
    bool alone = false; // without the other programs
    for (const QString& word : words) {
        if (word == u"alone"_s) {
            alone = true;
            continue;
        }
        numbers.append(word.toInt());
        if (numbers.constLast() < fewest || numbers.constLast() > most) {
            miss(qPrintable(
                u"“%1” is no number of pictures from %2 to %3"_s.arg(word).arg(fewest).arg(most)));
            return;
        }
    }
    const bool all = numbers.isEmpty();
    if (all)
        numbers = {fewest, 10'000, most};
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                         u"/seedbook-bench"_s;
    QDir().mkpath(base);
    QLockFile lock(base + u"/lock"_s);
    lock.setStaleLockTime(0); // a run takes long; one that was killed is known by its process
    if (!lock.tryLock(0)) {
        miss(qPrintable(u"another run of it uses %1"_s.arg(base)));
        return;
    }
    const Screen screen;
    (void)Child(u"park-pointer"_s, {}, environmentFor(screen, base + u"/home-floor"_s)).finish();
    QHash<int, Seen> ours;
    for (const int count : std::as_const(numbers))
        ours.insert(count, see(screen, base, count, GalleryKind::Small, alone));
    if (ours.contains(fewest) && ours.contains(most))
        judgeGrowth(ours[fewest], ours[most]);
    if (all)
        (void)see(screen, base, fullSizeOnes, GalleryKind::FullSize, alone);
    const GalleryData largest =
        galleryData(base, *std::max_element(numbers.cbegin(), numbers.cend()), GalleryKind::Small);
    benchScrolling(screen, largest);
    benchSearching(screen, largest);
}

} // namespace seedbook::bench
