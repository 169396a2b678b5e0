#pragma once

#include "jobs/Pause.h"

#include <QDateTime>
#include <QHash>
#include <QString>

#include <optional>

namespace seedbook {

// Why what waits is not sent, at one moment. What is said of a job is told from it and the job
// alone, so that two places which say it from the same condition cannot differ. Cheap to copy.
struct QueueCondition
{
    // What holds for the jobs of one endpoint.
    struct EndpointState
    {
        std::optional<Pause> pause;
        QDateTime blockedUntil; // UTC; a rate limit's end. Invalid: none

        friend bool operator==(const EndpointState&, const EndpointState&) = default;
    };

    QDateTime now; // UTC; figures count to it
    bool pausedByPerson = false;
    std::optional<Error> disk;               // nothing can be kept, so nothing is sent
    QHash<QString, EndpointState> endpoints; // by the endpoint's name; only those that are blocked
};

} // namespace seedbook
