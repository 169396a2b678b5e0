#pragma once

#include "core/Job.h"
#include "widgets/common/Tables.h"
#include "widgets/live/QueueCondition.h"

#include <QHash>
#include <QList>
#include <QPointer>

#include <memory>

namespace seedbook {

class QueueWatch;

// Every job of this run in a table: what is out first, then what waits, in the order of sending,
// then what has ended, newest first. Ended jobs stay until they are cleared. All answers come from
// memory; a change touches one row.
class QueueModel final : public TableModel
{
    Q_OBJECT

public:
    enum Column { State, SeedColumn, Prompt, Price, Time, ColumnCount };

    explicit QueueModel(QObject* parent = nullptr);

    // What is said of jobs is told from it. Without one they wait for nothing but their turn, and
    // no figure moves.
    void setWatch(QueueWatch* watch);

    void addJobs(const QList<Job>& jobs);
    void updateJob(const Job& job);
    // Takes the row away, unless the job was filed or cancelled: those stay to be seen.
    void removeJob(JobId id);
    // Filed and cancelled rows go.
    void clearFinished();
    [[nodiscard]] bool hasFinished() const { return m_finished > 0; }

    [[nodiscard]] const Job* job(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(JobId id) const;
    // The waiting job `by` places after this one among the waiting; 0 where there is none.
    [[nodiscard]] JobId waitingNeighbour(int row, int by) const;
    [[nodiscard]] JobId firstWaiting() const;
    // Draws the figures of what is out anew.
    void tick();
    // Why what waits is not sent is another: one signal for all of them.
    void tellWaiting();

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) override;

Q_SIGNALS:
    // Waiting jobs were dropped before another one; 0: at the end.
    void moveRequested(const QList<seedbook::JobId>& ids, seedbook::JobId before);

private:
    [[nodiscard]] qsizetype rows() const override { return m_items.size(); }
    enum class Group { Out, Waiting, Ended };
    struct Key
    {
        Group group = Group::Ended;
        double place = 0;
        JobId id = 0;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Item
    {
        Key key;
        std::shared_ptr<const Job> job;
    };
    [[nodiscard]] static Key keyOf(const Job& job);
    [[nodiscard]] int place(const Key& key) const; // of the first item that is not before it
    [[nodiscard]] int rowOf(JobId id) const;       // −1: none
    [[nodiscard]] QueueCondition condition() const;
    [[nodiscard]] static QString clockText(const Job& job);
    [[nodiscard]] static QString priceWords(const Job& job);

    QPointer<QueueWatch> m_watch;
    // Without a watch: a moment that stands still.
    QueueCondition m_alone{.now = QDateTime::currentDateTimeUtc()};
    QList<Item> m_items;
    QHash<JobId, Key> m_keys;
    int m_finished = 0; // filed or cancelled
};

} // namespace seedbook
