// What the service answers: a body, or headers; the first byte says which.
#include "service/AnswerReader.h"
#include "service/HeaderReader.h"
#include "service/ServiceMessage.h"

#include <cstdint>
#include <cstdlib>

using namespace seedbook;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(
        reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
    switch (data[0] % 2) {
    case 0: {
        const AnswerReading read = readAnswer(bytes);
        if (const auto* sources = std::get_if<PictureSources>(&read)) {
            if (sources->isEmpty())
                std::abort();
            for (const PictureSource& source : *sources) {
                const auto* picture = std::get_if<PictureBytes>(&source);
                if (picture && !reachesItsEnd(picture->bytes, picture->format))
                    std::abort();
            }
        }
        (void)serviceMessage(bytes);
        break;
    }
    default: {
        QList<QPair<QByteArray, QByteArray>> headers;
        for (const QByteArray& line : bytes.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0)
                headers.append({line.first(colon), line.sliced(colon + 1)});
        }
        (void)readHeaders(200, headers);
        break;
    }
    }
    return 0;
}
