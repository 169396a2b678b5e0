#include "widgets/gallery/EmptyGallery.h"

#include "widgets/common/PlainLabel.h"
#include "widgets/common/Theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Three sheets, one behind the other, the front one with a horizon: pictures to come.
class Sheets final : public QWidget
{
public:
    using QWidget::QWidget;
    [[nodiscard]] QSize sizeHint() const override { return {132, 92}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor line = borderColour(palette());
        const QRectF sheet(-42, -27, 84, 54);
        painter.translate(width() / 2.0, height() / 2.0 + 4);
        for (const qreal angle : {-11.0, 8.0, -1.5}) {
            painter.save();
            painter.rotate(angle);
            painter.setPen(QPen(line, 1.5));
            painter.setBrush(tileBackgroundColour(palette()));
            painter.drawRoundedRect(sheet, 5, 5);
            if (angle == -1.5) {
                QPainterPath hills;
                hills.moveTo(-34, 18);
                hills.cubicTo(-22, -2, -12, -4, -2, 10);
                hills.cubicTo(6, -6, 16, -10, 34, 12);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(accentColour(palette()), 2, Qt::SolidLine, Qt::RoundCap));
                painter.drawPath(hills);
                painter.drawEllipse(QPointF(22, -13), 5, 5);
            }
            painter.restore();
        }
    }
};

} // namespace

EmptyGallery::EmptyGallery(QWidget* parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_words(new PlainLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_words->setAlignment(Qt::AlignHCenter);
    m_words->setWordWrap(true);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_words->setMaximumWidth(380);
    setNoneFound(false);

    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(new Sheets(this), 0, Qt::AlignHCenter);
    layout->addSpacing(14);
    layout->addWidget(m_title);
    layout->addSpacing(4);
    auto* row = new QHBoxLayout; // an aligned label would not grow to the width it may have
    row->addStretch(1);
    row->addWidget(m_words, 1000);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(3);
}

void EmptyGallery::setNoneFound(bool noneFound)
{
    m_title->setText(
        noneFound ? tr("No picture is like that") : tr("Pictures you make appear here"));
    m_words->setText(noneFound
                         ? tr("None has all that is looked for. Ctrl+Shift+F shows all again.")
                         : tr("Describe one under Prompt, then press Generate or Ctrl+Return. You "
                              "can go on writing while it is being made."));
}

} // namespace seedbook

#include "moc_EmptyGallery.cpp"
