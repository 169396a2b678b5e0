#include "service/OneWayBody.h"

#include <algorithm>
#include <cstring>

namespace seedbook {

OneWayBody::OneWayBody(QByteArray bytes, QObject* parent)
    : QIODevice(parent)
    , m_bytes(std::move(bytes))
{
    // Unbuffered, or QIODevice would read ahead and wasRead() would say more than is known.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneWayBody::bytesAvailable() const
{
    return m_sealed ? 0 : m_bytes.size() - m_position;
}

qint64 OneWayBody::readData(char* data, qint64 most)
{
    const qint64 count = std::min(most, bytesAvailable());
    if (count <= 0)
        return m_sealed || m_position == m_bytes.size() ? -1 : 0;
    const bool first = m_position == 0;
    std::memcpy(data, m_bytes.constData() + m_position, static_cast<size_t>(count));
    m_position += count;
    if (first)
        Q_EMIT firstRead();
    return count;
}

} // namespace seedbook

#include "moc_OneWayBody.cpp"
