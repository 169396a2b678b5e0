#include "practice/PracticePainter.h"

#include <QPainter>

namespace seedbook::practice {

QImage paintPicture(const Request& request)
{
    QSize size = request.pixelSize();
    if (size.isEmpty())
        size = QSize(1024, 1024);
    QImage image(size, QImage::Format_RGB32);
    const int hue = static_cast<int>(request.seed().number() % 360);
    QLinearGradient sky(0, 0, 0, size.height());
    sky.setColorAt(0, QColor::fromHsv(hue, 160, 120));
    sky.setColorAt(
        1, QColor::fromHsv((hue + 40) % 360, 90,
               200 + static_cast<int>(request.value(ParameterRole::Guidance).toDouble())));
    QPainter painter(&image);
    painter.fillRect(image.rect(), sky);
    painter.setPen(Qt::white);
    painter.drawText(
        30, size.height() - 30, request.seed().text() + u' ' + request.prompt().left(40));
    return image;
}

} // namespace seedbook::practice
