#pragma once

#include "jobs/JobTable.h"
#include "jobs/Ledger.h"
#include "jobs/Pause.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace seedbook {

class PictureSaver;
class OpenJobs;

// Writes the jobs' rows into the ledger. What it does not take is tried again until it does; and as
// long as a row is behind, or any disk does not take what it is given, there is a problem() and
// nothing new may be sent.
class RowWriter final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    RowWriter(Ledger& ledger, OpenJobs& jobs, PictureSaver& saver, QObject* parent = nullptr);
    void setRetry(std::chrono::milliseconds pause) { m_again.setInterval(pause); }

    // Writes the job's row. committed() follows, or postponed() and then committed().
    void commit(Entry& entry);
    // The same for new jobs and the one that they come from, in one transaction: no run finds some
    // of them alone.
    void commitWith(const QList<Job>& jobs, const Entry& first);
    // Now, what could not be written.
    void retry();

    // Whether what would come could be kept and filed; `done` is called later.
    void probe(const std::function<void(const Result<void>&)>& done);
    // A disk did not take what it was given.
    void diskFailed(const Error& error);
    // One did: looks whether everything is on disk again.
    void diskWorks();
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

    // Those of `identities` that have a job there whose outcome is not known, put away or not.
    [[nodiscard]] QFuture<Result<QSet<QByteArray>>> unknownAmong(
        QList<QByteArray> identities, const QString& endpoint);
    // What a person did about these.
    void note(const QList<JobId>& ids, Action action);
    void dismiss(const QList<JobId>& ids);

Q_SIGNALS:
    void committed(seedbook::JobId id, seedbook::JobState state);
    void postponed(seedbook::JobId id, seedbook::JobState state);
    void paused(const QString& endpoint, const seedbook::Pause& pause); // of all: no endpoint
    void problemChanged();

private:
    // What the ledger may say of it: nothing that is not durable.
    [[nodiscard]] static Job rowOf(const Entry& entry);

    Ledger& m_ledger;
    OpenJobs& m_jobs;
    PictureSaver& m_saver;
    QTimer m_again; // tries commits that failed again
    std::optional<Error> m_problem;
    bool m_noRoom = false; // the last probe said so
    // Rows of jobs without a tile that the ledger has yet to take.
    std::map<JobId, std::shared_ptr<const Job>> m_unwritten;
};

} // namespace seedbook
