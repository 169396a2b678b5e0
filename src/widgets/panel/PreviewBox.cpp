#include "widgets/panel/PreviewBox.h"

#include "core/Async.h"
#include "core/ErrorText.h"
#include "library/ImageDecoder.h"
#include "widgets/common/Painting.h"
#include "widgets/common/Theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds resizeDelay{120};
constexpr int leastHeight = 120;
constexpr double mostHeightOfWidth = 0.9; // a tall picture leaves room for what is said of it
constexpr qreal corner = 4;

} // namespace

PreviewBox::PreviewBox(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Preview"));
    setToolTip(tr("Double-click to let the picture fill the window"));
    m_resizeTimer.setSingleShot(true);
    m_resizeTimer.setInterval(resizeDelay);
    connect(&m_resizeTimer, &QTimer::timeout, this, &PreviewBox::decode);
}

PreviewBox::~PreviewBox()
{
    m_decoding.cancel();
}

void PreviewBox::setPicture(const PicturePtr& picture, const QPixmap& meanwhile)
{
    if (picture == m_picture)
        return;
    // Of the same file, what is shown stays until the new one is there: it was rated, most of the
    // time.
    const bool same = picture && m_picture && picture->id == m_picture->id &&
                      picture->path == m_picture->path && picture->size == m_picture->size;
    m_picture = picture;
    m_meanwhile = meanwhile;
    if (!same) {
        m_pixmap = {};
        m_failure.clear();
    }
    updateGeometry();
    update();
    decode();
}

int PreviewBox::heightForWidth(int width) const
{
    const QSize size = m_picture && !m_picture->size.isEmpty() ? m_picture->size : QSize(16, 9);
    const int height = static_cast<int>(qint64{width} * size.height() / size.width());
    return std::clamp(
        height, leastHeight, std::max(leastHeight, static_cast<int>(width * mostHeightOfWidth)));
}

QSize PreviewBox::sizeHint() const
{
    return {280, heightForWidth(280)};
}

QSize PreviewBox::bound() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

void PreviewBox::decode()
{
    m_resizeTimer.stop();
    m_decoding.cancel();
    const quint64 question = ++m_question;
    if (!m_picture || size().isEmpty())
        return;
    m_decoding = decodePictureLater(m_picture->path, bound());
    whenDone(m_decoding, this, [this, question](const Result<QImage>& image) {
        if (question != m_question)
            return;
        m_pixmap = image ? QPixmap::fromImage(*image) : QPixmap();
        m_failure = image ? QString() : sentence(image.error());
        update();
        Q_EMIT settled();
    });
}

void PreviewBox::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_picture)
        m_resizeTimer.start();
}

void PreviewBox::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_picture)
        Q_EMIT openRequested();
}

void PreviewBox::paintEvent(QPaintEvent*)
{
    if (!m_picture)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal ratio = devicePixelRatioF();
    if (!m_pixmap.isNull()) {
        // Small pictures are not blown up.
        const QSize shown = (QSizeF(m_pixmap.size()) / ratio).toSize();
        QRect area = rect();
        if (shown.width() < area.width() && shown.height() < area.height())
            area = QRect(
                QPoint((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown);
        paintRounded(painter, fitted(m_pixmap.size(), area, ratio), m_pixmap, corner);
        return;
    }
    if (!m_meanwhile.isNull() && m_failure.isEmpty()) {
        paintRounded(painter, fitted(m_picture->size, rect(), ratio), m_meanwhile, corner);
        return;
    }
    painter.setPen(borderColour(palette()));
    painter.setBrush(tileBackgroundColour(palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    if (m_failure.isEmpty())
        return;
    const int side = 28;
    const QRect inner = rect().adjusted(14, 12, -14, -12);
    const QRect words = inner.adjusted(0, side + 8, 0, 0);
    const int lines = words.height() / fontMetrics().height();
    const int height = paintWords(nullptr, words, font(), m_failure, lines);
    const int top = inner.top() + (inner.height() - side - 8 - height) / 2;
    paintSign(painter, QRectF(inner.center().x() - side / 2, top, side, side),
        warningColour(palette()), true);
    painter.setPen(palette().color(QPalette::WindowText));
    paintWords(
        &painter, words.translated(0, top - inner.top()), font(), m_failure, lines, Qt::AlignTop);
}

} // namespace seedbook

#include "moc_PreviewBox.cpp"
