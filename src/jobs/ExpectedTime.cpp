#include "jobs/ExpectedTime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Old calls say little about today's service.
constexpr qsizetype samplesKept = 9;

QString likeSteps(const Request& request, bool practice)
{
    return request.model().id() + u'|' + (practice ? u"practice"_s : u"paid"_s) + u'|' +
           QString::number(request.value(ParameterRole::Steps).toInt());
}

QString likeStepsAndRatio(const Request& request, bool practice)
{
    return likeSteps(request, practice) + u'|' +
           request.value(ParameterRole::AspectRatio).toString();
}

} // namespace

void ExpectedTime::learn(const Request& request, bool practice, std::chrono::milliseconds duration)
{
    for (const QString& key :
        {likeSteps(request, practice), likeStepsAndRatio(request, practice)}) {
        Samples& samples = m_samples[key];
        samples.append(duration);
        if (samples.size() > samplesKept)
            samples.removeFirst();
    }
}

std::chrono::milliseconds ExpectedTime::estimate(const Request& request, bool practice) const
{
    for (const QString& key :
        {likeStepsAndRatio(request, practice), likeSteps(request, practice)}) {
        Samples samples = m_samples.value(key);
        if (samples.isEmpty())
            continue;
        const auto middle = samples.begin() + samples.size() / 2;
        std::nth_element(samples.begin(), middle, samples.end());
        return *middle;
    }
    return practice ? m_practiceTime : request.model().expectedTime();
}

} // namespace seedbook
