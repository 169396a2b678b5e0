#include "widgets/compose/RatioIcon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QStringList>

#include <algorithm>

namespace seedbook {

namespace {

class RatioIconEngine final : public QIconEngine
{
public:
    explicit RatioIconEngine(QSizeF shape)
        : m_shape(shape)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::Text;
        const qreal line = std::max(1.0, rect.width() / 14.0);
        const QSizeF room = QSizeF(rect.size()) - QSizeF(line + 1, line + 1);
        QRectF outline({}, m_shape.scaled(room, Qt::KeepAspectRatio));
        outline.moveCenter(QRectF(rect).center());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(palette.color(group, role), line));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(outline, line, line);
        painter->restore();
    }

    [[nodiscard]] QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new RatioIconEngine(*this); }

private:
    QSizeF m_shape;
};

} // namespace

QIcon ratioIcon(const QString& ratio)
{
    const QStringList sides = ratio.split(u':');
    if (sides.size() != 2)
        return {};
    const double width = sides[0].toDouble();
    const double height = sides[1].toDouble();
    if (!(width > 0 && height > 0) || width / height > 50 || height / width > 50)
        return {};
    return QIcon(new RatioIconEngine({width, height}));
}

} // namespace seedbook
