#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>

namespace seedbook::bench {

class Screen;

// A program that shows pictures with markers.
struct Program
{
    QString path;
    QStringList arguments;
    QProcessEnvironment environment;
};

// What was seen of it. A thumbnail is a marker's area on the screen; one that is clearly larger
// than the median is a preview, and what happens there does not count.
struct Sighting
{
    // Milliseconds since just before the program was started. Of the first frame with a thumbnail;
    // and of the first from which on at most 2 % of the markers differ from what stands in the end.
    double first = 0;
    double full = 0;
    int thumbnails = 0;   // in the end; 0: none were shown, and nothing else here means anything
    bool settled = false; // false: it was still changing or busy when the time was up
    bool ended = false;   // by itself, before that
    double worstGap = 0;  // between two looks at the screen, in milliseconds, until `full`
    // Megabytes once it had settled; the last is the most it had until then.
    double resident = 0;
    double proportional = 0;
    double peak = 0;
};

// Runs it until what it shows has settled: two seconds without a change, in which it used less than
// a quarter of a processor (or ten seconds without a change, whatever it does). Then ends it.
// `picture`, unless empty, is where the screen is saved to before that.
[[nodiscard]] Sighting watch(const Screen& screen, const Program& program,
    std::chrono::seconds limit, const QString& picture = {});

} // namespace seedbook::bench
