#pragma once

#include "metadata/Container.h"

#include <QIODevice>
#include <QList>

#include <chrono>
#include <functional>

namespace seedbook {

// Asked now and then while a picture is decoded, on the thread that decodes: whether to give it up.
using StopAsked = std::function<bool()>;

// What Qt's readers see of a picture's file: some of its segments, as if they were all of it, and
// no more of them once it is given up or has taken too long. A reader takes that for a file that
// ends early, so whoever gave it this asks afterwards.
class PictureSource final : public QIODevice
{
    Q_OBJECT

public:
    // `file` is open, random access, and outlives this; `segments` are in its order.
    PictureSource(QIODevice& file, const QList<Segment>& segments, StopAsked stopAsked);

    // From now on, counted in the time that this thread really runs.
    void allow(std::chrono::microseconds time);
    [[nodiscard]] bool wasStopped() const { return m_stopped; }
    [[nodiscard]] bool tookTooLong() const { return m_tookTooLong; }

    [[nodiscard]] qint64 size() const override { return m_size; }

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    struct Piece
    {
        qint64 at = 0; // in what is seen
        qint64 offset = 0;
        qint64 size = 0;
    };
    [[nodiscard]] bool mayGoOn();

    QIODevice& m_file;
    QList<Piece> m_pieces;
    qint64 m_size = 0;
    StopAsked m_stopAsked;
    std::chrono::nanoseconds m_until = std::chrono::nanoseconds::max();
    bool m_stopped = false;
    bool m_tookTooLong = false;
};

} // namespace seedbook
