#include "widgets/queue/QueueStatus.h"

#include "jobs/JobQueue.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/PressGuard.h"
#include "widgets/live/QueueWatch.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace seedbook {

QueueStatus::QueueStatus(JobQueue& queue, QueueWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_cause(new PlainLabel)
    , m_wayOut(new QPushButton)
{
    m_cause->setAccessibleName(tr("Reason for the pause"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(m_cause);
    row->addWidget(m_wayOut);
    PressGuard::protect(m_wayOut); // what it resumes is paid for
    connect(m_wayOut, &QPushButton::clicked, &queue, &JobQueue::resumeAll);
    connect(&watch, &QueueWatch::conditionChanged, this, &QueueStatus::refresh);
    connect(&watch, &QueueWatch::ticked, this, &QueueStatus::refresh);
    connect(&queue, &JobQueue::countsChanged, this, &QueueStatus::refresh);
    refresh();
}

QList<PauseText> QueueStatus::reasons() const
{
    QList<PauseText> reasons = reasonsOf(m_watch.condition());
    // Of one that waits for its next attempt only where nothing else says why.
    if (const auto retry = m_watch.nextRetry(); retry && reasons.isEmpty())
        reasons.append(retryText(retry->at, retry->error));
    return reasons;
}

void QueueStatus::refresh()
{
    const QList<PauseText> reasons = this->reasons();
    setVisible(!reasons.isEmpty());
    if (reasons.isEmpty())
        return;
    QStringList details;
    for (const PauseText& reason : reasons)
        details.append(reason.details);
    m_cause->setText(reasons.first().cause);
    m_cause->setToolTip(plainTip(details.join(u'\n')));
    m_cause->setAccessibleDescription(reasons.first().cause + u". "_s + details.join(u' '));
    m_wayOut->setText(reasons.first().wayOut);
    m_wayOut->setToolTip(tr("Continue sending"));
}

} // namespace seedbook

#include "moc_QueueStatus.cpp"
