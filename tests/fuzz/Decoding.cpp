// A picture's file from a stranger, by our own path into Qt's readers: some of its parts, within
// bounds of memory and time, given up at any moment.
#include "Demand.h"
#include "library/ImageDecoder.h"

#include <cstdint>

using namespace seedbook;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto told = readPictureSize(bytes);
    if (!told) {
        demand(!decodePicture(bytes, {64, 64}));
        return 0;
    }
    // Larger ones take no other path, only longer.
    if (qint64{told->width()} * told->height() > 1'000'000)
        return 0;
    const auto whole = decodePicture(bytes);
    demand(!whole || whole->size() == *told);
    const auto small = decodePicture(bytes, {64, 64});
    demand(!small || (small->width() <= 64 && small->height() <= 64));
    // After as many questions as the input says.
    int left = size > 0 ? data[size / 2] % 8 : 0;
    const auto stopped = decodePicture(bytes, {}, [&left] { return left-- <= 0; });
    demand(stopped || stopped.error().kind == ErrorKind::Stopped || !whole);
    return 0;
}
