#pragma once

#include "core/Request.h"

#include <QHash>
#include <QList>

#include <chrono>

namespace seedbook {

// How long a call will probably take: the median of the last calls of like steps and ratio, else of
// like steps, else what the model's file says. Practice calls are learned apart from paid ones.
class ExpectedTime final
{
public:
    void learn(const Request& request, bool practice, std::chrono::milliseconds duration);
    [[nodiscard]] std::chrono::milliseconds estimate(const Request& request, bool practice) const;
    // What a practice call takes before any was seen.
    void setPracticeTime(std::chrono::milliseconds duration) { m_practiceTime = duration; }

private:
    using Samples = QList<std::chrono::milliseconds>;
    QHash<QString, Samples> m_samples;
    std::chrono::milliseconds m_practiceTime{3000};
};

} // namespace seedbook
