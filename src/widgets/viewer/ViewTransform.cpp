#include "widgets/viewer/ViewTransform.h"

#include <algorithm>
#include <cmath>

namespace seedbook {

void ViewTransform::setViewport(QSize logical, qreal devicePixelRatio)
{
    m_viewport = logical;
    m_ratio = devicePixelRatio > 0 ? devicePixelRatio : 1;
    if (m_fit)
        fit();
    else
        bound();
}

void ViewTransform::setPicture(QSize size)
{
    m_picture = size;
    fit();
}

qreal ViewTransform::fitZoom() const
{
    if (m_picture.isEmpty() || m_viewport.isEmpty())
        return 1;
    return std::min(m_viewport.width() * m_ratio / m_picture.width(),
        m_viewport.height() * m_ratio / m_picture.height());
}

qreal ViewTransform::smallestZoom() const
{
    return std::min(fitZoom(), 1.0);
}

void ViewTransform::fit()
{
    m_fit = true;
    m_zoom = fitZoom();
    m_centre = {m_picture.width() / 2.0, m_picture.height() / 2.0};
}

void ViewTransform::zoomTo(qreal zoom, QPointF anchor)
{
    const QPointF kept = toPicture(anchor);
    m_zoom = std::clamp(zoom, smallestZoom(), std::max(largestZoom, fitZoom()));
    m_fit = false;
    if (fitZoom() < 1 && m_zoom <= fitZoom()) { // made smaller until all of it is seen
        fit();
        return;
    }
    m_centre = kept - (anchor - middle()) / scale();
    bound();
}

void ViewTransform::pan(QPointF by)
{
    m_centre -= by / scale();
    bound();
}

void ViewTransform::bound()
{
    m_zoom = std::max(m_zoom, smallestZoom());
    const auto within = [this](qreal centre, int picture, int viewport) {
        const qreal half = viewport / 2.0 / scale();
        return half * 2 >= picture ? picture / 2.0 : std::clamp(centre, half, picture - half);
    };
    m_centre = {within(m_centre.x(), m_picture.width(), m_viewport.width()),
        within(m_centre.y(), m_picture.height(), m_viewport.height())};
}

QRectF ViewTransform::target() const
{
    const QPointF corner = (middle() - m_centre * scale()) * m_ratio;
    const QPointF whole(std::round(corner.x()), std::round(corner.y()));
    const QSizeF size(std::max(1.0, std::round(m_picture.width() * m_zoom)),
        std::max(1.0, std::round(m_picture.height() * m_zoom)));
    return {whole / m_ratio, size / m_ratio};
}

QPointF ViewTransform::toPicture(QPointF position) const
{
    return m_centre + (position - middle()) / scale();
}

} // namespace seedbook
