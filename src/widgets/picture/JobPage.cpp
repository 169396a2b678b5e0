#include "widgets/picture/JobPage.h"

#include "core/ErrorWords.h"
#include "widgets/common/CopyableLabel.h"
#include "widgets/gallery/JobWords.h"
#include "widgets/picture/DetailsParts.h"
#include "widgets/picture/PictureActions.h"
#include "widgets/picture/SignLabel.h"

#include <QAction>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int margin = 12;
constexpr std::chrono::seconds beat{1};

void say(QLabel* label, const QString& words)
{
    label->setText(words);
    label->setVisible(!words.isEmpty());
}

} // namespace

JobPage::JobPage(const ModelCatalog& models, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget(scroll);
    m_sign = new SignLabel(body);
    m_state = new QLabel(body);
    m_state->setAccessibleName(tr("State"));
    QFont large = m_state->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_state->setFont(large);
    m_time = heading({}, body);
    m_what = new CopyableLabel({}, body);
    QFont strong = m_what->font();
    strong.setWeight(QFont::DemiBold);
    m_what->setFont(strong);
    m_why = new CopyableLabel({}, body);
    m_todo = new CopyableLabel({}, body);
    m_keptLabel = heading(tr("What came is kept in"), body);
    m_kept = new CopyableLabel({}, body);
    m_kept->setMinimumWidth(1);
    m_reveal = actionButton(actions.reveal(), body);
    m_seed = new SeedRow(actions, body);
    m_prompt = new TextBlock(tr("Prompt of the job"), 8, body);
    m_parameters = new DetailsTable(body);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_sign);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_time);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(margin, margin, margin, margin);
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
    scroll->setWidget(body);

    auto* buttons = new QGridLayout;
    buttons->setContentsMargins(margin, 8, margin, margin);
    buttons->setSpacing(6);
    // Those of the state share the first row; a hidden one leaves its room to the other.
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    for (QAction* action : {actions.tryAgain(), actions.dismiss(), actions.cancel()})
        first->addWidget(actionButton(action, this));
    buttons->addLayout(first, 0, 0, 1, 2);
    buttons->addWidget(actionButton(actions.useAll(), this), 1, 0);
    buttons->addWidget(actionButton(actions.remix(), this), 1, 1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);

    m_clock.setInterval(beat);
    connect(&m_clock, &QTimer::timeout, this, &JobPage::showTime);
}

void JobPage::setJob(const JobPtr& job)
{
    m_job = job;
    if (!job) {
        m_clock.stop();
        return;
    }
    m_sign->setJob(job);
    m_state->setText(stateWord(*job));
    const bool problem = hasProblem(*job);
    const ErrorWords words = problem ? problemWords(*job) : ErrorWords{};
    say(m_what, words.what);
    say(m_why, problem ? words.why : longWords(*job));
    say(m_todo, words.todo);
    const bool kept = !job->keptPath.isEmpty();
    m_keptLabel->setVisible(kept);
    m_reveal->setVisible(kept);
    say(m_kept, QDir::toNativeSeparators(job->keptPath));
    m_seed->setSeed(job->request.seed().text());
    m_seed->setBadge(job->unclaimed ? tr("unclaimed") : job->practice ? tr("practice") : QString());
    m_prompt->setText(job->request.prompt());
    DetailRows rows{{tr("Model"), job->request.model().title()}};
    rows += parameterRows(m_models, job->request.model().id(), job->request.parameters());
    m_parameters->setRows(rows);
    showTime();
}

void JobPage::showTime()
{
    const bool sent = m_job && m_job->sent.isValid();
    m_time->setText(sent ? elapsedWords(*m_job, QDateTime::currentDateTimeUtc()) : QString());
    if (m_job && isOut(m_job->state) && isVisible())
        m_clock.start();
    else
        m_clock.stop();
}

void JobPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    showTime();
}

void JobPage::hideEvent(QHideEvent* event)
{
    m_clock.stop();
    QWidget::hideEvent(event);
}

} // namespace seedbook
