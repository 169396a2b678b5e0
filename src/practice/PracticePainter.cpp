#include "practice/PracticePainter.h"

#include "core/Text.h"
#include "practice/Scenes.h"

#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace seedbook::practice {

namespace {

constexpr QSize unknownSize(1024, 1024);

quint64 hashed(const QString& text)
{
    quint64 hash = 0xcbf29ce484222325ULL;
    for (const QChar unit : text)
        hash = mixed(hash ^ unit.unicode());
    return hash;
}

double number(const Request& request, ParameterRole role, double otherwise)
{
    return request.value(role).toDouble(otherwise);
}

float detailOf(const Request& request)
{
    const double steps = number(request, ParameterRole::Steps, 30);
    return static_cast<float>(std::clamp(std::sqrt(steps / 50), 0.0, 1.0));
}

// As painted at the model's usual guidance of 3.5; softer below, stronger above.
Canvas::Look lookOf(const Request& request)
{
    const double guidance = std::max(1.0, number(request, ParameterRole::Guidance, 3.5));
    const auto stops = static_cast<float>(std::log2(guidance / 3.5));
    return {1 + 0.11F * stops, 1 + 0.21F * stops};
}

// Says in the picture what it is, in its lower left corner.
void paintMark(QImage& image, const Request& request)
{
    const double unit = std::sqrt(double(image.width()) * image.height());
    QFont font;
    font.setFamilies({u"DejaVu Sans"_s, u"Noto Sans CJK SC"_s});
    font.setPixelSize(std::max(9, qRound(unit * 0.0125)));
    const QFontMetricsF metrics(font);
    const double margin = unit * 0.02;
    const double padding = metrics.height() * 0.7;
    const QString first =
        request.seed() ? u"practice \u00b7 seed "_s + request.seedText() : u"practice"_s;
    const QString second = metrics.elidedText(elided(request.prompt(), 300).simplified(),
        Qt::ElideRight, std::min(unit * 0.36, image.width() - 2 * (margin + padding)));

    const QSizeF text(std::max(metrics.horizontalAdvance(first), metrics.horizontalAdvance(second)),
        metrics.height() * 2.1);
    const QRectF pill(margin, image.height() - margin - text.height() - padding,
        text.width() + 2 * padding, text.height() + padding);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(255, 255, 255, 46), 1));
    painter.setBrush(QColor(12, 14, 24, 92));
    painter.drawRoundedRect(pill, pill.height() * 0.32, pill.height() * 0.32);
    painter.setFont(font);
    const QRectF inner = pill.adjusted(padding, padding / 2, -padding, -padding / 2);
    painter.setPen(QColor(255, 255, 255, 235));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, first);
    painter.setPen(QColor(255, 255, 255, 178));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine, second);
}

} // namespace

QImage paintPicture(const Request& request, quint64 chance)
{
    const quint64 prompt = hashed(request.prompt());
    const quint64 seed = request.seed() ? static_cast<quint64>(request.seed()->number())
                                        : chance % quint64(Seed::largest);
    const quint64 negative = hashed(request.value(ParameterRole::NegativePrompt).toString());
    Plan plan;
    plan.composition = mixed(prompt ^ mixed(seed));
    plan.negative = negative;
    // Counted up, not drawn, so that neighbouring seeds never look alike.
    plan.mood = (prompt >> 8) + seed * 5 + seed / sceneCount;
    plan.detail = detailOf(request);

    const QSize size = request.pixelSize().isEmpty() ? unknownSize : request.pixelSize();
    Canvas canvas(size);
    paintScene(canvas, static_cast<int>((prompt % sceneCount + seed) % sceneCount), plan);
    QImage image = canvas.toImage(lookOf(request));
    paintMark(image, request);
    return image;
}

} // namespace seedbook::practice
