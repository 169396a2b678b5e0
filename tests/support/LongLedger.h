#pragma once

#include "jobs/Ledger.h"
#include "support/GallerySamples.h"

#include <QTemporaryDir>

namespace seedbook::test {

// A ledger of 450 jobs: every tenth unknown, every ninth refused, every fourth practice, the others
// filed.
struct LongLedger
{
    static constexpr int count = 450;

    QTemporaryDir folder;
    Ledger ledger{folder.filePath(QStringLiteral("ledger.sqlite"))};

    [[nodiscard]] bool fill()
    {
        if (!await(ledger.load(models())))
            return false;
        QList<Job> jobs;
        for (JobId id = 1; id <= count; ++id) {
            Job job = sampleJob(id, JobState::Filed, {},
                id == 7 ? QStringLiteral(u"=a \"fox\", 50% 狐\nin the snow")
                        : QStringLiteral("a harbour"));
            job.practice = id % 4 == 0;
            job.created = QDateTime::currentDateTimeUtc().addDays(-(id % 40));
            job.sent = job.created;
            job.ended = job.sent.addSecs(28);
            job.price = job.expectedPrice = job.practice ? Money() : Money::fromUsd(0.121);
            if (id % 10 == 0)
                job.state = JobState::Unknown;
            else if (id % 9 == 0)
                job.state = JobState::Refused;
            jobs.append(job);
        }
        return await(ledger.insert(jobs)) && await(ledger.update(jobs)) &&
               await(ledger.note({7, 10}, Action::TryAgain)) &&
               await(ledger.note({7}, Action::LetBe));
    }
};

} // namespace seedbook::test
