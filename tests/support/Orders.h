#pragma once

#include "jobs/JobQueue.h"

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
    queue.resumeLane(job.endpoint);
    return queue.submit({{job.request, job.provenance}}, *queue.endpoint(job.endpoint)).first();
}

inline void release(JobQueue& queue)
{
    for (const auto& sum : std::map(queue.heldSums()))
        queue.release(queue.held(sum.first));
}

} // namespace seedbook::test
