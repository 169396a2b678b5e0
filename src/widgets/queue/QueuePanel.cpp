#include "widgets/queue/QueuePanel.h"

#include "jobs/Sender.h"
#include "widgets/common/Commands.h"
#include "widgets/common/Icons.h"
#include "widgets/common/MenuGuard.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/PressGuard.h"
#include "widgets/common/Tables.h"
#include "widgets/common/Theme.h"
#include "widgets/live/JobText.h"
#include "widgets/live/QueueWatch.h"
#include "widgets/queue/OnHoldRows.h"
#include "widgets/queue/QueueModel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

QueuePanel::QueuePanel(JobQueue& queue, const Sender& sender, QueueWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_sender(sender)
    , m_watch(watch)
    , m_model(new QueueModel(this))
    , m_view(new QTableView)
    , m_reason(new PlainLabel)
    , m_reasonRow(new QWidget)
    , m_goOn(new QPushButton)
    , m_empty(new PlainLabel(tr("Nothing is queued. What you generate is listed here.")))
{
    auto* bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({16, 16});
    buildView();
    buildActions(bar);

    auto* reasonRow = new QHBoxLayout(m_reasonRow);
    reasonRow->setContentsMargins(10, 4, 10, 4);
    m_reason->setWordWrap(true);
    m_reason->setAccessibleName(tr("Reason for the pause"));
    reasonRow->addWidget(m_reason, 1);
    reasonRow->addWidget(m_goOn, 0, Qt::AlignTop);
    m_empty->setAlignment(Qt::AlignCenter);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(m_reasonRow);
    auto* onHold = new OnHoldRows(queue);
    connect(onHold, &OnHoldRows::releaseRequested, this, &QueuePanel::releaseRequested);
    column->addWidget(onHold);
    column->addWidget(m_empty, 1);
    column->addWidget(m_view, 1);

    connect(m_goOn, &QPushButton::clicked, &m_queue, &JobQueue::resumeAll);
    PressGuard::protect(m_goOn);
    m_model->setWatch(&watch);
    m_model->addJobs(m_queue.jobs());
    connect(&m_queue, &JobQueue::jobsAdded, m_model, &QueueModel::addJobs);
    connect(&m_queue, &JobQueue::jobChanged, m_model, &QueueModel::updateJob);
    connect(&m_queue, &JobQueue::jobRemoved, m_model, &QueueModel::removeJob);
    const auto update = [this] {
        updateReason();
        updateActions();
    };
    connect(&m_watch, &QueueWatch::conditionChanged, this, update);
    connect(&m_queue, &JobQueue::countsChanged, this, update);
    connect(&m_queue, &JobQueue::pricesChanged, this, &QueuePanel::updateActions);
    connect(m_model, &QueueModel::moveRequested, &m_queue, &JobQueue::moveBefore);
    updateReason();
    updateActions();
}

void QueuePanel::buildView()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Queue"));
    setUpTable(m_view, {34, 15, 0, 12, 13});
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setDragEnabled(true);
    m_view->setAcceptDrops(true);
    m_view->setDropIndicatorShown(true);
    m_view->setDragDropOverwriteMode(false);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView* columns = m_view->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Interactive);
    columns->setSectionResizeMode(QueueModel::Prompt, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &QueuePanel::updateActions);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const Job* job = m_model->job(index))
            Q_EMIT showRequested(job->pictureId);
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (QAction* action : {m_tryAgain, m_cancel, m_up, m_down, m_top, m_copyError})
            menu->addAction(action);
        MenuGuard::protect(menu);
        menu->popup(m_view->viewport()->mapToGlobal(position));
    });
}

QAction* QueuePanel::add(QToolBar* bar, Command command, void (QueuePanel::*what)(), Press press)
{
    QAction* action = makeAction(command, this);
    connect(action, &QAction::triggered, this, what);
    bar->addAction(action);
    action->setAutoRepeat(press == Press::Repeats);
    if (press == Press::Once) {
        if (auto* button = qobject_cast<QAbstractButton*>(bar->widgetForAction(action)))
            PressGuard::protect(button, action);
    } else {
        action->setToolTip(plainTip(tipOf(command)));
    }
    m_view->addAction(action);
    return action;
}

void QueuePanel::buildActions(QToolBar* bar)
{
    m_pause = add(bar, Command::PauseQueue, &QueuePanel::togglePause);
    bar->addSeparator();
    m_tryAgain = add(bar, Command::RetryRequests, &QueuePanel::tryAgain);
    m_cancel = add(bar, Command::CancelRequests, &QueuePanel::cancel);
    bar->addSeparator();
    m_up = add(bar, Command::SendEarlier, &QueuePanel::moveUp, Press::Repeats);
    m_down = add(bar, Command::SendLater, &QueuePanel::moveDown, Press::Repeats);
    m_top = add(bar, Command::SendNext, &QueuePanel::moveToTop, Press::Repeats);
    bar->addSeparator();
    m_copyError = add(bar, Command::CopyError, &QueuePanel::copyError);
    m_clear = add(bar, Command::ClearFinished, &QueuePanel::clearFinished);
}

QList<const Job*> QueuePanel::selected() const
{
    QList<const Job*> jobs;
    QList<int> rows;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::ranges::sort(rows);
    for (const int row : rows)
        jobs.append(m_model->job(m_model->index(row, 0)));
    return jobs;
}

QList<JobId> QueuePanel::selectedWaiting() const
{
    QList<JobId> ids;
    for (const Job* job : selected()) {
        if (job->state == JobState::Waiting)
            ids.append(job->id);
    }
    return ids;
}

