#include "widgets/viewer/ImageCanvas.h"

#include "core/Async.h"
#include "widgets/common/Painting.h"
#include "widgets/common/Theme.h"

#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPinchGesture>
#include <QWheelEvent>
#include <QtConcurrentRun>

#include <chrono>
#include <cmath>

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds refineDelay{80};
constexpr qreal wheelBase = 1.0017; // for an eighth of a degree; a notch of 120 is about 1.23
// From here on a person counts pixels, and wants to see them.
constexpr qreal pixelZoom = 3;

} // namespace

ImageCanvas::ImageCanvas(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Picture"));
    grabGesture(Qt::PinchGesture); // of a touch screen
    m_refineTimer.setSingleShot(true);
    m_refineTimer.setInterval(refineDelay);
    connect(&m_refineTimer, &QTimer::timeout, this, &ImageCanvas::refine);
}

void ImageCanvas::setPicture(QSize size, const QPixmap& standIn)
{
    m_standIn = standIn;
    m_image = {};
    m_failure.clear();
    m_note.clear();
    m_dragging = false;
    m_view.setViewport(QWidget::size(), devicePixelRatioF());
    m_view.setPicture(size.isEmpty() ? standIn.size() : size);
    changed();
}

void ImageCanvas::setImage(const QImage& image)
{
    m_image = image;
    m_failure.clear();
    m_note.clear();
    if (image.size() != m_view.picture()) // the file is not what was known of it
        m_view.setPicture(image.size());
    changed();
}

void ImageCanvas::setFailure(const QString& words)
{
    m_failure = words;
    m_image = {};
    changed();
}

void ImageCanvas::setNote(const QString& words)
{
    setPicture({}, {});
    m_note = words;
    changed();
}

void ImageCanvas::fit()
{
    m_view.fit();
    changed();
}

void ImageCanvas::actualSize()
{
    m_view.zoomTo(1, m_view.middle());
    changed();
}

void ImageCanvas::zoomBy(qreal factor)
{
    m_view.zoomTo(m_view.zoom() * factor, m_view.middle());
    changed();
}

void ImageCanvas::pan(QPointF by)
{
    m_view.pan(by);
    update();
}

void ImageCanvas::changed()
{
    m_refined = {};
    ++m_question;
    m_refineTimer.start();
    const QRectF target = m_view.target();
    const bool movable = target.width() > width() || target.height() > height();
    setCursor(!movable ? Qt::ArrowCursor : m_dragging ? Qt::ClosedHandCursor : Qt::OpenHandCursor);
    update();
    Q_EMIT zoomChanged();
}

// Painting scales by two neighbours, which glitters when a picture is made much smaller.
void ImageCanvas::refine()
{
    if (m_image.isNull() || m_view.zoom() >= 1)
        return;
    const quint64 question = ++m_question;
    const QSize wanted = (m_view.target().size() * devicePixelRatioF()).toSize();
    const auto scaled = QtConcurrent::run([image = m_image, wanted] {
        return image.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    });
    whenDone(scaled, this, [this, question](const QImage& refined) {
        if (question != m_question)
            return;
        m_refined = refined;
        update();
    });
}

void ImageCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_failure.isEmpty()) {
        paintFailure(painter);
        return;
    }
    if (!m_note.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, m_note);
        return;
    }
    if (m_view.picture().isEmpty()) // nothing is known of it yet
        return;
    const QRectF target = m_view.target();
    const qreal zoom = m_view.zoom();
    if (!m_refined.isNull()) {
        painter.drawImage(target, m_refined);
    } else if (!m_image.isNull()) {
        painter.setRenderHint(
            QPainter::SmoothPixmapTransform, zoom < pixelZoom && !qFuzzyCompare(zoom, 1.0));
        painter.drawImage(target, m_image);
    } else if (!m_standIn.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(target, m_standIn, QRectF(QPointF(), m_standIn.size()));
    } else {
        painter.fillRect(target, palette().color(QPalette::AlternateBase));
    }
}

void ImageCanvas::paintFailure(QPainter& painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = 40;
    const int gap = 14;
    const int room = std::min(width() - 40, 520);
    const QRect words((width() - room) / 2, 0, room, std::max(0, height() - side - gap));
    const int lines = 6;
    const int used = paintWords(nullptr, words, font(), m_failure, lines);
    const int top = (height() - side - gap - used) / 2;
    paintSign(
        painter, QRectF((width() - side) / 2.0, top, side, side), warningColour(palette()), true);
    painter.setPen(palette().color(QPalette::WindowText));
    paintWords(
        &painter, words.translated(0, top + side + gap), font(), m_failure, lines, Qt::AlignTop);
}

void ImageCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_view.setViewport(size(), devicePixelRatioF());
    changed();
}

void ImageCanvas::wheelEvent(QWheelEvent* event)
{
    const int turned = event->angleDelta().y();
    if (turned != 0 && !hasWords()) {
        m_view.zoomTo(m_view.zoom() * std::pow(wheelBase, turned), event->position());
        changed();
    }
    event->accept(); // nothing behind may scroll
}

void ImageCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_dragging = true;
    m_dragFrom = event->position();
    if (cursor().shape() == Qt::OpenHandCursor)
        setCursor(Qt::ClosedHandCursor);
}

void ImageCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging || m_pinching)
        return;
    pan(event->position() - m_dragFrom);
    m_dragFrom = event->position();
}

void ImageCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    if (cursor().shape() == Qt::ClosedHandCursor)
        setCursor(Qt::OpenHandCursor);
}

void ImageCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        toggleFit(event->position());
    else
        event->ignore();
}

void ImageCanvas::toggleFit(QPointF at)
{
    if (hasWords())
        return;
    if (m_view.isFit())
        m_view.zoomTo(1, at);
    else
        m_view.fit();
    changed();
}

bool ImageCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture)
        return pinch(*static_cast<QNativeGestureEvent*>(event)) || QWidget::event(event);
    if (event->type() == QEvent::Gesture) {
        auto* gestures = static_cast<QGestureEvent*>(event);
        if (const QGesture* gesture = gestures->gesture(Qt::PinchGesture))
            return pinch(*static_cast<const QPinchGesture*>(gesture));
    }
    return QWidget::event(event);
}

// Two fingers on a screen: zooms and moves at once, as if they held the picture.
bool ImageCanvas::pinch(const QPinchGesture& gesture)
{
    m_pinching = gesture.state() == Qt::GestureStarted || gesture.state() == Qt::GestureUpdated;
    if (hasWords())
        return true;
    const QPointF now = mapFromGlobal(gesture.centerPoint());
    if (gesture.state() == Qt::GestureUpdated)
        m_view.pan(now - mapFromGlobal(gesture.lastCenterPoint()));
    m_view.zoomTo(m_view.zoom() * gesture.scaleFactor(), now);
    changed();
    return true;
}

// On a touch pad.
bool ImageCanvas::pinch(const QNativeGestureEvent& gesture)
{
    if (hasWords())
        return false;
    switch (gesture.gestureType()) {
    case Qt::ZoomNativeGesture:
        m_view.zoomTo(m_view.zoom() * (1 + gesture.value()), gesture.position());
        changed();
        return true;
    case Qt::SmartZoomNativeGesture:
        toggleFit(gesture.position());
        return true;
    default:
        return false;
    }
}

} // namespace seedbook

#include "moc_ImageCanvas.cpp"
