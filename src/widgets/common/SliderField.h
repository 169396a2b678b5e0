#pragma once

#include <QWidget>

class QSlider;

namespace seedbook {

class NumberBox;

// A number within a range: a slider and a spin box that show the same value. One notch of either is
// `step`; finer values may be typed. What is typed outside the range stays in the box, which says
// so; value() is then the last one that was within.
class SliderField final : public QWidget
{
    Q_OBJECT

public:
    struct Range
    {
        double minimum = 0;
        double maximum = 100;
        double step = 1;
        bool whole = true; // no decimals
    };
    explicit SliderField(const Range& range, QWidget* parent = nullptr);

    [[nodiscard]] double value() const;
    [[nodiscard]] NumberBox* box() const { return m_box; }
    // The nearest value in range is taken.
    void setValue(double value);
    // The value that a double click on the slider goes back to.
    void setDefaultValue(double value);
    // Both parts answer to one name; they differ by role.
    void setFieldName(const QString& name, const QString& description);

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void valueChanged(double value);

protected:
    // Passes the focus on to the slider. (A focus proxy would do that too, but with one inside
    // QWidget::setTabOrder() breaks the window's focus chain: Qt 6.4.)
    void focusInEvent(QFocusEvent* event) override;

private:
    void takeFromSlider(int notch);
    void takeFromBox(double value);
    [[nodiscard]] int notchOf(double value) const;

    double m_unit;       // the value of one notch
    double m_offset = 0; // the value of notch 0
    double m_default;
    QSlider* m_slider;
    NumberBox* m_box;
};

} // namespace seedbook
