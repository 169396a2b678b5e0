#include "widgets/live/JobStatusIcons.h"

#include "widgets/common/Theme.h"
#include "widgets/live/JobText.h"

namespace seedbook {

QColor signColour(const Job& job, const QPalette& palette)
{
    switch (job.state) {
    case JobState::Refused:
    case JobState::Failed:
        return dangerColour(palette);
    case JobState::Unknown:
        return warningColour(palette);
    case JobState::Received:
        return hasProblem(job) ? warningColour(palette) : QColor();
    default:
        return {};
    }
}

bool isTriangle(const Job& job)
{
    return job.state == JobState::Unknown || job.state == JobState::Received;
}

} // namespace seedbook