void QueuePanel::updateActions()
{
    const QList<const Job*> jobs = selected();
    const auto any = [&jobs](auto test) {
        return std::ranges::any_of(jobs, [&test](const Job* job) { return test(*job); });
    };
    const bool waiting = any([](const Job& job) { return job.state == JobState::Waiting; });
    const bool out = any([](const Job& job) { return isInFlight(job.state) && !job.unclaimed; });
    m_cancel->setEnabled(waiting || out);
    QList<JobId> ids;
    for (const Job* job : jobs)
        ids.append(job->id);
    // For the buttons' guards: the same words mean something else when other rows are selected.
    for (QAction* action : {m_cancel, m_tryAgain})
        action->setData(QVariant::fromValue(ids));
    m_cancel->setText(out && !waiting ? tr("Stop waiting") : tr("Cancel"));
    m_cancel->setToolTip(
        out ? tr("What waits is taken out of the queue for nothing. What is out cannot be stopped "
                 "and may be charged; its picture is kept if it comes.")
            : tr("Take the selected requests out of the queue. Nothing has been charged."));
    updateTryAgain(jobs);
    m_copyError->setEnabled(any([](const Job& job) { return job.error != Error{}; }));
    for (QAction* action : {m_up, m_down, m_top})
        action->setEnabled(waiting);
    m_clear->setEnabled(m_model->hasFinished());
    m_pause->setText(m_queue.isPausedByPerson() ? tr("Resume") : tr("Pause"));
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty);
    m_view->setVisible(!empty);
}

// What pays names what it may cost: a second time, or now instead of later.
void QueuePanel::updateTryAgain(const QList<const Job*>& jobs)
{
    const QueueCondition condition = m_watch.condition();
    QList<JobId> ids;
    bool unknown = false;
    bool onHold = false;
    bool heldAlone = true;
    for (const Job* job : jobs) {
        if (!canTryAgain(*job, condition))
            continue;
        ids.append(job->id);
        unknown = unknown || job->state == JobState::Unknown;
        onHold = onHold || job->onHold;
        heldAlone = heldAlone && job->onHold;
    }
    m_tryAgain->setEnabled(!ids.isEmpty() && jobs.size() <= 100);
    const Money cost = m_tryAgain->isEnabled() ? m_sender.priceOfAgain(ids) : Money();
    if (m_tryAgain->isEnabled() && heldAlone) {
        m_tryAgain->setText(
            cost > Money() ? tr("Resume · %1").arg(cost.shortText()) : tr("Resume"));
        m_tryAgain->setToolTip(tr("Send the selected requests now"));
        return;
    }
    if (cost <= Money()) {
        m_tryAgain->setText(tr("Retry"));
        m_tryAgain->setToolTip(tr("Send the selected requests again"));
        return;
    }
    m_tryAgain->setText(unknown  ? tr("Send again · %1").arg(cost.shortText())
                        : onHold ? tr("Retry · %1").arg(cost.shortText())
                                 : tr("Retry"));
    m_tryAgain->setToolTip(
        plainTip(unknown ? tr("Send the selected requests again (≈%1). You may have been "
                              "charged the first time.")
                               .arg(cost.text())
                         : tr("Send the selected requests again (≈%1).").arg(cost.text())));
}

// Why nothing is being sent, if so.
void QueuePanel::updateReason()
{
    const QList<PauseText> reasons = reasonsOf(m_watch.condition());
    QStringList details;
    for (const PauseText& reason : reasons)
        details.append(reason.details);
    m_reason->setText(details.join(u'\n'));
    m_reasonRow->setVisible(!reasons.isEmpty());
    if (!reasons.isEmpty())
        m_goOn->setText(reasons.first().wayOut);
}

void QueuePanel::togglePause()
{
    if (m_queue.isPausedByPerson())
        m_queue.resumeAll();
    else
        m_queue.pauseAll();
}

void QueuePanel::tryAgain()
{
    QList<JobId> ids;
    for (const Job* job : selected()) {
        if (canTryAgain(*job, m_watch.condition()))
            ids.append(job->id);
    }
    if (!ids.isEmpty())
        Q_EMIT againRequested(ids);
}

void QueuePanel::cancel()
{
    QList<JobId> ids;
    for (const Job* job : selected())
        ids.append(job->id);
    m_queue.giveUp(ids);
}

void QueuePanel::moveUp()
{
    const QList<JobId> ids = selectedWaiting();
    if (ids.isEmpty())
        return;
    const JobId above = m_model->waitingNeighbour(m_model->indexOf(ids.first()).row(), -1);
    if (above != 0)
        m_queue.moveBefore(ids, above);
}

void QueuePanel::moveDown()
{
    const QList<JobId> ids = selectedWaiting();
    if (ids.isEmpty())
        return;
    const int row = m_model->indexOf(ids.last()).row();
    if (m_model->waitingNeighbour(row, 1) != 0)
        m_queue.moveBefore(ids, m_model->waitingNeighbour(row, 2));
}

void QueuePanel::moveToTop()
{
    const QList<JobId> ids = selectedWaiting();
    JobId first = m_model->firstWaiting();
    const int start = m_model->indexOf(first).row();
    // Before the first one that does not move itself.
    for (int by = 0; first != 0 && ids.contains(first);)
        first = m_model->waitingNeighbour(start, ++by);
    if (!ids.isEmpty() && first != 0)
        m_queue.moveBefore(ids, first);
}

void QueuePanel::copyError()
{
    QStringList lines;
    for (const Job* job : selected()) {
        const QString words = longText(*job, m_watch.condition());
        if (job->error != Error{})
            lines.append(job->request.seed() ? tr("Seed %1: %2").arg(job->request.seedText(), words)
                                             : words);
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void QueuePanel::clearFinished()
{
    m_model->clearFinished();
    updateActions();
}

} // namespace seedbook

#include "moc_QueuePanel.cpp"
