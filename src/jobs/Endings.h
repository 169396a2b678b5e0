#pragma once

#include "jobs/JobTable.h"
#include "jobs/Ledger.h"

namespace seedbook {

class JobPrices;
class OpenJobs;
class RowWriter;

// How jobs end without a picture, and how the tiles of those go.
class Endings final
{
public:
    using Entry = JobTable::Entry;

    Endings(OpenJobs& jobs, RowWriter& rows, JobPrices& prices);

    // Its tile goes with it where it asks for nothing of someone who no longer waits.
    void end(Entry& entry, JobState state, const Error& error);

    // What a person does about them; see JobQueue.
    [[nodiscard]] bool canSendAgain(JobId id) const;
    void replace(const QList<JobId>& ids);
    void dismiss(const QList<JobId>& ids);

private:
    // Their tiles go; the ledger keeps what a person did about them.
    void putAway(const QList<JobId>& ids, Action ofUnknown, Action ofOthers);

    OpenJobs& m_jobs;
    RowWriter& m_rows;
    JobPrices& m_prices;
};

} // namespace seedbook
