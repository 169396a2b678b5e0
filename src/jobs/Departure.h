#pragma once

#include "jobs/JobTable.h"

#include <QObject>

namespace seedbook {

class Calls;
class Endings;
class ExpectedTime;
class JobPrices;
class EndpointStates;
class Ledger;
class OpenJobs;
class RowWriter;

// The last steps before a job's POST: its price fits the caps, a disk would take its picture, what
// is to be sent is made, and its row says that it is being sent; after a crash, "sending" is not
// sent again. Whatever changes meanwhile takes it back.
class Departure final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    Departure(Ledger& ledger, OpenJobs& jobs, RowWriter& rows, JobPrices& prices,
        EndpointStates& endpoints, ExpectedTime& expectedTime, Calls& calls, Endings& endings,
        QObject* parent = nullptr);

    // One whose turn it is.
    void start(Entry& entry);
    // Nobody waits for it any more: taken back at once if its body is still being made, however
    // long that takes. False if it is not.
    bool stop(JobId id);
    // The program is to end: nothing leaves from now on.
    void close() { m_leaving = true; }
    [[nodiscard]] bool isClosed() const { return m_leaving; }

private:
    // Asks for the body, before anything says that it is being sent.
    void prepare(JobId id);
    void onBody(JobId id, const Result<QByteArray>& body);
    void write(JobId id, const QByteArray& body); // that it is being sent
    [[nodiscard]] bool mayLeave(const Entry& entry) const;
    void takeBack(JobId id, const Error& error);
    // What start() has counted is counted no more.
    static void neverLeft(Entry& entry);

    Ledger& m_ledger;
    OpenJobs& m_jobs;
    RowWriter& m_rows;
    JobPrices& m_prices;
    EndpointStates& m_endpoints;
    ExpectedTime& m_expectedTime;
    Calls& m_calls;
    Endings& m_endings;
    bool m_leaving = false;
};

} // namespace seedbook
