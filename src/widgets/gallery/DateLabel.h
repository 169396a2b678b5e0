#pragma once

#include <QTimer>
#include <QWidget>

namespace seedbook {

// Tells from when the pictures are that one scrolls over. Floats at the view's right edge for a
// moment; takes neither mouse nor focus.
class DateLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit DateLabel(QWidget* parent);

    // Where it may be.
    void setArea(const QRect& area);
    // Milliseconds since 1970; 0 says nothing.
    void showDate(qint64 created);
    [[nodiscard]] const QString& text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    QString m_text;
    QRect m_area;
    QTimer m_timer;
};

} // namespace seedbook
