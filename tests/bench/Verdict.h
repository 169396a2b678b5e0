#pragma once

namespace seedbook::bench {

// `figure` is a ratio, or a number of `unit`; more than `goal` is a miss, which is kept in words.
void judge(const char* name, double figure, double goal, const char* unit = "");
// A miss that no figure tells.
void miss(const char* words);
// A line of figures, judged by their ratio.
void print(const char* name, double ours, double floor, const char* floorName, double goal);
// Names what was missed. Returns the exit code.
[[nodiscard]] int verdict();

} // namespace seedbook::bench
