#pragma once

#include <QEvent>
#include <QWidget>

#include <functional>

namespace seedbook::bench {

// Tells a paint of a widget that has just been done.
class PaintWatch final : public QObject
{
public:
    PaintWatch(QWidget* widget, std::function<void()> painted)
        : QObject(widget)
        , m_painted(std::move(painted))
    {
        widget->installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(this, m_painted, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_painted;
};

} // namespace seedbook::bench
