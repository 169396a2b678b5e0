#include "bench/Scrolling.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>

using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr int steps = 400;

} // namespace

Scrolling::Scrolling(QAbstractItemView& view)
    : QObject(&view)
    , m_view(view)
    , m_heartbeat(this)
{
    m_frames.setTimerType(Qt::PreciseTimer);
    connect(&m_frames, &QTimer::timeout, this, &Scrolling::step);
}

void Scrolling::startSoon()
{
    QTimer::singleShot(1s, this, [this] {
        m_heartbeat.start();
        m_rounds = new Rounds(this);
        m_frames.start(16ms);
    });
}

void Scrolling::step()
{
    ++m_step;
    QScrollBar* bar = m_view.verticalScrollBar();
    if (m_step <= steps) {
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * m_step / steps));
        return;
    }
    if (m_step == steps + 1) {
        if (bar->maximum() < 10 * m_view.height())
            qFatal("there is nothing to scroll");
        bar->setValue(0);
        m_view.setCurrentIndex(m_view.model()->index(0, 0));
        return;
    }
    if (m_step <= 2 * steps + 1) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_view, &press);
        return;
    }
    m_frames.stop();
    m_heartbeat.tellAll();
    m_rounds->tellAll();
    QCoreApplication::exit();
}

} // namespace seedbook::bench
