#include "widgets/gallery/FilterText.h"

#include "core/Words.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

QString filterWords(RatingFilter rating)
{
    switch (rating) {
    case RatingFilter::Any:
        return Words::tr("Any rating");
    case RatingFilter::Unrated:
        return Words::tr("Unrated");
    case RatingFilter::Rejected:
        return Words::tr("Rejected");
    case RatingFilter::NotRejected:
        return Words::tr("Not rejected");
    case RatingFilter::AtLeast5:
        return u"★★★★★"_s;
    default:
        break;
    }
    const int stars = static_cast<int>(rating) - static_cast<int>(RatingFilter::AtLeast1) + 1;
    return Words::tr("%1 and more").arg(QString(stars, u'★'));
}

QString filterWords(PictureShape shape)
{
    const QString text = shapeText(shape);
    return text.isEmpty() ? Words::tr("Other ratios") : text;
}

QString filterWords(KindFilter origin)
{
    switch (origin) {
    case KindFilter::Any:
        return Words::tr("Paid or not");
    case KindFilter::Paid:
        return Words::tr("Paid");
    case KindFilter::Practice:
        return Words::tr("Practice");
    case KindFilter::Unclaimed:
        return Words::tr("Unclaimed");
    }
    return {};
}

QString filterWords(DateSpan span)
{
    switch (span) {
    case DateSpan::Any:
        return Words::tr("Any date");
    case DateSpan::Today:
        return Words::tr("Today");
    case DateSpan::Last7Days:
        return Words::tr("Last 7 days");
    case DateSpan::Last30Days:
        return Words::tr("Last 30 days");
    case DateSpan::ThisYear:
        return Words::tr("This year");
    }
    return {};
}

QString filterWords(OrderKey key)
{
    switch (key) {
    case OrderKey::Date:
        return Words::tr("Date");
    case OrderKey::Rating:
        return Words::tr("Rating");
    case OrderKey::Seed:
        return Words::tr("Seed");
    case OrderKey::Price:
        return Words::tr("Price");
    case OrderKey::Duration:
        return Words::tr("Time taken");
    }
    return {};
}

QString directionText(OrderKey key, bool descending)
{
    switch (key) {
    case OrderKey::Date:
        return descending ? Words::tr("Newest first") : Words::tr("Oldest first");
    case OrderKey::Duration:
        return descending ? Words::tr("Longest first") : Words::tr("Shortest first");
    default:
        return descending ? Words::tr("Highest first") : Words::tr("Lowest first");
    }
}

QString modelWords(const QString& model)
{
    return model.isEmpty() ? Words::tr("Unknown model") : model;
}

QString monthText(const QDate& month)
{
    return QLocale().toString(month, u"MMMM yyyy"_s);
}

QString tagWords(const QStringList& tags)
{
    if (tags.size() < 2)
        return tags.value(0).left(30);
    return Words::tr("%1 and %n more", nullptr, static_cast<int>(tags.size()) - 1)
        .arg(tags.first().left(30));
}

QString dateWords(const QDate& from, const QDate& until, const QDate& today)
{
    const QLocale locale;
    const auto text = [&locale](
                          const QDate& day) { return locale.toString(day, QLocale::ShortFormat); };
    if (!from.isValid())
        return until.isValid() ? Words::tr("Until %1").arg(text(until)) : QString();
    if (!until.isValid()) {
        for (int i = 1; i < dateSpanCount; ++i) {
            if (from == beginOf(static_cast<DateSpan>(i), today))
                return filterWords(static_cast<DateSpan>(i));
        }
        return Words::tr("Since %1").arg(text(from));
    }
    if (from.day() == 1 && until == from.addMonths(1).addDays(-1))
        return monthText(from);
    return from == until ? text(from) : Words::tr("%1 – %2").arg(text(from), text(until));
}

} // namespace seedbook
