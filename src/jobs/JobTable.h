#pragma once

#include "core/ImageFormat.h"
#include "core/Job.h"
#include "jobs/RetryTable.h"

#include <QByteArray>
#include <QList>
#include <QSet>

#include <array>
#include <map>
#include <set>

namespace seedbook {

class ImageCall;

// The queue's jobs with their order, counts and sums kept up to date, so that nothing has to walk
// over all of them: there may be ten thousand.
class JobTable final
{
public:
    struct Entry
    {
        Job job;
        ImageCall* call = nullptr;
        Tries tries;
        QByteArray bytes; // of a picture that is not filed yet, or an answer not yet kept
        ImageFormat format = ImageFormat::Png;
        bool busy = false; // the ledger or the disk is at work on it, or its body is being made
        QObject* preparing = nullptr;        // waits for its body
        bool unsaved = false;                // the ledger's row is behind
        bool keyless = false;                // its call cannot ask after it for lack of a key
        std::chrono::milliseconds sentAt{0}; // steadyTime()
        bool cancelling = false; // a person wants it cancelled, and the ledger does not say so yet
    };

    Entry& add(Entry entry);
    [[nodiscard]] Entry* find(JobId id);
    [[nodiscard]] const Entry* find(JobId id) const;
    void erase(JobId id);
    // Call after any change of an entry: state, price, busy, position, held, call.
    void update(const Entry& entry);

    [[nodiscard]] const Job* job(JobId id) const;
    // By id; those that are filed are left out.
    [[nodiscard]] QList<Job> jobs() const;
    [[nodiscard]] QList<JobId> ids() const;
    // Waiting, not held, not busy, not being cancelled, in the order of sending.
    [[nodiscard]] const std::set<std::pair<double, JobId>>& ready() const { return m_ready; }
    // All that wait, in the order of sending.
    [[nodiscard]] const std::set<std::pair<double, JobId>>& waiting() const { return m_waiting; }
    [[nodiscard]] int count(JobState state) const
    {
        return m_counts.at(static_cast<std::size_t>(state));
    }
    [[nodiscard]] int onHoldCount() const { return m_held; }
    // What waits on hold, by endpoint; those without any are left out.
    struct OnHoldSum
    {
        int count = 0;
        Money price; // nothing for practice
    };
    [[nodiscard]] const std::map<QString, OnHoldSum>& onHoldSums() const { return m_heldSums; }
    [[nodiscard]] int inFlightCount() const
    {
        return count(JobState::Sending) + count(JobState::Accepted);
    }
    // Those of them that are accepted and cannot be asked after just now: nothing comes of them
    // before a service or a key is there, so they hold no slot.
    [[nodiscard]] int suspendedCount() const { return m_asleep; }
    [[nodiscard]] int busyCount() const { return m_busy; }
    [[nodiscard]] const QSet<JobId>& unsaved() const { return m_unsaved; }
    [[nodiscard]] Money moneyInFlight() const { return m_moneyOut; }
    [[nodiscard]] Money moneyWaiting() const { return m_moneyWaiting; } // not what is on hold
    // The jobs with an equal request at that endpoint that are not over, or filed just now, or of
    // which it is not known how they ended; by id.
    [[nodiscard]] QList<JobId> alike(const QByteArray& identity, const QString& endpoint) const;
    // Those that wait on hold there, in the order of sending. Walks over what waits.
    [[nodiscard]] QList<JobId> onHold(const QString& endpoint) const;

private:
    // What an entry adds to the counts, so that it can be taken out again.
    struct Share
    {
        JobState state = JobState::Cancelled;
        bool onHold = false;
        bool busy = false;
        bool asleep = false;
        bool ready = false;
        bool unsaved = false;
        double position = 0;
        Money out;
        Money waiting;
        QString heldAt; // its endpoint, if it is held
        Money heldPrice;
        QString way; // identity and endpoint while alike() finds it
    };
    void apply(const Share& share, JobId id, int sign);

    std::map<JobId, Entry> m_entries;
    std::map<JobId, Share> m_shares;
    std::set<std::pair<double, JobId>> m_ready;
    std::set<std::pair<double, JobId>> m_waiting;
    std::array<int, 16> m_counts{};
    int m_held = 0;
    int m_busy = 0;
    int m_asleep = 0;
    QSet<JobId> m_unsaved;
    std::multimap<QString, JobId> m_ways;
    std::map<QString, OnHoldSum> m_heldSums;
    Money m_moneyOut;
    Money m_moneyWaiting;
};

} // namespace seedbook
