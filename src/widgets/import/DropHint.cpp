#include "widgets/import/DropHint.h"

#include "widgets/common/Theme.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace seedbook {

namespace {

constexpr int edge = 14;
constexpr qreal hintCorner = 10;
constexpr int lineGap = 8;

} // namespace

DropHint::DropHint(QWidget* window)
    : QWidget(window)
{
    setAccessibleName(tr("Drop images here"));
    // The window stays what the pointer is over.
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

QStringList DropHint::localPaths(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

bool DropHint::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto* drag = static_cast<QDropEvent*>(event);
        // What is dragged out of the gallery is here already.
        if (drag->source() || localPaths(drag->mimeData()).isEmpty())
            break;
        setGeometry(parentWidget()->rect());
        raise();
        show();
        // Files are looked at, never moved.
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        return true;
    }
    case QEvent::DragLeave:
        hide();
        break;
    case QEvent::Drop: {
        hide();
        auto* drop = static_cast<QDropEvent*>(event);
        const QStringList paths = localPaths(drop->mimeData());
        if (paths.isEmpty())
            break;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        Q_EMIT dropped(paths);
        return true;
    }
    case QEvent::Resize:
        setGeometry(parentWidget()->rect());
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void DropHint::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Window);
    ground.setAlphaF(0.93F);
    painter.fillRect(rect(), ground);
    const QColor accent = accentColour(palette());
    QColor tint = accent;
    tint.setAlphaF(0.08F);
    painter.setBrush(tint);
    painter.setPen(QPen(accent, 2, Qt::DashLine));
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(edge, edge, -edge, -edge), hintCorner, hintCorner);

    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    const int first = QFontMetrics(large).height();
    const int second = fontMetrics().height();
    const int top = (height() - first - lineGap - second) / 2;
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(
        QRect(0, top, width(), first), Qt::AlignCenter, tr("Drop to read their parameters"));
    painter.setFont(font());
    painter.setPen(subtleTextColour(palette()));
    painter.drawText(QRect(0, top + first + lineGap, width(), second), Qt::AlignCenter,
        tr("Nothing is changed until you choose."));
}

} // namespace seedbook

#include "moc_DropHint.cpp"
