#include "widgets/common/TypedBox.h"

#include "core/Words.h"

#include <QLocale>

namespace seedbook {

namespace {

QString numberText(double number)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(number, 'f', QLocale::FloatingPointShortest);
}

} // namespace

LimitWords limitWords(const QString& field, const NumberLimits& limits, std::optional<double> typed)
{
    const QString least = numberText(limits.least);
    const QString most = numberText(limits.most);
    LimitWords words;
    words.label = Words::tr("%1: use %2 to %3").arg(field, least, most);
    // A number between the two: only its decimals can be wrong.
    if (!typed || *typed < limits.least || *typed > limits.most)
        words.sentence = Words::tr("%1: use %2 to %3.").arg(field, least, most);
    else if (limits.decimals == 0)
        words.sentence = Words::tr("%1: use a whole number from %2 to %3.").arg(field, least, most);
    else
        words.sentence =
            Words::tr("%1: use %2 to %3 with at most %n decimal(s).", nullptr, limits.decimals)
                .arg(field, least, most);
    return words;
}

std::optional<double> numberTyped(const QString& text, const QLocale& locale, bool loosely)
{
    bool isNumber = false;
    double number = locale.toDouble(text.trimmed(), &isNumber);
    if (!isNumber && loosely)
        number = text.trimmed().replace(u',', u'.').toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

} // namespace seedbook
