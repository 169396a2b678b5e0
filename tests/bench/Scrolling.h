#pragma once

#include "bench/Heartbeat.h"
#include "bench/Rounds.h"

#include <QAbstractItemView>
#include <QObject>
#include <QTimer>

namespace seedbook::bench {

// From one end of a view to the other by its scroll bar, one step a frame, and then as many times
// Page Down from the top. Tells "gap" and "round" of all of it and ends the program.
class Scrolling final : public QObject
{
public:
    explicit Scrolling(QAbstractItemView& view);
    // After a second of quiet.
    void startSoon();

private:
    void step();

    QAbstractItemView& m_view;
    Heartbeat m_heartbeat;
    Rounds* m_rounds = nullptr;
    QTimer m_frames;
    int m_step = 0;
};

} // namespace seedbook::bench
