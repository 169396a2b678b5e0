#include "jobs/Account.h"

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds between{60'000};

} // namespace

Account::Account(ImageService& service, QObject* parent)
    : QObject(parent)
    , m_service(service)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &Account::ask);
}

void Account::refresh()
{
    if (m_asking || m_later.isActive())
        return;
    const std::chrono::milliseconds gone(m_asked.isValid() ? m_asked.elapsed() : between.count());
    if (gone >= between)
        ask();
    else
        m_later.start(between - gone);
}

void Account::refreshNow()
{
    m_later.stop();
    ask();
}

std::optional<Money> Account::started(JobId id)
{
    const bool alone = m_out.isEmpty() && m_fresh && m_balance;
    m_alone.reset(); // it spoils the one that was out alone, too
    m_settle.reset();
    m_fresh = false;
    m_out.insert(id);
    if (!alone)
        return std::nullopt;
    m_alone = id;
    return m_balance;
}

void Account::ended(JobId id, const std::optional<Money>& told)
{
    m_out.remove(id);
    if (m_alone == id) {
        m_alone.reset();
        m_settle = id;
    }
    m_askAgain = m_asking; // what is on its way may have been read before the end
    if (told)
        take(*told);
    else if (m_settle)
        refreshNow();
    else if (m_out.isEmpty())
        refresh();
}

void Account::endedEarlier(JobId id)
{
    if (!m_out.isEmpty())
        return;
    m_settle = id;
    refreshNow();
}

void Account::endedFree(JobId id)
{
    if (!m_out.remove(id))
        return;
    if (m_alone == id) {
        // Nothing was taken, so what was known still holds.
        m_alone.reset();
        m_fresh = true;
    } else if (m_out.isEmpty()) {
        refresh();
    }
}

void Account::ask()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_asked.start();
    m_service.askBalance(this, [this](const Result<Money>& balance) {
        m_asking = false;
        if (std::exchange(m_askAgain, false)) {
            ask();
            return;
        }
        if (balance)
            take(*balance);
    });
}

void Account::take(Money balance)
{
    m_learned = QDateTime::currentDateTimeUtc();
    m_fresh = m_out.isEmpty();
    const bool changed = m_balance != balance;
    m_balance = balance;
    if (m_settle && m_out.isEmpty()) {
        const JobId id = *m_settle;
        m_settle.reset();
        Q_EMIT settled(id, balance);
    }
    if (changed)
        Q_EMIT balanceChanged(balance);
}

} // namespace seedbook
