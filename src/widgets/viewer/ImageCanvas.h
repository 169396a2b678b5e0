#pragma once

#include "widgets/viewer/ViewTransform.h"

#include <QImage>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

class QNativeGestureEvent;
class QPinchGesture;

namespace seedbook {

// A picture that is looked at closely: fitted or zoomed, moved by dragging, zoomed by the wheel or
// two fingers at the pointer, fit and 100 % in turn by a double-click.
class ImageCanvas final : public QWidget
{
    Q_OBJECT

public:
    explicit ImageCanvas(QWidget* parent = nullptr);

    // Another picture of `size` pixels, fitted. `standIn` (a thumbnail, or null) is shown blown up
    // until setImage().
    void setPicture(QSize size, const QPixmap& standIn);
    // The picture's own pixels. What is seen stays where it is.
    void setImage(const QImage& image);
    // Words in the place of the picture: why it cannot be shown, or what there is instead of one.
    void setFailure(const QString& words);
    void setNote(const QString& words);
    [[nodiscard]] const QString& failure() const { return m_failure; }
    [[nodiscard]] const QString& note() const { return m_note; }
    [[nodiscard]] bool hasImage() const { return !m_image.isNull(); }

    [[nodiscard]] const ViewTransform& view() const { return m_view; }
    void fit();
    void actualSize();
    void zoomBy(qreal factor); // about the middle
    void pan(QPointF by);

Q_SIGNALS:
    void zoomChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void changed();
    void refine();
    void paintFailure(QPainter& painter);
    void toggleFit(QPointF at);
    bool pinch(const QPinchGesture& gesture);
    bool pinch(const QNativeGestureEvent& gesture);
    [[nodiscard]] bool hasWords() const { return !m_failure.isEmpty() || !m_note.isEmpty(); }

    ViewTransform m_view;
    QPixmap m_standIn;
    QImage m_image;
    QImage m_refined; // m_image at the very size it is shown in, where that is smaller
    QString m_failure;
    QString m_note;
    QTimer m_refineTimer; // until the zoom stands still
    quint64 m_question = 0;
    QPointF m_dragFrom;
    bool m_dragging = false;
    bool m_pinching = false; // the fingers' mouse events are none
};

} // namespace seedbook
