#pragma once

#include "jobs/JobTable.h"

#include <QObject>

namespace seedbook {

class Departure;
class Ledger;
class OpenJobs;
class RowWriter;

// What a person asks of jobs that wait or are out, see JobQueue: to give up, to go on, to wait,
// another order. Sender asks for what costs money.
class Wishes final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    Wishes(Ledger& ledger, OpenJobs& jobs, RowWriter& rows, Departure& departure,
        QObject* parent = nullptr);

    void cancel(const QList<JobId>& ids);
    // Those that were to be cancelled while their rows were on their way.
    void finishCancel(const QList<JobId>& ids);
    void giveUp(const QList<JobId>& ids);
    void stopWaiting(const QList<JobId>& ids);
    void release(const QList<JobId>& ids);
    void hold(const QList<JobId>& ids);
    // No waiting time for any whose turn it may be.
    void hurryAll();
    void moveBefore(const QList<JobId>& ids, JobId before);

Q_SIGNALS:
    void orderChanged(); // of the waiting ones

private:
    Ledger& m_ledger;
    OpenJobs& m_jobs;
    RowWriter& m_rows;
    Departure& m_departure;
};

} // namespace seedbook
