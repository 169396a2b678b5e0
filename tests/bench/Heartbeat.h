#pragma once

#include "bench/Measure.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace seedbook::bench {

// The times between turns of the event loop, which asks to be woken every millisecond.
class Heartbeat final : public QObject
{
public:
    explicit Heartbeat(QObject* parent)
        : QObject(parent)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double now = monotonicMs();
            m_gaps.append(now - m_last);
            m_last = now;
        });
    }
    void start()
    {
        m_last = monotonicMs();
        m_timer.start(std::chrono::milliseconds(1));
    }
    void tellAll() const
    {
        for (const double gap : m_gaps)
            tell("gap", gap);
    }

private:
    QTimer m_timer;
    QList<double> m_gaps;
    double m_last = 0;
};

} // namespace seedbook::bench
