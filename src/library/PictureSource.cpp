#include "library/PictureSource.h"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <utility>

namespace seedbook {

namespace {

std::chrono::nanoseconds timeOfThisThread()
{
    timespec now = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

PictureSource::PictureSource(QIODevice& file, const QList<Segment>& segments, StopAsked stopAsked)
    : m_file(file)
    , m_stopAsked(std::move(stopAsked))
{
    for (const Segment& segment : segments) {
        // Each scan of a JPEG is read by itself: few bytes of it may take long.
        const bool follows = !m_pieces.isEmpty() && segment.name != "da" &&
                             m_pieces.last().offset + m_pieces.last().size == segment.offset;
        if (follows)
            m_pieces.last().size += segment.size;
        else
            m_pieces.append({m_size, segment.offset, segment.size});
        m_size += segment.size;
    }
    // The file has a buffer of its own.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void PictureSource::allow(std::chrono::microseconds time)
{
    m_until = timeOfThisThread() + time;
}

bool PictureSource::mayGoOn()
{
    m_stopped = m_stopped || (m_stopAsked && m_stopAsked());
    m_tookTooLong = m_tookTooLong || timeOfThisThread() > m_until;
    return !m_stopped && !m_tookTooLong;
}

qint64 PictureSource::readData(char* data, qint64 most)
{
    if (!mayGoOn())
        return -1;
    const auto next = std::upper_bound(m_pieces.cbegin(), m_pieces.cend(), pos(),
        [](qint64 at, const Piece& one) { return at < one.at; });
    if (next == m_pieces.cbegin() || pos() >= m_size)
        return 0;
    const Piece& piece = *std::prev(next);
    const qint64 within = pos() - piece.at;
    if (!m_file.seek(piece.offset + within))
        return -1;
    return m_file.read(data, std::min(most, piece.size - within));
}

} // namespace seedbook

#include "moc_PictureSource.cpp"
