#pragma once

#include "widgets/picture/ViewTransform.h"

#include <QImage>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace seedbook {

// A picture that is looked at closely: fitted or zoomed, moved by dragging, zoomed by the wheel at
// the pointer, fit and 100 % in turn by a double-click.
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
    // Words in the place of the picture.
    void setFailure(const QString& words);
    [[nodiscard]] const QString& failure() const { return m_failure; }
    [[nodiscard]] bool hasImage() const { return !m_image.isNull(); }

    [[nodiscard]] const ViewTransform& view() const { return m_view; }
    void fit();
    void actualSize();
    void zoomBy(qreal factor); // about the middle
    void pan(QPointF by);

Q_SIGNALS:
    void zoomChanged();

protected:
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

    ViewTransform m_view;
    QPixmap m_standIn;
    QImage m_image;
    QImage m_refined; // m_image at the very size it is shown in, where that is smaller
    QString m_failure;
    QTimer m_refineTimer; // until the zoom stands still
    quint64 m_question = 0;
    QPointF m_dragFrom;
    bool m_dragging = false;
};

} // namespace seedbook
