#pragma once

#include "jobs/JobQueue.h"
#include "jobs/SendPlan.h"

#include <QSignalSpy>

namespace seedbook::test {

// Straight into the queue, past the door that asks whether money should leave: for what is tested
// behind it.
inline QList<JobId> submit(JobQueue& queue, const QList<Request>& requests,
    const Endpoint& endpoint, const QList<QUuid>& parents = {})
{
    QList<JobQueue::Order> orders;
    for (const Request& request : requests)
        orders.append({request, {.parents = parents}});
    return queue.submit(orders, endpoint);
}

// The same for a job that ended without a picture, and for what waits on hold.
inline JobId sendAgain(JobQueue& queue, JobId id)
{
    const Job job = *queue.job(id);
    queue.replace({id});
    queue.resumeEndpoint(job.endpoint);
    return queue.submit({{job.request, job.provenance}}, *queue.endpoint(job.endpoint)).first();
}

inline void release(JobQueue& queue)
{
    for (const auto& sum : std::map(queue.onHoldSums()))
        queue.release(queue.onHold(sum.first));
}

// What Compose asks for.
[[nodiscard]] inline QList<Intent> intentsOf(const QList<Request>& requests, bool minted = false)
{
    QList<Intent> intents;
    for (const Request& request : requests)
        intents.append({request, {}, 0, minted});
    return intents;
}

// The first thing that a spy on ComposePanel::generateRequested saw, none where there is none.
[[nodiscard]] inline QList<Request> takeRequests(QSignalSpy& sent)
{
    QList<Request> requests;
    if (!sent.isEmpty()) {
        for (const Intent& intent : sent.takeFirst().at(0).value<QList<Intent>>())
            requests.append(intent.request);
    }
    return requests;
}

} // namespace seedbook::test
