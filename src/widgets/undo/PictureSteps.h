#pragma once

#include "library/PictureMove.h"
#include "widgets/undo/PictureTracker.h"
#include "widgets/undo/UndoStep.h"

#include <QHash>

namespace seedbook {

class Library;

// What the steps below work with; both outlive them.
struct StepTools
{
    Library& library;
    PictureTracker& tracks;
};

// A rating that was given: undone, each has its own earlier one again.
class RatingStep final : public UndoStep
{
public:
    // The pictures as they were before. Those that had this rating already are left out.
    RatingStep(const StepTools& tools, const QList<PicturePtr>& before, int rating);

    [[nodiscard]] bool isEmpty() const { return m_before.isEmpty(); }
    [[nodiscard]] StepNames names() const override;
    void undo(QObject* context, const End& end) override;
    void redo(QObject* context, const End& end) override;

private:
    void rate(QObject* context, bool back, const End& end);

    StepTools m_tools;
    QList<std::pair<Tracked, int>> m_before;
    int m_rating;
};

// Tags that were added and taken off: undone, just these change. What others did to the picture's
// tags since stays.
class TagsStep final : public UndoStep
{
public:
    TagsStep(const StepTools& tools, const QList<PicturePtr>& before, const QStringList& added,
        const QStringList& removed);

    [[nodiscard]] bool isEmpty() const { return m_changes.isEmpty(); }
    [[nodiscard]] StepNames names() const override;
    void undo(QObject* context, const End& end) override;
    void redo(QObject* context, const End& end) override;

private:
    struct Change
    {
        Tracked picture;
        QStringList added;   // that it did not have
        QStringList removed; // that it had
    };
    void change(QObject* context, bool back, const End& end);

    StepTools m_tools;
    QList<Change> m_changes;
};

// Pictures that go to the trash or into a folder of the library.
class MoveStep final : public UndoStep
{
public:
    // While many are under way.
    using Progress = std::function<void(qsizetype done, qsizetype all)>;
    // `folder` empty: the trash. `names` as in UndoStep.
    MoveStep(const StepTools& tools, const QList<PicturePtr>& pictures, const QString& folder,
        StepNames names, Progress progress);

    [[nodiscard]] StepNames names() const override { return m_names; }
    void undo(QObject* context, const End& end) override;
    void redo(QObject* context, const End& end) override;

private:
    struct Part
    {
        Tracked picture;
        std::optional<MoveReceipt> receipt; // while it is away
    };
    void part(QObject* context, const QList<qsizetype>& parts, QList<PicturePtr> pictures,
        const End& end);
    [[nodiscard]] StepEnd finishMove(
        const QList<qsizetype>& parts, const QList<Result<MoveReceipt>>& results);
    [[nodiscard]] StepEnd cameBack(
        const QList<qsizetype>& parts, const QList<Result<PicturePtr>>& results);

    StepTools m_tools;
    QString m_folder;
    StepNames m_names;
    Progress m_progress;
    QList<Part> m_parts;
    QList<PicturePtr> m_first; // until it was done once
};

} // namespace seedbook
