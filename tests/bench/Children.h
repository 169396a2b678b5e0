#pragma once

#include <QString>

namespace seedbook::bench {

// What the benchmark does in processes of its own. Each tells its figures on standard output, a
// name and a number a line, and returns the exit code.
[[nodiscard]] int emptyWindow(int argc, char** argv);    // tells "usable", on the shared clock
[[nodiscard]] int seedbookWindow(int argc, char** argv); // tells "usable"
[[nodiscard]] int durable(int argc, char** argv);        // tells "floor" and "ours", many times
// From the last byte of an answer to the filed picture, its record written and read back; "floor":
// two files of the same bytes written and synced, and one hash of them.
[[nodiscard]] int filed(int argc, char** argv);         // tells "floor" and "ours", many times
[[nodiscard]] int pixels(int argc, char** argv);        // tells "floor" and "ours", many times
[[nodiscard]] int stallsOfEmpty(int argc, char** argv); // tells "gap" for every turn of its loop
[[nodiscard]] int stallsOfSeedbook(int argc, char** argv);
[[nodiscard]] int load(int argc, char** argv); // six pictures arrive, with no window
// Two hundred pictures in a row. "seconds" from the first POST to the last byte, "gap" and "round"
// (milliseconds of the GUI thread's CPU) for every turn of the loop, "memory50" and "memory200"
// (around those).
[[nodiscard]] int rushWindow(int argc, char** argv);
[[nodiscard]] int rushAlone(int argc, char** argv); // with no window; tells "seconds"
[[nodiscard]] int rushEmpty(int argc, char** argv); // an empty window meanwhile; tells "gap"

// Ten thousand pictures with no index: "each", milliseconds a picture; "same", 1 if a second
// rebuild gives the same index; "gap" for every turn of the loop of a window that shows them
// meanwhile.
[[nodiscard]] int rebuild(int argc, char** argv);

// The gallery: a list of 100,000 markers that knows nothing, until it is ended; and the pointer out
// of the way.
[[nodiscard]] int galleryFloor(int argc, char** argv);
[[nodiscard]] int parkPointer(int argc, char** argv);
// The index of a library (its folder) made to agree with its files: "seconds".
[[nodiscard]] int galleryIndex(int argc, char** argv);
// Scrolled from end to end, that list or the real window on a library (its folder): "gap", "round".
[[nodiscard]] int scrollOfFloor(int argc, char** argv);
[[nodiscard]] int scrollOfSeedbook(int argc, char** argv);
// Searches of many kinds in a library of so many pictures (see Searching.h).
[[nodiscard]] int searchInSeedbook(int argc, char** argv);

} // namespace seedbook::bench
