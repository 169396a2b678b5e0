#include "widgets/undo/PictureTracker.h"

namespace seedbook {

Tracked PictureTracker::of(const PicturePtr& picture)
{
    if (Tracked known = m_here.value(picture->id).lock())
        return known;
    if (m_here.size() >= m_lookAt)
        forgetUnused();
    auto tracked = std::make_shared<TrackedPicture>(
        TrackedPicture{picture->id, picture->recordId, picture->path});
    m_here.insert(picture->id, tracked);
    return tracked;
}

void PictureTracker::follow(const LibraryChanges& changes)
{
    if (m_here.isEmpty() && m_gone.isEmpty())
        return;
    for (const QUuid& id : changes.removed) {
        if (const Tracked tracked = m_here.take(id).lock())
            m_gone.insert(tracked->path, tracked);
    }
    // All at once: the new id of one may be the old one of another.
    QList<std::pair<Tracked, PicturePtr>> moved;
    for (const auto& update : changes.updated) {
        const auto here = m_here.constFind(update.was);
        const Tracked tracked = here == m_here.cend() ? nullptr : here->lock();
        if (!tracked)
            continue;
        m_here.erase(here);
        moved.append({tracked, update.now});
    }
    for (const auto& [tracked, now] : std::as_const(moved))
        comeBack(tracked, now);
    for (const PicturePtr& picture : changes.added) {
        const Tracked tracked = m_gone.value(picture->path).lock();
        if (tracked && (tracked->id == picture->id ||
                           (!picture->recordId.isNull() && tracked->recordId == picture->recordId)))
            comeBack(tracked, picture);
    }
}

void PictureTracker::comeBack(const Tracked& tracked, const PicturePtr& now)
{
    if (isHere(tracked))
        return; // it was seen coming
    if (m_gone.value(tracked->path).lock() == tracked)
        m_gone.remove(tracked->path);
    tracked->id = now->id;
    tracked->recordId = now->recordId;
    tracked->path = now->path;
    m_here.insert(now->id, tracked);
}

bool PictureTracker::isHere(const Tracked& tracked) const
{
    return m_here.value(tracked->id).lock() == tracked;
}

void PictureTracker::forgetUnused()
{
    m_here.removeIf([](const auto& entry) { return entry.value().expired(); });
    m_gone.removeIf([](const auto& entry) { return entry.value().expired(); });
    m_lookAt = 1024 + 2 * m_here.size();
}

} // namespace seedbook
