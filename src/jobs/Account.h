#pragma once

#include "core/ImageService.h"
#include "core/Job.h"

#include <QDateTime>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace seedbook {

// What one endpoint's account can spend, and what its change tells about single jobs. Learned from
// answers for nothing; else asked for, at most once a minute (a person's own refresh, and a job
// whose outcome hangs on it, ask at once).
class Account final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    explicit Account(ImageService& service, QObject* parent = nullptr,
        Clock clock = std::chrono::steady_clock::now);

    // USD; nothing while it is not known.
    [[nodiscard]] const std::optional<Money>& balance() const { return m_balance; }
    [[nodiscard]] QDateTime learned() const { return m_learned; } // UTC

    // Asks now or as soon as a minute has passed since it was last asked.
    void refresh();
    void refreshNow();

    // Every paid job passes here before its POST and at its end. The balance as it stands before
    // this job goes out, if it is fresh and nothing else is out.
    [[nodiscard]] std::optional<Money> started(JobId id);
    enum class End { Picture, Unknown };
    // `told` is what the answer said of the balance. For a job that had one before, settled() may
    // follow: at once where it was told, else with the next reading, which only a job whose outcome
    // is not known brings about out of its turn.
    void ended(JobId id, const std::optional<Money>& told, End end);
    // A job that was out alone when the program last ended, and had a balance before.
    void endedEarlier(JobId id);
    // Not sent, or refused: it cost nothing.
    void endedFree(JobId id);

Q_SIGNALS:
    void balanceChanged(seedbook::Money balance);
    // The balance after the job, where nothing else ran between.
    void settled(seedbook::JobId id, seedbook::Money after);

private:
    void ask();
    void answered(const Result<Money>& balance);
    // `current`: read after the last job had ended.
    void take(Money balance, bool current);

    // What the answer that is on its way will be worth.
    enum class Reading {
        None,      // none is on its way
        Current,   // nothing has ended since it was asked for
        Earlier,   // something ended meanwhile: it may or may not count that
        Overtaken, // an answer told a newer balance meanwhile
    };
    enum class Again { No, InItsTurn, AtOnce };

    ImageService& m_service;
    Clock m_clock;
    std::optional<Money> m_balance;
    QDateTime m_learned;
    bool m_fresh = false; // nothing that costs has been out since it was learned
    QSet<JobId> m_out;
    std::optional<JobId> m_alone;  // out, with a balance before, and nothing beside it
    std::optional<JobId> m_settle; // ended alone; the next reading tells of it
    std::optional<std::chrono::steady_clock::time_point> m_asked;
    Reading m_reading = Reading::None;
    Again m_again = Again::No; // once the answer on its way is here
    QTimer m_later;
};

} // namespace seedbook
