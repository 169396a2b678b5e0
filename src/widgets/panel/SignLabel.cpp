#include "widgets/panel/SignLabel.h"

#include "widgets/common/Painting.h"
#include "widgets/live/JobSigns.h"

#include <QPainter>

namespace seedbook {

namespace {

constexpr int signSide = 22;

} // namespace

SignLabel::SignLabel(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(signSide, signSide);
}

void SignLabel::setJob(const JobPtr& job)
{
    m_job = job;
    setVisible(job && signColour(*job, palette()).isValid());
    update();
}

void SignLabel::paintEvent(QPaintEvent*)
{
    if (!m_job)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSign(painter, rect(), signColour(*m_job, palette()), isTriangle(*m_job));
}

} // namespace seedbook

#include "moc_SignLabel.cpp"
