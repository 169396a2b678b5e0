#include "widgets/common/SliderField.h"

#include "widgets/common/NumberBox.h"
#include "widgets/common/WheelGuard.h"

#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace seedbook {

namespace {

// A slider of a few hundred pixels needs no more, and notches must fit an int.
constexpr double mostNotches = 100000;

} // namespace

SliderField::SliderField(const Range& range, QWidget* parent)
    : QWidget(parent)
    , m_unit(std::max(range.step, (range.maximum - range.minimum) / mostNotches))
    , m_default(range.minimum)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_box(new NumberBox(range.step, range.whole))
{
    // Notch numbers are multiples of the step (a slider for 1 … 50 says 1 … 50) where that fits.
    if (std::max(std::fabs(range.minimum), std::fabs(range.maximum)) / m_unit > 1e9)
        m_offset = range.minimum;
    m_box->setRange(range.minimum, range.maximum);
    m_box->setValue(range.minimum);
    m_slider->setRange(notchOf(range.minimum), notchOf(range.maximum));
    m_slider->setValue(m_slider->minimum());
    m_slider->setPageStep(std::max(1, (m_slider->maximum() - m_slider->minimum()) / 10));
    m_slider->installEventFilter(this);
    WheelGuard::protect(m_slider);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    m_box->setMinimumWidth(72);

    connect(m_slider, &QSlider::valueChanged, this, &SliderField::takeFromSlider);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, &SliderField::takeFromBox);
}

double SliderField::value() const
{
    return m_box->value();
}

void SliderField::setValue(double value)
{
    m_box->setValue(value);
}

void SliderField::setDefaultValue(double value)
{
    m_default = value;
}

void SliderField::setFieldName(const QString& name, const QString& description)
{
    for (QWidget* part : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_box)}) {
        part->setAccessibleName(name);
        part->setAccessibleDescription(description);
    }
}

bool SliderField::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_slider && event->type() == QEvent::MouseButtonDblClick) {
        setValue(m_default);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SliderField::focusInEvent(QFocusEvent* event)
{
    m_slider->setFocus(event->reason());
}

void SliderField::takeFromSlider(int notch)
{
    m_box->setValue(m_offset + notch * m_unit);
}

void SliderField::takeFromBox(double value)
{
    // The box may hold a value between two notches; the slider shows the nearest.
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(notchOf(value));
    Q_EMIT valueChanged(value);
}

int SliderField::notchOf(double value) const
{
    return static_cast<int>(std::lround((value - m_offset) / m_unit));
}

} // namespace seedbook

#include "moc_SliderField.cpp"
