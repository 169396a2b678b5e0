#pragma once

#include "metadata/Container.h"

#include <QtEndian>

#include <algorithm>

// What the three formats' readers and writers share.
namespace seedbook::container {

// More parts than any picture needs; a file with more is taken for torn there.
inline constexpr qsizetype mostSegments = 200'000;

inline QByteArray readAt(QIODevice& device, qint64 offset, qint64 size)
{
    if (size <= 0 || !device.seek(offset))
        return {};
    return device.read(size);
}

inline quint32 big32(QByteArrayView bytes, qsizetype at)
{
    return at + 4 <= bytes.size() ? qFromBigEndian<quint32>(bytes.data() + at) : 0;
}

inline quint16 big16(QByteArrayView bytes, qsizetype at)
{
    return at + 2 <= bytes.size() ? qFromBigEndian<quint16>(bytes.data() + at) : quint16(0);
}

inline quint32 little32(QByteArrayView bytes, qsizetype at)
{
    return at + 4 <= bytes.size() ? qFromLittleEndian<quint32>(bytes.data() + at) : 0;
}

inline quint16 little16(QByteArrayView bytes, qsizetype at)
{
    return at + 2 <= bytes.size() ? qFromLittleEndian<quint16>(bytes.data() + at) : quint16(0);
}

inline quint32 little24(QByteArrayView bytes, qsizetype at)
{
    return at + 3 <= bytes.size()
               ? quint32(little16(bytes, at)) | quint32(quint8(bytes.at(at + 2))) << 16
               : 0;
}

inline void appendBig32(QByteArray& to, quint32 value)
{
    char bytes[4];
    qToBigEndian(value, bytes);
    to.append(bytes, 4);
}

inline void appendBig16(QByteArray& to, quint16 value)
{
    char bytes[2];
    qToBigEndian(value, bytes);
    to.append(bytes, 2);
}

inline void appendLittle32(QByteArray& to, quint32 value)
{
    char bytes[4];
    qToLittleEndian(value, bytes);
    to.append(bytes, 4);
}

inline QByteArrayView view(const QByteArray& bytes, const Segment& segment)
{
    return QByteArrayView(bytes).sliced(segment.offset, segment.size);
}

inline Error noPicture(const QString& why)
{
    return {ErrorKind::PictureUndecodable, {}, why};
}

Result<Container> readPng(QIODevice& device);
Result<Container> readJpeg(QIODevice& device);
Result<Container> readWebp(QIODevice& device);

QByteArray assemblePng(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added);
QByteArray assembleJpeg(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added);
QByteArray assembleWebp(const QByteArray& bytes, const Container& container,
    const SegmentFilter& keep, const NewSegments& added);

} // namespace seedbook::container
