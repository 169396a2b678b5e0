#include "library/IndexChanges.h"

#include "library/PictureRow.h"

namespace seedbook {

void IndexChanges::gone(const IndexedPicture& row)
{
    touch(row.identity);
    if (row.picture)
        m_gone.append(row);
}

PicturePtr IndexChanges::takeGone(const QString& identity)
{
    for (qsizetype i = 0; i < m_gone.size(); ++i) {
        if (m_gone.at(i).identity == identity)
            return m_gone.takeAt(i).picture;
    }
    return nullptr;
}

void IndexChanges::set(qint64 number, const PicturePtr& before, const PicturePtr& now, bool redrawn)
{
    const QUuid was = before ? before->id : QUuid();
    if (const auto known = m_events.find(number); known != m_events.end()) {
        known->now = now;
        known->redrawn = known->redrawn || redrawn;
    } else {
        m_events.insert(number, {was, before, now, redrawn});
        m_order.append(number);
    }
}

void IndexChanges::rename(qint64 number, const QUuid& id)
{
    const auto renamed = [&id](const PicturePtr& picture) {
        auto other = std::make_shared<Picture>(*picture);
        other->id = id;
        return PicturePtr(std::move(other));
    };
    if (const auto known = m_events.find(number); known != m_events.end() && known->now->id != id)
        known->now = renamed(known->now);
    if (const auto known = m_written.find(number);
        known != m_written.end() && *known && (*known)->id != id)
        *known = renamed(*known);
}

LibraryChanges IndexChanges::result() const
{
    LibraryChanges changes;
    for (const IndexedPicture& row : m_gone)
        changes.removed.append(row.picture->id);
    for (const qint64 number : m_order) {
        const auto event = m_events.constFind(number);
        if (event == m_events.cend())
            continue;
        if (event->was.isNull())
            changes.added.append(event->now);
        else if (event->redrawn || !event->before ||
                 toRow(*event->before, event->before->path) != toRow(*event->now, event->now->path))
            changes.updated.append({event->was, event->now, event->redrawn});
    }
    return changes;
}

} // namespace seedbook
