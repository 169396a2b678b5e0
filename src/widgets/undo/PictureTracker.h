#pragma once

#include "library/LibraryChanges.h"

#include <QHash>

#include <memory>

namespace seedbook {

// A picture that a step is about. Its id may become another (a copy's follows from where it and the
// others lie), and it may be gone and come back.
struct TrackedPicture
{
    QUuid id;
    QUuid recordId;
    QString path;
};
using Tracked = std::shared_ptr<TrackedPicture>;

// Keeps the pictures of all steps true while the library changes.
class PictureTracker final
{
public:
    // The same for the same picture.
    [[nodiscard]] Tracked of(const PicturePtr& picture);
    void follow(const LibraryChanges& changes);
    // For who has brought it back.
    void comeBack(const Tracked& tracked, const PicturePtr& now);
    [[nodiscard]] bool isHere(const Tracked& tracked) const;

private:
    void forgetUnused();

    using Known = std::weak_ptr<TrackedPicture>; // as long as a step holds it
    QHash<QUuid, Known> m_here;
    QHash<QString, Known> m_gone; // by where it was
    qsizetype m_lookAt = 1024;    // so many that some may be unused
};

} // namespace seedbook
