#include "widgets/panel/JobStatusIcon.h"

#include "widgets/common/Painting.h"
#include "widgets/live/JobStatusIcons.h"

#include <QPainter>

namespace seedbook {

namespace {

constexpr int signSide = 22;

} // namespace

JobStatusIcon::JobStatusIcon(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(signSide, signSide);
}

void JobStatusIcon::setJob(const JobPtr& job)
{
    m_job = job;
    setVisible(job && signColour(*job, palette()).isValid());
    update();
}

void JobStatusIcon::paintEvent(QPaintEvent*)
{
    if (!m_job)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSign(painter, rect(), signColour(*m_job, palette()), isTriangle(*m_job));
}

} // namespace seedbook

#include "moc_JobStatusIcon.cpp"
