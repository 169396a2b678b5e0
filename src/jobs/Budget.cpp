#include "jobs/Budget.h"

#include "core/Words.h"

namespace seedbook {

namespace {

Error reached(const QString& what, Money spent, Money asked)
{
    return Error{ErrorKind::CapReached, what,
        Words::tr("Spent, running or waiting: %1. This would add %2.")
            .arg(spent.text(), asked.text())};
}

} // namespace

void Budget::load(const QMap<QDate, Money>& byDay)
{
    for (auto it = byDay.begin(); it != byDay.end(); ++it)
        add(it.key(), it.value());
}

void Budget::count(const Job& job)
{
    const Money amount = chargeOf(job);
    const QDate day = job.sent.isValid() ? job.sent.toLocalTime().date() : QDate::currentDate();
    const Counted before = m_counted.value(job.id);
    if (before.amount == amount && (before.day == day || amount == Money()))
        return;
    add(before.day, Money() - before.amount);
    add(day, amount);
    m_counted.insert(job.id, {day, amount});
}

void Budget::forget(JobId id)
{
    m_counted.remove(id);
}

Money Budget::spentOn(QDate day) const
{
    return m_byDay.value(day);
}

Money Budget::spentInMonthOf(QDate day) const
{
    Money sum;
    const QDate first(day.year(), day.month(), 1);
    for (auto it = m_byDay.lowerBound(first); it != m_byDay.end(); ++it) {
        if (it.key() >= first.addMonths(1))
            break;
        sum += it.value();
    }
    return sum;
}

Money Budget::spentInAll() const
{
    return m_all;
}

std::optional<Error> Budget::objectionToSend(Money cost, Money waiting, QDate today) const
{
    if (m_caps.perSend && cost > *m_caps.perSend)
        return Error{ErrorKind::CapReached,
            Words::tr("This exceeds your cap of %1 per Generate").arg(m_caps.perSend->text()),
            Words::tr("It would cost %1.").arg(cost.text())};
    if (auto error = objectionToJob(cost + waiting, today)) {
        const bool day = m_caps.perDay && spentOn(today) + cost + waiting > *m_caps.perDay;
        const Money spent = (day ? spentOn(today) : spentInMonthOf(today)) + waiting;
        return reached(error->subject, spent, cost);
    }
    return std::nullopt;
}

std::optional<Error> Budget::objectionToJob(Money price, QDate today) const
{
    if (m_caps.perDay && spentOn(today) + price > *m_caps.perDay)
        return reached(Words::tr("This exceeds your daily cap of %1").arg(m_caps.perDay->text()),
            spentOn(today), price);
    if (m_caps.perMonth && spentInMonthOf(today) + price > *m_caps.perMonth)
        return reached(
            Words::tr("This exceeds your monthly cap of %1").arg(m_caps.perMonth->text()),
            spentInMonthOf(today), price);
    return std::nullopt;
}

void Budget::add(QDate day, Money amount)
{
    if (amount == Money() || !day.isValid())
        return;
    m_byDay[day] += amount;
    m_all += amount;
}

} // namespace seedbook
