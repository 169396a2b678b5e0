#include "jobs/PriceBook.h"

#include <algorithm>

namespace seedbook {

namespace {

QString likeWork(const Request& request)
{
    return request.model().id() + u'|' +
           QString::number(request.value(ParameterRole::Steps).toInt()) + u'|' +
           request.value(ParameterRole::AspectRatio).toString();
}

} // namespace

void PriceBook::learn(const Request& request, Money told)
{
    if (told > Money()) // what was free once tells nothing of the next
        m_told.insert(likeWork(request), told);
}

Money PriceBook::estimate(const Request& request) const
{
    const auto told = m_told.constFind(likeWork(request));
    return std::max(request.model().price(), told == m_told.constEnd() ? Money() : *told);
}

} // namespace seedbook
