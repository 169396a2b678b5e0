#pragma once

#include "bench/Measure.h"

#include <QAbstractEventDispatcher>
#include <QList>
#include <QObject>

#include <ctime>

namespace seedbook::bench {

// The CPU time of the GUI thread from one wait for events to the next: all the handlers of one
// round of the event loop together, which is at least that of each.
class Rounds final : public QObject
{
public:
    explicit Rounds(QObject* parent)
        : QObject(parent)
    {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            [this] {
                const double now = threadCpuMs();
                if (m_start > 0)
                    m_rounds.append(now - m_start);
                m_start = now;
            });
    }
    void tellAll() const
    {
        for (const double round : m_rounds)
            tell("round", round);
    }

private:
    static double threadCpuMs()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    double m_start = 0;
    QList<double> m_rounds;
};

} // namespace seedbook::bench
