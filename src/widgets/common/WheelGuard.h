#pragma once

#include <QObject>

class QWidget;

namespace seedbook {

// Keeps the wheel from changing a control that does not have the focus: scrolling a form past a
// slider must not turn it. The wheel goes on to whatever scrolls behind it.
class WheelGuard final : public QObject
{
    Q_OBJECT

public:
    // `control` is a slider, a spin box or a combo box. Its focus policy becomes StrongFocus.
    static void protect(QWidget* control);

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using QObject::QObject;
};

} // namespace seedbook
