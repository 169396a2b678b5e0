#pragma once

#include "core/ImageService.h"
#include "core/Job.h"

#include <QDateTime>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>

namespace seedbook {

// What one endpoint's account can spend, and what its change tells about single jobs. Learned from
// answers for nothing; else asked for, at most once a minute (a person's own refresh, and a job
// whose outcome hangs on it, ask at once but not more often than every few seconds).
class Account final : public QObject
{
    Q_OBJECT

public:
    explicit Account(ImageService& service, QObject* parent = nullptr);

    // USD; nothing while it is not known.
    [[nodiscard]] const std::optional<Money>& balance() const { return m_balance; }
    [[nodiscard]] QDateTime learned() const { return m_learned; } // UTC

    // Asks now or as soon as a minute has passed since it was last asked.
    void refresh();
    void refreshNow();

    // The balance as it stands before this job goes out, if it is fresh and nothing else is out.
    // Every paid job passes here before its POST and at its end.
    [[nodiscard]] std::optional<Money> started(JobId id);
    // `told` is what the answer's header said of the balance. settled() may follow, for a job that
    // had one before: at once from `told`, else the service is asked.
    void ended(JobId id, const std::optional<Money>& told);
    // A job that was out when the program last ended, with what started() had said: settled() may
    // follow.
    void endedEarlier(JobId id);
    // For a job whose balance afterwards is of no interest (never sent, refused).
    void endedFree(JobId id);

Q_SIGNALS:
    void balanceChanged(seedbook::Money balance);
    // The balance after the job, where nothing else ran between.
    void settled(seedbook::JobId id, seedbook::Money after);

private:
    void ask();
    void take(Money balance);

    ImageService& m_service;
    std::optional<Money> m_balance;
    QDateTime m_learned;
};

} // namespace seedbook
