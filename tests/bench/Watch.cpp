#include "bench/Watch.h"

#include "bench/Measure.h"
#include "bench/Memory.h"
#include "bench/Screen.h"

#include <QFile>
#include <QProcess>
#include <QRect>

#include <algorithm>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr auto lookEvery = 4ms;
constexpr int quietMs = 2000;
constexpr int quietAndBusyMs = 10'000;
constexpr double idleShare = 0.25;    // of one processor
constexpr qsizetype smallestBlob = 8; // of the screen's looked-at pixels
constexpr double nearly = 0.02;
constexpr double previewsFrom = 1.4; // times the median

struct Frame
{
    double at = 0;
    QByteArray markers;
};

struct Blob
{
    QRect box;
    qsizetype area = 0;
};

// Areas that hang together, those of a few pixels left out.
QList<Blob> blobsOf(QByteArray markers, QSize size)
{
    QList<Blob> blobs;
    QList<QPoint> open;
    const auto take = [&](int x, int y, Blob& blob) {
        const qsizetype at = static_cast<qsizetype>(y) * size.width() + x;
        if (x < 0 || y < 0 || x >= size.width() || y >= size.height() || markers.at(at) == 0)
            return;
        markers[at] = 0;
        blob.box |= QRect(x, y, 1, 1);
        ++blob.area;
        open.append({x, y});
    };
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            Blob blob;
            take(x, y, blob);
            while (!open.isEmpty()) {
                const QPoint point = open.takeLast();
                take(point.x() - 1, point.y(), blob);
                take(point.x() + 1, point.y(), blob);
                take(point.x(), point.y() - 1, blob);
                take(point.x(), point.y() + 1, blob);
            }
            if (blob.area >= smallestBlob)
                blobs.append(blob);
        }
    }
    return blobs;
}

void clear(QByteArray& markers, const QRect& box, QSize size)
{
    for (int y = box.top(); y <= box.bottom(); ++y)
        std::fill_n(markers.begin() + static_cast<qsizetype>(y) * size.width() + box.left(),
            box.width(), '\0');
}

// Finds in the frames what the comment at Sighting says.
Sighting judgeFrames(QList<Frame> frames, QSize size)
{
    Sighting sighting;
    QList<Blob> blobs = blobsOf(frames.constLast().markers, size);
    if (blobs.isEmpty())
        return sighting;
    QList<double> areas;
    for (const Blob& blob : std::as_const(blobs))
        areas.append(static_cast<double>(blob.area));
    const double typical = median(areas);
    for (const Blob& blob : std::as_const(blobs)) {
        if (static_cast<double>(blob.area) <= previewsFrom * typical) {
            ++sighting.thumbnails;
            continue;
        }
        for (Frame& frame : frames)
            clear(frame.markers, blob.box, size);
    }
    const QByteArray& settled = frames.constLast().markers;
    const auto marked = static_cast<double>(settled.count('\1'));
    for (const Frame& frame : std::as_const(frames)) {
        // A thumbnail's edge may still be missing in a frame that is caught while it is painted.
        if (static_cast<double>(frame.markers.count('\1')) >= 0.9 * typical) {
            sighting.first = frame.at;
            break;
        }
    }
    for (const Frame& frame : std::as_const(frames)) {
        qsizetype differ = 0;
        for (qsizetype i = 0; i < settled.size(); ++i)
            differ += frame.markers.at(i) != settled.at(i) ? 1 : 0;
        if (static_cast<double>(differ) > nearly * marked)
            sighting.full = 0;
        else if (sighting.full == 0)
            sighting.full = frame.at;
    }
    return sighting;
}

// Seconds of CPU that the process has used.
double cpuSeconds(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    // The program's name, in parentheses, may hold anything.
    const QList<QByteArray> fields = file.readAll().split(')').constLast().split(' ');
    return (fields.value(12).toDouble() + fields.value(13).toDouble()) /
           static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// That no window of an earlier program is there any more.
void waitForEmptyScreen(const Screen& screen)
{
    const double start = monotonicMs();
    while (screen.markers().contains('\1')) {
        if (monotonicMs() - start > 10'000)
            qFatal("there are thumbnails on the screen that nobody shows");
        std::this_thread::sleep_for(20ms);
    }
}

void end(QProcess& process)
{
    process.terminate();
    if (process.waitForFinished(5000))
        return;
    process.kill();
    process.waitForFinished();
}

} // namespace

Sighting watch(const Screen& screen, const Program& program, std::chrono::seconds limit,
    const QString& picture)
{
    waitForEmptyScreen(screen);
    QProcess process;
    process.setProcessEnvironment(program.environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    const double start = monotonicMs();
    process.start(program.path, program.arguments);

    QList<Frame> frames{{0, screen.markers()}};
    QList<QPair<double, double>> gaps; // when, and how long
    double lastLook = 0;
    double quietSince = 0;
    double busyFrom = 0; // CPU seconds when it became quiet
    bool settled = false;
    bool ended = false;
    while (!settled) {
        const double now = monotonicMs() - start;
        gaps.append({now, now - lastLook});
        lastLook = now;
        QByteArray markers = screen.markers();
        if (markers != frames.constLast().markers) {
            frames.append({now, std::move(markers)});
            quietSince = now;
            busyFrom = cpuSeconds(process.processId());
        } else if (frames.size() > 1 && now - quietSince >= quietMs) {
            const double share =
                (cpuSeconds(process.processId()) - busyFrom) * 1000 / (now - quietSince);
            settled = share < idleShare || now - quietSince >= quietAndBusyMs;
        }
        ended = !isRunning(process.processId());
        if (ended || now > static_cast<double>(std::chrono::milliseconds(limit).count()))
            break;
        std::this_thread::sleep_for(lookEvery);
    }
    if (!screen.isThere())
        qFatal("the screen was ended by somebody else");
    const Memory memory = memoryOf(process.processId());
    if (!picture.isEmpty())
        screen.save(picture);
    Sighting sighting = judgeFrames(std::move(frames), screen.markersSize());
    end(process);
    sighting.settled = settled;
    sighting.ended = ended;
    sighting.resident = memory.resident;
    sighting.proportional = memory.proportional;
    sighting.peak = memory.peak;
    for (const auto& [when, gap] : std::as_const(gaps)) {
        if (when <= sighting.full)
            sighting.worstGap = std::max(sighting.worstGap, gap);
    }
    return sighting;
}

} // namespace seedbook::bench
