#include "jobs/Account.h"

#include <utility>

namespace seedbook {

namespace {

constexpr std::chrono::steady_clock::duration between = std::chrono::minutes(1);

} // namespace

Account::Account(ImageService& service, QObject* parent, Clock clock)
    : QObject(parent)
    , m_service(service)
    , m_clock(std::move(clock))
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &Account::ask);
}

void Account::refresh()
{
    if (m_reading != Reading::None) {
        if (m_reading != Reading::Current && m_again == Again::No)
            m_again = Again::InItsTurn;
        return;
    }
    using std::chrono::ceil;
    using std::chrono::milliseconds;
    const auto gone = m_asked ? m_clock() - *m_asked : between;
    if (gone >= between)
        refreshNow();
    else if (!m_later.isActive())
        m_later.start(ceil<milliseconds>(between - gone));
}

void Account::refreshNow()
{
    m_later.stop();
    if (m_reading == Reading::None)
        ask();
    else
        m_again = Again::AtOnce;
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

void Account::ended(JobId id, const std::optional<Money>& told, End end)
{
    m_out.remove(id);
    if (m_alone == id) {
        m_alone.reset();
        m_settle = id;
    }
    if (told) {
        if (m_reading != Reading::None)
            m_reading = Reading::Overtaken;
        m_later.stop();
        take(*told, true);
        return;
    }
    if (m_reading == Reading::Current)
        m_reading = Reading::Earlier;
    if (m_settle && end == End::Unknown)
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
    m_reading = Reading::Current;
    m_asked = m_clock();
    m_service.askBalance(this, [this](const Result<Money>& balance) { answered(balance); });
}

void Account::answered(const Result<Money>& balance)
{
    const Reading reading = std::exchange(m_reading, Reading::None);
    const Again again = std::exchange(m_again, Again::No);
    if (balance && reading != Reading::Overtaken)
        take(*balance, reading == Reading::Current);
    if (again == Again::AtOnce)
        refreshNow();
    else if (again == Again::InItsTurn)
        refresh();
}

void Account::take(Money balance, bool current)
{
    m_learned = QDateTime::currentDateTimeUtc();
    m_fresh = current && m_out.isEmpty();
    const bool changed = m_balance != balance;
    m_balance = balance;
    if (m_settle && m_fresh) {
        const JobId id = *m_settle;
        m_settle.reset();
        Q_EMIT settled(id, balance);
    }
    if (changed)
        Q_EMIT balanceChanged(balance);
}

} // namespace seedbook

#include "moc_Account.cpp"
