#include "widgets/queue/OnHoldRows.h"

#include "jobs/JobQueue.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PressGuard.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

OnHoldRows::OnHoldRows(JobQueue& queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(10, 4, 10, 4);
    connect(&queue, &JobQueue::countsChanged, this, &OnHoldRows::refresh);
    refresh();
}

void OnHoldRows::refresh()
{
    QString shown;
    for (const auto& [endpoint, sum] : m_queue.onHoldSums())
        shown += u"%1 %2 %3\n"_s.arg(endpoint).arg(sum.count).arg(sum.price.micros());
    setVisible(!shown.isEmpty());
    if (shown == m_shown)
        return;
    m_shown = shown;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& [endpoint, sum] : m_queue.onHoldSums()) {
        const bool practice = sum.price <= Money();
        const QString host = QUrl(endpoint).host();
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words = new PlainLabel;
        words->setWordWrap(true);
        words->setText(
            host.isEmpty()
                ? tr("%n practice request(s) from your last session are on hold.", nullptr,
                      sum.count)
                : tr("%n request(s) to %1 from your last session are on hold.", nullptr, sum.count)
                      .arg(host));
        auto* button =
            new QPushButton(practice ? tr("Resume") : tr("Resume · %1").arg(sum.price.shortText()));
        button->setAccessibleName(button->text() + u". "_s + words->text());
        button->setAccessibleDescription(words->text());
        PressGuard::protect(button);
        connect(button, &QPushButton::clicked, this,
            [this, name = endpoint] { Q_EMIT releaseRequested(name); });
        line->addWidget(words, 1);
        line->addWidget(button, 0, Qt::AlignTop);
        m_rows->addWidget(row);
    }
}

} // namespace seedbook

#include "moc_OnHoldRows.cpp"
