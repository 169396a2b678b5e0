#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace seedbook::bench {

// Milliseconds on the clock that all processes of the machine share.
[[nodiscard]] double monotonicMs();
[[nodiscard]] double median(QList<double> values);
// `fraction` from 0 to 1; 0.999 for p99.9.
[[nodiscard]] double quantile(QList<double> values, double fraction);
// A 1664×928 PNG with as much noise in it as a painted picture: about 3 MB.
[[nodiscard]] QByteArray noisyPicture(int number = 0);
// A line for the parent process.
void tell(const char* name, double value);

} // namespace seedbook::bench
