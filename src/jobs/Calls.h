#pragma once

#include "core/ImageService.h"
#include "jobs/JobTable.h"

#include <QObject>

namespace seedbook {

class Arrivals;
class Endings;
class ExpectedTime;
class JobPrices;
class EndpointStates;
class OpenJobs;
class RowWriter;
class WaitingTimes;

// The calls that are out, from the POST to their end: what the service says of each, and what
// becomes of the job by it.
class Calls final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    Calls(OpenJobs& jobs, RowWriter& rows, JobPrices& prices, EndpointStates& endpoints,
        WaitingTimes& times, ExpectedTime& expectedTime, Arrivals& arrivals, Endings& endings,
        QObject* parent = nullptr);
    void setRetryTable(const RetryTable& table) { m_retries = table; }

    // The POST of this body. Its row says that it is being sent.
    void send(JobId id, const QByteArray& body);
    // Those of an earlier run that the service has accepted are asked after.
    void resumeAccepted(const QString& endpoint);
    // Those that sleep there for lack of a key look for one.
    void wakeAsleep(const QString& endpoint);
    // An answer that was paid for and that only a call has.
    [[nodiscard]] bool holdAnswers() const;

private:
    void watch(JobId id, ImageCall* call);
    void accept(JobId id, const Acceptance& acceptance);
    void proceed(JobId id, JobState committed);
    void onKeyMissing(JobId id, bool missing);
    void finish(JobId id, const CallResult& result);
    void take(Entry& entry, const Answer& answer);
    void fail(Entry& entry, const CallFailure& failure);
    void goAgain(Entry& entry, const RetryVerdict& verdict, const Error& error);

    OpenJobs& m_jobs;
    RowWriter& m_rows;
    JobPrices& m_prices;
    EndpointStates& m_endpoints;
    WaitingTimes& m_times;
    ExpectedTime& m_expectedTime;
    Arrivals& m_arrivals;
    Endings& m_endings;
    RetryTable m_retries;
};

} // namespace seedbook
