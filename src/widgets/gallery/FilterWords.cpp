#include "widgets/gallery/FilterWords.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct FilterWords
{
    Q_DECLARE_TR_FUNCTIONS(seedbook::FilterWords)
};

} // namespace

QString filterWords(RatingFilter rating)
{
    switch (rating) {
    case RatingFilter::Any:
        return FilterWords::tr("Any rating");
    case RatingFilter::Unrated:
        return FilterWords::tr("Unrated");
    case RatingFilter::Rejected:
        return FilterWords::tr("Rejected");
    case RatingFilter::NotRejected:
        return FilterWords::tr("Not rejected");
    case RatingFilter::AtLeast5:
        return u"★★★★★"_s;
    default:
        break;
    }
    const int stars = static_cast<int>(rating) - static_cast<int>(RatingFilter::AtLeast1) + 1;
    return FilterWords::tr("%1 and more").arg(QString(stars, u'★'));
}

QString filterWords(PictureShape shape)
{
    const QString text = shapeText(shape);
    return text.isEmpty() ? FilterWords::tr("Other ratios") : text;
}

QString filterWords(OriginFilter origin)
{
    switch (origin) {
    case OriginFilter::Any:
        return FilterWords::tr("Paid or not");
    case OriginFilter::Paid:
        return FilterWords::tr("Paid");
    case OriginFilter::Practice:
        return FilterWords::tr("Practice");
    case OriginFilter::Unclaimed:
        return FilterWords::tr("Unclaimed");
    }
    return {};
}

QString filterWords(DateSpan span)
{
    switch (span) {
    case DateSpan::Any:
        return FilterWords::tr("Any date");
    case DateSpan::Today:
        return FilterWords::tr("Today");
    case DateSpan::Last7Days:
        return FilterWords::tr("Last 7 days");
    case DateSpan::Last30Days:
        return FilterWords::tr("Last 30 days");
    case DateSpan::ThisYear:
        return FilterWords::tr("This year");
    }
    return {};
}

QString filterWords(OrderKey key)
{
    switch (key) {
    case OrderKey::Date:
        return FilterWords::tr("Date");
    case OrderKey::Rating:
        return FilterWords::tr("Rating");
    case OrderKey::Seed:
        return FilterWords::tr("Seed");
    case OrderKey::Price:
        return FilterWords::tr("Price");
    case OrderKey::Duration:
        return FilterWords::tr("Time taken");
    }
    return {};
}

QString directionWords(OrderKey key, bool descending)
{
    switch (key) {
    case OrderKey::Date:
        return descending ? FilterWords::tr("Newest first") : FilterWords::tr("Oldest first");
    case OrderKey::Duration:
        return descending ? FilterWords::tr("Longest first") : FilterWords::tr("Shortest first");
    default:
        return descending ? FilterWords::tr("Highest first") : FilterWords::tr("Lowest first");
    }
}

QString modelWords(const QString& model)
{
    return model.isEmpty() ? FilterWords::tr("Unknown model") : model;
}

QString monthWords(const QDate& month)
{
    return QLocale().toString(month, u"MMMM yyyy"_s);
}

QString tagWords(const QStringList& tags)
{
    if (tags.size() < 2)
        return tags.value(0).left(30);
    return FilterWords::tr("%1 and %n more", nullptr, static_cast<int>(tags.size()) - 1)
        .arg(tags.first().left(30));
}

QString dateWords(const QDate& from, const QDate& until, const QDate& today)
{
    const QLocale locale;
    const auto text = [&locale](
                          const QDate& day) { return locale.toString(day, QLocale::ShortFormat); };
    if (!from.isValid())
        return until.isValid() ? FilterWords::tr("Until %1").arg(text(until)) : QString();
    if (!until.isValid()) {
        for (int i = 1; i < dateSpanCount; ++i) {
            if (from == beginOf(static_cast<DateSpan>(i), today))
                return filterWords(static_cast<DateSpan>(i));
        }
        return FilterWords::tr("Since %1").arg(text(from));
    }
    if (from.day() == 1 && until == from.addMonths(1).addDays(-1))
        return monthWords(from);
    return from == until ? text(from) : FilterWords::tr("%1 – %2").arg(text(from), text(until));
}

} // namespace seedbook
