#include "jobs/JobTable.h"

#include <algorithm>

namespace seedbook {

namespace {

QString wayOf(const QByteArray& identity, const QString& endpoint)
{
    // What is made anew each time is like no other.
    return identity.isEmpty() ? QString() : QString::fromLatin1(identity) + endpoint;
}

// One that is filed stays here until the ledger says so too: in between it is found in one of both.
bool isFound(JobState state)
{
    return !isEnded(state) || state == JobState::Filed || state == JobState::Unknown;
}

} // namespace

JobTable::Entry& JobTable::add(Entry entry)
{
    const JobId id = entry.job.id;
    Entry& added = m_entries.insert_or_assign(id, std::move(entry)).first->second;
    update(added);
    return added;
}

JobTable::Entry* JobTable::find(JobId id)
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

const JobTable::Entry* JobTable::find(JobId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

void JobTable::erase(JobId id)
{
    if (const auto share = m_shares.find(id); share != m_shares.end()) {
        apply(share->second, id, -1);
        m_shares.erase(share);
    }
    m_entries.erase(id);
}

void JobTable::update(const Entry& entry)
{
    const Job& job = entry.job;
    // One that is being cancelled is counted as if it were: it is only not said yet.
    const bool waits = job.state == JobState::Waiting && !entry.cancelling;
    Share share;
    share.state = entry.cancelling ? JobState::Cancelled : job.state;
    share.onHold = waits && job.onHold;
    share.busy = entry.busy;
    share.asleep = job.state == JobState::Accepted && (entry.call == nullptr || entry.keyless);
    share.unsaved = entry.unsaved;
    share.ready = waits && !entry.busy && !job.onHold;
    share.position = job.position;
    if (!job.practice) {
        share.out = isInFlight(job.state) ? job.price : Money();
        share.waiting = waits && !job.onHold ? job.price : Money();
    }
    if (share.onHold) {
        share.heldAt = job.endpoint;
        share.heldPrice = job.practice ? Money() : job.price;
    }
    const auto [place, isNew] = m_shares.try_emplace(job.id);
    if (!isNew) {
        // The identity is a hash of the request, which never changes.
        const bool known = !place->second.way.isEmpty();
        if (isFound(job.state))
            share.way = known ? place->second.way : wayOf(job.request.identity(), job.endpoint);
        apply(place->second, job.id, -1);
    } else if (isFound(job.state)) {
        share.way = wayOf(job.request.identity(), job.endpoint);
    }
    place->second = share;
    apply(share, job.id, +1);
}

void JobTable::apply(const Share& share, JobId id, int sign)
{
    m_counts.at(static_cast<std::size_t>(share.state)) += sign;
    m_held += share.onHold ? sign : 0;
    m_busy += share.busy ? sign : 0;
    m_asleep += share.asleep ? sign : 0;
    m_moneyOut += share.out * sign;
    m_moneyWaiting += share.waiting * sign;
    if (share.onHold) {
        OnHoldSum& sum = m_heldSums[share.heldAt];
        sum.count += sign;
        sum.price += share.heldPrice * sign;
        if (sum.count == 0)
            m_heldSums.erase(share.heldAt);
    }
    const std::pair place{share.position, id};
    if (sign > 0) {
        if (share.state == JobState::Waiting)
            m_waiting.insert(place);
        if (share.ready)
            m_ready.insert(place);
        if (share.unsaved)
            m_unsaved.insert(id);
        if (!share.way.isEmpty())
            m_ways.emplace(share.way, id);
        return;
    }
    m_waiting.erase(place);
    m_ready.erase(place);
    m_unsaved.remove(id);
    if (share.way.isEmpty())
        return;
    const auto [first, last] = m_ways.equal_range(share.way);
    const auto mine = std::find_if(first, last, [id](const auto& way) { return way.second == id; });
    if (mine != last)
        m_ways.erase(mine);
}

const Job* JobTable::job(JobId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second.job;
}

QList<Job> JobTable::jobs() const
{
    QList<Job> jobs;
    for (const auto& [id, entry] : m_entries) {
        if (entry.job.state != JobState::Filed)
            jobs.append(entry.job);
    }
    return jobs;
}

QList<JobId> JobTable::ids() const
{
    QList<JobId> ids;
    for (const auto& [id, entry] : m_entries)
        ids.append(id);
    return ids;
}

QList<JobId> JobTable::alike(const QByteArray& identity, const QString& endpoint) const
{
    QList<JobId> ids;
    if (identity.isEmpty())
        return ids;
    const auto [first, last] = m_ways.equal_range(wayOf(identity, endpoint));
    for (auto it = first; it != last; ++it)
        ids.append(it->second);
    std::ranges::sort(ids);
    return ids;
}

QList<JobId> JobTable::onHold(const QString& endpoint) const
{
    QList<JobId> ids;
    for (const auto& [position, id] : m_waiting) {
        const Job& job = m_entries.at(id).job;
        if (job.onHold && job.endpoint == endpoint)
            ids.append(id);
    }
    return ids;
}

} // namespace seedbook
