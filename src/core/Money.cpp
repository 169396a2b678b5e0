#include "core/Money.h"

#include "core/Words.h"

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString signedDollars(const Money& money, const QString& digits)
{
    return (money.micros() < 0 ? u"−$"_s : u"$"_s) + digits;
}

} // namespace

QString Money::text() const
{
    QString digits = QString::number(std::fabs(usd()), 'f', 6);
    while (digits.endsWith(u'0') && digits.size() - digits.indexOf(u'.') > 3)
        digits.chop(1);
    return signedDollars(*this, digits);
}

QString Money::shortText() const
{
    return signedDollars(*this, QString::number(std::fabs(usd()), 'f', 2));
}

QString estimated(const QString& amount)
{
    return Words::tr("≈%1").arg(amount);
}

} // namespace seedbook
