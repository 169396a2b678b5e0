#include "widgets/panel/JobPage.h"

#include "core/ErrorText.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/ActionButton.h"
#include "widgets/common/CopyableLabel.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/live/JobText.h"
#include "widgets/live/PictureText.h"
#include "widgets/panel/JobStatusIcon.h"
#include "widgets/panel/SeedRow.h"

#include <QAction>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

void say(QLabel* label, const QString& words)
{
    label->setText(words);
    label->setVisible(!words.isEmpty());
}

} // namespace

JobPage::JobPage(const ModelCatalog& models, PictureActions& actions, QWidget* parent)
    : PageFrame(parent)
    , m_models(models)
{
    QWidget* body = this->body();
    m_sign = new JobStatusIcon(body);
    m_state = new PlainLabel(body);
    m_state->setAccessibleName(tr("State"));
    QFont large = m_state->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_state->setFont(large);
    m_state->setWordWrap(true);
    m_time = heading({}, body);
    m_what = new CopyableLabel({}, body);
    QFont strong = m_what->font();
    strong.setWeight(QFont::DemiBold);
    m_what->setFont(strong);
    m_why = new CopyableLabel({}, body);
    m_todo = new CopyableLabel({}, body);
    m_keptLabel = heading(tr("Saved copy"), body);
    m_kept = new CopyableLabel({}, body);
    m_kept->setMinimumWidth(1);
    m_reveal = actionButton(actions.reveal(), body);
    m_seed = new SeedRow(actions, body);
    m_prompt = new TextBlock(tr("Prompt of the request"), 8, body);
    m_parameters = new DetailsTable(body);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_sign);
    head->addWidget(m_state, 1);
    head->addWidget(m_time);
    QVBoxLayout* column = this->column();
    column->setSpacing(6);
    column->addLayout(head);
    column->addSpacing(4);
    column->addWidget(m_what);
    column->addWidget(m_why);
    column->addWidget(m_todo);
    column->addWidget(m_keptLabel);
    column->addWidget(m_kept);
    column->addWidget(m_reveal, 0, Qt::AlignLeft);
    column->addSpacing(8);
    column->addWidget(m_seed);
    column->addSpacing(4);
    column->addWidget(heading(tr("Prompt"), body));
    column->addWidget(m_prompt);
    column->addSpacing(6);
    column->addWidget(m_parameters);
    column->addStretch(1);

    QGridLayout* buttons = this->buttons();
    // Those of the state share the first row; a hidden one leaves its room to the other.
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    for (QAction* action :
        {actions.resumeQueue(), actions.tryAgain(), actions.dismiss(), actions.cancel()})
        first->addWidget(actionButton(action, this));
    buttons->addLayout(first, 0, 0, 1, 2);
    buttons->addWidget(actionButton(actions.useAll(), this), 1, 0);
    buttons->addWidget(actionButton(actions.remix(), this), 1, 1);
}

void JobPage::setJob(const JobPtr& job, const QueueCondition& condition)
{
    m_job = job;
    if (!job)
        return;
    m_sign->setJob(job);
    const bool kept = !job->spoolPath.isEmpty();
    m_keptLabel->setVisible(kept);
    m_reveal->setVisible(kept);
    say(m_kept, QDir::toNativeSeparators(job->spoolPath));
    m_seed->setSeed(job->request.seed() ? job->request.seedText() : tr("none"));
    m_seed->setBadge(job->unclaimed ? tr("unclaimed") : job->practice ? tr("practice") : QString());
    m_prompt->setText(job->request.prompt());
    DetailRows rows{{tr("Model"), job->request.model().title()}};
    rows += parameterRows(m_models, job->request.model().id(), job->request.parameters());
    m_parameters->setRows(rows);
    setCondition(condition);
}

void JobPage::setCondition(const QueueCondition& condition)
{
    if (!m_job)
        return;
    m_state->setText(stateTimeText(*m_job, condition));
    m_time->setText(m_job->ended.isValid() ? timeText(*m_job, condition) : QString());
    const bool problem = hasProblem(*m_job);
    const ErrorText words = problem ? problemText(*m_job) : ErrorText{};
    say(m_what, words.what);
    say(m_why, problem ? words.why : longText(*m_job, condition));
    say(m_todo, words.todo);
}

} // namespace seedbook

#include "moc_JobPage.cpp"
