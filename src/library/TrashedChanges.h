#pragma once

#include "library/FileChange.h"

#include <QHash>
#include <QList>

namespace seedbook {

// What went to the trash in this run, by where it was, and the ratings and tags that it was given
// since: they are written if it comes back. Of the edit queue's thread.
class TrashedChanges final
{
public:
    void trashed(const QString& path) { m_changes.insert(path, {}); }
    [[nodiscard]] bool contains(const QString& path) const { return m_changes.contains(path); }
    // Keeps what is given to a picture that is in the trash; false where it is not there.
    [[nodiscard]] bool hold(const QString& path, const RatingTagsChange& change)
    {
        const auto held = m_changes.find(path);
        if (held == m_changes.end())
            return false;
        held->append(change);
        return true;
    }
    [[nodiscard]] QList<RatingTagsChange> take(const QString& path) { return m_changes.take(path); }

private:
    QHash<QString, QList<RatingTagsChange>> m_changes;
};

} // namespace seedbook
