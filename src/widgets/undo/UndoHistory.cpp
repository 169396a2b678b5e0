#include "widgets/undo/UndoHistory.h"

#include <algorithm>

namespace seedbook {

UndoHistory::UndoHistory(QObject* parent)
    : QObject(parent)
{
}

UndoHistory::~UndoHistory() = default;

void UndoHistory::append(const std::shared_ptr<Entry>& entry)
{
    m_done.push_back(entry);
    if (!entry->running)
        branch();
    if (m_done.size() > mostSteps) {
        m_done.pop_front();
        m_place -= m_place > 0 ? 1 : 0;
    }
    Q_EMIT changed();
}

void UndoHistory::branch()
{
    m_undone.clear();
    m_branched = true;
}

void UndoHistory::add(std::unique_ptr<UndoStep> step)
{
    append(std::make_shared<Entry>(Entry{std::move(step), false}));
}

void UndoHistory::run(std::unique_ptr<UndoStep> step)
{
    const auto entry = std::make_shared<Entry>(Entry{std::move(step), true});
    append(entry);
    entry->step->redo(this, [this, entry](const StepEnd& end) {
        entry->running = false;
        if (end.outcome == StepEnd::Outcome::Done) {
            branch();
        } else {
            const auto place = std::find(m_done.begin(), m_done.end(), entry);
            if (place != m_done.end()) {
                if (static_cast<std::size_t>(place - m_done.begin()) < m_place)
                    --m_place;
                m_done.erase(place);
            }
        }
        Q_EMIT ended(Way::Do, end);
        Q_EMIT changed();
        serve();
    });
}

void UndoHistory::undo()
{
    m_wishes.append(Way::Undo);
    serve();
}

void UndoHistory::redo()
{
    m_wishes.append(Way::Redo);
    serve();
}

QString UndoHistory::undoName() const
{
    return m_done.empty() ? QString() : m_done.back()->step->names().undo;
}

QString UndoHistory::redoName() const
{
    return m_undone.empty() ? QString() : m_undone.back()->step->names().redo;
}

void UndoHistory::serve()
{
    while (!m_wishes.isEmpty() && !m_underWay) {
        const Way way = m_wishes.first();
        Entries& from = way == Way::Undo ? m_done : m_undone;
        const auto isRunning = [](const std::shared_ptr<Entry>& entry) { return entry->running; };
        // The end of what is being done comes back to this; whether there still is something to
        // redo is seen then.
        if (way == Way::Undo ? !m_done.empty() && isRunning(m_done.back())
                             : std::any_of(m_done.begin(), m_done.end(), isRunning))
            return;
        m_wishes.removeFirst();
        if (from.empty())
            continue;
        m_underWay = from.back();
        from.pop_back();
        m_place = m_done.size();
        m_branched = false;
        Q_EMIT changed();
        const auto end = [this, way](const StepEnd& told) { endWay(way, told); };
        // Held here too: it may end at once.
        const std::shared_ptr<Entry> entry = m_underWay;
        if (way == Way::Undo)
            entry->step->undo(this, end);
        else
            entry->step->redo(this, end);
    }
}

void UndoHistory::endWay(Way way, const StepEnd& end)
{
    const std::shared_ptr<Entry> entry = std::exchange(m_underWay, nullptr);
    const bool isDone = end.outcome == StepEnd::Outcome::Done;
    if (end.outcome != StepEnd::Outcome::Nothing) {
        const bool toDone = (way == Way::Redo) == isDone;
        if (toDone)
            m_done.insert(m_done.begin() + static_cast<std::ptrdiff_t>(m_place), entry);
        else if (!m_branched)
            m_undone.push_back(entry);
    }
    if (!isDone)
        m_wishes.clear(); // they were meant for what would have come next
    Q_EMIT ended(way, end);
    Q_EMIT changed();
    serve();
}

} // namespace seedbook

#include "moc_UndoHistory.cpp"
