#pragma once

#include <QIconEngine>
#include <QPalette>
#include <QString>

namespace seedbook {

// Draws a one-colour SVG in a colour of the application's palette. The colour is asked for at each
// painting; rendered pixmaps are kept in QPixmapCache under name, size and colour.
class SvgIconEngine final : public QIconEngine
{
public:
    SvgIconEngine(QString path, QPalette::ColorRole role);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine* clone() const override;

private:
    QString m_path;
    QPalette::ColorRole m_role;
};

} // namespace seedbook
