#include "widgets/live/PictureCache.h"

#include "core/Async.h"

#include <algorithm>

namespace seedbook {

namespace {

constexpr qsizetype kept = 3000;
// So that what is scrolled to meanwhile does not wait long.
constexpr qsizetype readAtOnce = 300;

} // namespace

PictureCache::PictureCache(QObject* parent)
    : QObject(parent)
    , m_pictures(kept)
{
}

void PictureCache::setSource(Source source, Marked marked)
{
    m_source = std::move(source);
    m_marked = std::move(marked);
}

PicturePtr PictureCache::find(const QUuid& id) const
{
    const PicturePtr* known = m_pictures.object(id);
    return known ? *known : nullptr;
}

void PictureCache::keep(const PicturePtr& picture)
{
    if (m_underWay.contains(picture->id))
        m_overtaken.insert(picture->id);
    m_pictures.insert(picture->id, new PicturePtr(picture));
}

void PictureCache::forget(const QUuid& id)
{
    if (m_underWay.contains(id))
        m_overtaken.insert(id);
    m_pictures.remove(id);
    m_needed.remove(id);
}

void PictureCache::setView(const QList<QUuid>& ids)
{
    m_view.clear();
    for (const QUuid& id : ids) {
        if (!m_pictures.contains(id))
            m_view.append(id);
    }
    start();
}

void PictureCache::need(const QUuid& id)
{
    if (m_pictures.contains(id) || m_underWay.contains(id) || !m_source)
        return;
    m_needed.insert(id);
    if (std::exchange(m_starting, true))
        return;
    // What else is asked for in this round of events comes along.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_starting = false;
            start();
        },
        Qt::QueuedConnection);
}

void PictureCache::start()
{
    if (!m_underWay.isEmpty() || !m_source)
        return;
    QList<QUuid> ids = m_needed.values();
    m_needed.clear();
    for (const QUuid& id : std::as_const(m_view)) {
        if (!m_pictures.contains(id) && !ids.contains(id))
            ids.append(id);
    }
    m_view.clear();
    if (ids.isEmpty())
        return;
    for (const QUuid& id : ids.mid(readAtOnce))
        m_view.append(id);
    ids = ids.mid(0, readAtOnce);
    m_underWay = {ids.cbegin(), ids.cend()};
    whenDone(m_source(ids), this,
        [this, ids](const Result<QList<PicturePtr>>& pictures) { take(ids, pictures); });
}

void PictureCache::take(const QList<QUuid>& ids, const Result<QList<PicturePtr>>& pictures)
{
    QList<QUuid> here;
    for (qsizetype i = 0; pictures && i < std::min(ids.size(), pictures->size()); ++i) {
        const PicturePtr& picture = pictures->at(i);
        if (!picture || m_overtaken.contains(ids.at(i)))
            continue;
        m_pictures.insert(ids.at(i), new PicturePtr(m_marked ? m_marked(picture) : picture));
        here.append(ids.at(i));
    }
    m_underWay.clear();
    m_overtaken.clear();
    if (!here.isEmpty())
        Q_EMIT loaded(here);
    start();
}

void PictureCache::load(const QList<QUuid>& ids, QObject* context,
    const std::function<void(const QList<PicturePtr>&)>& done)
{
    QList<PicturePtr> known;
    known.reserve(ids.size());
    QList<QUuid> missing;
    for (const QUuid& id : ids) {
        known.append(find(id));
        if (!known.last())
            missing.append(id);
    }
    if (missing.isEmpty() || !m_source) {
        known.removeAll(nullptr);
        done(known);
        return;
    }
    // More than are kept may be wanted: they go by the memory of those in view.
    whenDone(m_source(missing), context,
        [this, ids, missing, known, done](const Result<QList<PicturePtr>>& read) mutable {
            QHash<QUuid, PicturePtr> byId;
            for (qsizetype i = 0; read && i < std::min(missing.size(), read->size()); ++i) {
                if (const PicturePtr& picture = read->at(i))
                    byId.insert(missing.at(i), m_marked ? m_marked(picture) : picture);
            }
            for (qsizetype i = 0; i < ids.size(); ++i) {
                // What came to be known meanwhile is newer.
                if (const PicturePtr now = find(ids.at(i)))
                    known[i] = now;
                else if (!known.at(i))
                    known[i] = byId.value(ids.at(i));
            }
            known.removeAll(nullptr);
            done(known);
        });
}

} // namespace seedbook

#include "moc_PictureCache.cpp"
