#pragma once

#include <QObject>

class QWheelEvent;
class QWidget;

namespace seedbook {

// Keeps the wheel from changing a control that does not have the focus: scrolling a form past a
// slider must not turn it. The wheel then goes on to whatever scrolls behind it. On a focused
// slider a notch of the wheel is one single step (Qt would go as many as the desktop scrolls
// lines).
class WheelGuard final : public QObject
{
    Q_OBJECT

public:
    // `control` is a slider, a spin box or a combo box. Its focus policy becomes StrongFocus.
    static void protect(QWidget* control);

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using QObject::QObject;

    int m_remainder = 0; // of a notch, from wheels and touch pads finer than that
};

} // namespace seedbook
