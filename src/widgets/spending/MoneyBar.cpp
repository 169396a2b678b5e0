#include "widgets/spending/MoneyBar.h"

#include "core/Endpoint.h"
#include "jobs/Account.h"
#include "jobs/JobQueue.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"

#include <QDate>
#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

namespace seedbook {

namespace {

// "$1.21", or "$1.21 of $5.00" where there is a cap.
QString against(Money spent, const std::optional<Money>& cap)
{
    return cap ? MoneyBar::tr("%1 of %2").arg(spent.shortText(), cap->shortText())
               : spent.shortText();
}

void say(QLabel* label, const QString& words)
{
    label->setText(words);
    label->setAccessibleDescription(words);
    label->setVisible(!words.isEmpty());
}

} // namespace

MoneyBar::MoneyBar(JobQueue& queue, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_balance(new PlainLabel)
    , m_today(new PlainLabel)
    , m_month(new PlainLabel)
    , m_ask(new QToolButton)
    , m_open(new QToolButton)
{
    m_balance->setAccessibleName(tr("Balance"));
    m_today->setAccessibleName(tr("Spent today"));
    m_month->setAccessibleName(tr("Spent this month"));
    m_ask->setIcon(themedIcon(u"retry"));
    m_ask->setAutoRaise(true);
    m_ask->setToolTip(tr("Refresh the balance (free)"));
    m_ask->setAccessibleName(tr("Refresh balance"));
    m_open->setText(tr("Spending log…"));
    m_open->setAutoRaise(true);
    m_open->setToolTip(tr("Show every request, its outcome and its price"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(10);
    for (QWidget* part :
        std::initializer_list<QWidget*>{m_balance, m_ask, m_today, m_month, m_open})
        row->addWidget(part);
    connect(m_open, &QToolButton::clicked, this, &MoneyBar::spendingRequested);
    connect(m_ask, &QToolButton::clicked, this, [this] {
        if (Account* account = m_queue.account(m_endpoint))
            account->refreshNow();
    });
    connect(&m_queue, &JobQueue::countsChanged, this, &MoneyBar::refresh);
    connect(&m_queue, &JobQueue::accountChanged, this, &MoneyBar::refresh);
    refresh();
}

void MoneyBar::setEndpoint(const Endpoint& endpoint)
{
    m_endpoint = endpoint.name();
    m_practice = endpoint.isPractice();
    if (Account* account = m_queue.account(m_endpoint))
        account->refresh();
    refresh();
}

void MoneyBar::refresh()
{
    const Account* account = m_queue.account(m_endpoint);
    const bool known = account && account->balance();
    say(m_balance, known ? tr("Balance %1").arg(account->balance()->shortText()) : QString());
    if (known)
        m_balance->setToolTip(plainTip(
            tr("Updated %1")
                .arg(QLocale().toString(account->learned().toLocalTime(), QLocale::ShortFormat))));
    m_ask->setVisible(!m_practice && account);
    const Budget& budget = m_queue.budget();
    const QDate today = QDate::currentDate();
    const Caps& caps = budget.caps();
    // In practice nothing is spent; what was spent before, or is capped, is still of interest.
    const bool shown = !m_practice || budget.spentInAll() > Money();
    say(m_today,
        shown ? tr("Today %1").arg(against(budget.spentOn(today), caps.perDay)) : QString());
    const Money month = budget.spentInMonthOf(today);
    const bool monthShown = shown && (caps.perMonth || month != budget.spentOn(today));
    say(m_month, monthShown ? tr("This month %1").arg(against(month, caps.perMonth)) : QString());
    m_today->setToolTip(
        plainTip(tr("Includes running requests and those with an unknown outcome. Total so far: %1")
                     .arg(budget.spentInAll().text())));
}

} // namespace seedbook

#include "moc_MoneyBar.cpp"
