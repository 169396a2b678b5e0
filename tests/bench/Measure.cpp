#include "bench/Measure.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace seedbook::bench {

double monotonicMs()
{
    return std::chrono::duration<double, std::milli>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double quantile(QList<double> values, double fraction)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values.at(static_cast<qsizetype>(last * fraction + 0.5));
}

double median(QList<double> values)
{
    return quantile(std::move(values), 0.5);
}

QByteArray noisyPicture(int number)
{
    QImage image(1664, 928, QImage::Format_RGB32);
    QRandomGenerator generator(static_cast<quint32>(number));
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const auto noise = static_cast<int>(generator.generate() & 15U);
            line[x] = qRgb((x / 8 + noise) & 255, (y / 4 + noise) & 255, (x + y) / 12 & 255);
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.write(image);
    return bytes;
}

void tell(const char* name, double value)
{
    std::printf("%s %.4f\n", name, value);
    std::fflush(stdout);
}

} // namespace seedbook::bench
