#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QCache>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <functional>

namespace seedbook {

// The pictures that are looked at, whole: read from the index off the GUI thread, a few thousand of
// them kept in memory.
class PictureCache final : public QObject
{
    Q_OBJECT

public:
    // For each id its picture, or null.
    using Source = std::function<QFuture<Result<QList<PicturePtr>>>(const QList<QUuid>&)>;
    // The picture with what the person gave it and its file does not have yet.
    using Marked = std::function<PicturePtr(const PicturePtr&)>;

    explicit PictureCache(QObject* parent);

    void setSource(Source source, Marked marked);
    // From memory, or null.
    [[nodiscard]] PicturePtr find(const QUuid& id) const;
    // As it is now; what is on its way from the index is out of date.
    void keep(const PicturePtr& picture);
    void forget(const QUuid& id);
    // What is in view and near: read if need be. Takes the place of what was in view before.
    void setView(const QList<QUuid>& ids);
    // One that is asked for now; read if need be, whatever is in view.
    void need(const QUuid& id);
    // All of them, in their order and without those that are gone: at once if all are in memory.
    void load(const QList<QUuid>& ids, QObject* context,
        const std::function<void(const QList<PicturePtr>&)>& done);

Q_SIGNALS:
    // These are in memory now.
    void loaded(const QList<QUuid>& ids);

private:
    void start();
    void take(const QList<QUuid>& ids, const Result<QList<PicturePtr>>& pictures);

    Source m_source;
    Marked m_marked;
    QCache<QUuid, PicturePtr> m_pictures;
    QList<QUuid> m_view;
    QSet<QUuid> m_needed;
    QSet<QUuid> m_underWay;
    QSet<QUuid> m_overtaken; // of those: known otherwise since they were asked for
    bool m_starting = false;
};

} // namespace seedbook
