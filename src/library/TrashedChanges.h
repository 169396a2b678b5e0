#pragma once

#include "library/FileChange.h"

#include <QHash>
#include <QList>

namespace seedbook {

// What went to the trash in this run, by where it was, and the marks that it was given since: they
// are written if it comes back. Of the edit queue's thread.
class TrashedChanges final
{
public:
    void trashed(const QString& path) { m_marks.insert(path, {}); }
    [[nodiscard]] bool contains(const QString& path) const { return m_marks.contains(path); }
    // Whether the picture that was there is in the trash.
    [[nodiscard]] bool hold(const QString& path, const RatingTagsChange& marks)
    {
        const auto held = m_marks.find(path);
        if (held == m_marks.end())
            return false;
        held->append(marks);
        return true;
    }
    [[nodiscard]] QList<RatingTagsChange> take(const QString& path) { return m_marks.take(path); }

private:
    QHash<QString, QList<RatingTagsChange>> m_marks;
};

} // namespace seedbook
