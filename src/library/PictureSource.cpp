#include "library/PictureSource.h"

#include <algorithm>
#include <ctime>
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

PictureSource::PictureSource(QIODevice& file, const QList<Part>& parts, StopAsked stopAsked)
    : m_file(file)
    , m_stopAsked(std::move(stopAsked))
{
    for (const Part& part : parts) {
        if (!m_pieces.isEmpty() && m_pieces.last().offset + m_pieces.last().size == part.offset)
            m_pieces.last().size += part.size;
        else
            m_pieces.append({m_size, part.offset, part.size});
        m_size += part.size;
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
    qint64 done = 0;
    auto piece = std::upper_bound(m_pieces.cbegin(), m_pieces.cend(), pos(),
        [](qint64 at, const Piece& one) { return at < one.at; });
    if (piece != m_pieces.cbegin())
        --piece;
    for (; piece != m_pieces.cend() && done < most; ++piece) {
        const qint64 within = pos() + done - piece->at;
        const qint64 wanted = std::min(most - done, piece->size - within);
        if (wanted <= 0)
            continue;
        if (!m_file.seek(piece->offset + within))
            break;
        const qint64 got = m_file.read(data + done, wanted);
        done += std::max<qint64>(got, 0);
        if (got < wanted)
            break;
    }
    return done;
}

} // namespace seedbook
