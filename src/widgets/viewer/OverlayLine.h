#pragma once

#include "widgets/common/PlainLabel.h"

#include <QTimer>

namespace seedbook {

// A few words over the lower part of a picture: how an action went. They go by themselves, a
// problem later than a note; a click takes them away.
class OverlayLine final : public PlainLabel
{
    Q_OBJECT

public:
    explicit OverlayLine(QWidget* parent);

    void say(const QString& words, bool isError);
    void leave();
    // In the middle of the lower edge of `area`, and never wider.
    void place(const QRect& area);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    QRect m_area;
    QTimer m_timer;
};

} // namespace seedbook
