#include "metadata/Container.h"

#include "core/Words.h"
#include "metadata/ContainerSegments.h"

#include <QBuffer>
#include <QCryptographicHash>

namespace seedbook {

bool Container::has(SegmentKind kind) const
{
    return std::ranges::any_of(
        segments, [kind](const Segment& segment) { return segment.kind == kind; });
}

Result<Container> readContainer(QIODevice& device)
{
    const QByteArray head = container::readAt(device, 0, 16);
    const auto format = sniffImageFormat(head);
    if (!format)
        return container::noPicture(head.isEmpty()
                                        ? Words::tr("The file is empty.")
                                        : Words::tr("It is not a PNG, JPEG or WebP file."));
    switch (*format) {
    case ImageFormat::Png:
        return container::readPng(device);
    case ImageFormat::Jpeg:
        return container::readJpeg(device);
    case ImageFormat::Webp:
        break;
    }
    return container::readWebp(device);
}

Result<Container> readContainer(const QByteArray& bytes)
{
    QByteArray copy = bytes; // shared, not copied
    QBuffer buffer(&copy);
    buffer.open(QIODevice::ReadOnly);
    return readContainer(buffer);
}

QByteArray payloadOf(QIODevice& device, const Segment& segment, qint64 most)
{
    return container::readAt(device, segment.payload, std::min(segment.payloadSize, most));
}

QByteArray payloadOf(const QByteArray& bytes, const Segment& segment)
{
    return bytes.mid(segment.payload, segment.payloadSize);
}

QByteArray assemble(const QByteArray& bytes, const Container& container, const SegmentFilter& keep,
    const NewSegments& added)
{
    switch (container.format) {
    case ImageFormat::Png:
        return container::assemblePng(bytes, container, keep, added);
    case ImageFormat::Jpeg:
        return container::assembleJpeg(bytes, container, keep, added);
    case ImageFormat::Webp:
        break;
    }
    return container::assembleWebp(bytes, container, keep, added);
}

QByteArray codedHash(QIODevice& device, const Container& container)
{
    constexpr qint64 step = 1 << 18;
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    for (const Segment& segment : container.segments) {
        if (segment.kind != SegmentKind::Coded)
            continue;
        for (qint64 done = 0; done < segment.payloadSize; done += step)
            hash.addData(container::readAt(
                device, segment.payload + done, std::min(step, segment.payloadSize - done)));
    }
    return hash.result().toHex();
}

bool sameCodedPicture(const QByteArray& a, const Container& segmentsOfA, const QByteArray& b,
    const Container& segmentsOfB)
{
    const auto next = [](const Container& of, qsizetype& at) -> const Segment* {
        while (at < of.segments.size() && of.segments.at(at).kind != SegmentKind::Coded)
            ++at;
        return at < of.segments.size() ? &of.segments.at(at++) : nullptr;
    };
    qsizetype atA = 0;
    qsizetype atB = 0;
    for (;;) {
        const Segment* ofA = next(segmentsOfA, atA);
        const Segment* ofB = next(segmentsOfB, atB);
        if (!ofA || !ofB)
            return !ofA && !ofB;
        // Without the frame: padding and sums may be others.
        if (ofA->name != ofB->name || ofA->payloadSize != ofB->payloadSize ||
            QByteArrayView(a).sliced(ofA->payload, ofA->payloadSize) !=
                QByteArrayView(b).sliced(ofB->payload, ofB->payloadSize))
            return false;
    }
}

} // namespace seedbook
