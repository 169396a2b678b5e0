#pragma once

#include "widgets/undo/UndoStep.h"

#include <QObject>

#include <deque>
#include <memory>

namespace seedbook {

// What was done, in its order, to be undone and redone. Steps may take their time: an undo that is
// asked for while its step is still being done waits for that, and one is undone or redone at a
// time. A step that cannot be is told of and dropped; the others stay.
class UndoHistory final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t mostSteps = 200; // beyond these the oldest is forgotten
    enum class Way { Do, Undo, Redo };
    Q_ENUM(Way)

    explicit UndoHistory(QObject* parent = nullptr);
    ~UndoHistory() override;

    // A step that is done already.
    void add(std::unique_ptr<UndoStep> step);
    // Does it, and keeps its place among others that come meanwhile.
    void run(std::unique_ptr<UndoStep> step);
    void undo();
    void redo();
    // Of the next one; empty where there is none.
    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;

Q_SIGNALS:
    void changed(); // one of the names
    void ended(seedbook::UndoHistory::Way way, const seedbook::StepEnd& end);

private:
    struct Entry
    {
        std::unique_ptr<UndoStep> step;
        bool running = false; // for the first time
    };
    using Entries = std::deque<std::shared_ptr<Entry>>;

    void append(const std::shared_ptr<Entry>& entry);
    void branch(); // what was undone is no longer what comes next
    void serve();
    void endWay(Way way, const StepEnd& end);

    Entries m_done;
    Entries m_undone;
    std::shared_ptr<Entry> m_underWay; // being undone or redone: in neither list
    std::size_t m_place = 0;           // in m_done, of that one
    bool m_branched = false;           // a new step came since
    QList<Way> m_wishes;
};

} // namespace seedbook
