#include "widgets/common/WheelGuard.h"

#include <QAbstractSlider>
#include <QWheelEvent>
#include <QWidget>

namespace seedbook {

void WheelGuard::protect(QWidget* control)
{
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(new WheelGuard(control));
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel)
        return false;
    const auto* control = qobject_cast<QWidget*>(watched);
    if (!control || !control->hasFocus()) {
        event->ignore();
        return true;
    }
    auto* slider = qobject_cast<QAbstractSlider*>(watched);
    if (!slider)
        return false;
    m_remainder += static_cast<QWheelEvent*>(event)->angleDelta().y();
    const int notches = m_remainder / QWheelEvent::DefaultDeltasPerStep;
    m_remainder %= QWheelEvent::DefaultDeltasPerStep;
    slider->setValue(slider->value() + notches * slider->singleStep());
    event->accept();
    return true;
}

} // namespace seedbook

#include "moc_WheelGuard.cpp"
