#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace seedbook {

// How a picture lies in a viewport. Positions are logical pixels; zoom is device pixels for one
// picture's pixel, so that 1 is 100 % on every screen. A picture smaller than the viewport lies in
// its middle; a larger one leaves no gap at its sides.
class ViewTransform final
{
public:
    static constexpr qreal largestZoom = 16;

    void setViewport(QSize logical, qreal devicePixelRatio);
    // Another picture, fitted.
    void setPicture(QSize size);
    [[nodiscard]] QSize picture() const { return m_picture; }

    [[nodiscard]] bool isFit() const { return m_fit; }
    [[nodiscard]] qreal zoom() const { return m_zoom; }
    [[nodiscard]] qreal fitZoom() const;
    [[nodiscard]] qreal smallestZoom() const;

    void fit();
    // The picture's point under `anchor` stays under it, as far as the picture's edges allow.
    void zoomTo(qreal zoom, QPointF anchor);
    void pan(QPointF by);

    // Where the whole picture lies, on whole device pixels.
    [[nodiscard]] QRectF target() const;
    [[nodiscard]] QPointF toPicture(QPointF position) const;
    [[nodiscard]] QPointF middle() const
    {
        return {m_viewport.width() / 2.0, m_viewport.height() / 2.0};
    }

private:
    void bound();
    [[nodiscard]] qreal scale() const { return m_zoom / m_ratio; } // logical for one of the picture

    QSize m_viewport;
    qreal m_ratio = 1;
    QSize m_picture;
    qreal m_zoom = 1;
    QPointF m_centre; // the picture's point in the middle of the viewport
    bool m_fit = true;
};

} // namespace seedbook
