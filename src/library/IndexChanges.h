#pragma once

#include "library/LibraryChanges.h"
#include "library/PictureBlocks.h"
#include "library/ReadFile.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace seedbook {

// A row of the index as a transaction found it.
struct IndexedPicture
{
    qint64 number = 0;
    QString path;
    QString id;
    QString identity;
    QString codedKey;
    bool wasRead = false;
    PicturePtr picture; // null where the row makes no sense
};

// What a transaction does to the pictures, by their rows, until their ids are settled.
class IndexChanges final
{
public:
    explicit IndexChanges(VanishedPaths& vanished)
        : m_vanished(vanished)
    {
    }

    // What the rows hold now; null: gone.
    void wrote(qint64 number, const PicturePtr& picture) { m_written.insert(number, picture); }
    [[nodiscard]] const PictureBlocks::Changes& written() const { return m_written; }

    void touch(const QString& identity) { m_identities.insert(identity); }
    [[nodiscard]] const QSet<QString>& touched() const { return m_identities; }
    [[nodiscard]] VanishedPaths& vanished() { return m_vanished; }

    void gone(const IndexedPicture& row);
    // A row of this picture that was lost in the same transaction: then it has come back.
    [[nodiscard]] PicturePtr takeGone(const QString& identity);
    void set(qint64 number, const PicturePtr& before, const PicturePtr& now, bool redrawn);
    [[nodiscard]] bool has(qint64 number) const { return m_events.contains(number); }
    void drop(qint64 number) { m_events.remove(number); }
    void rename(qint64 number, const QUuid& id);

    [[nodiscard]] LibraryChanges result() const;

private:
    struct Event
    {
        QUuid was; // null: it was not there
        PicturePtr before;
        PicturePtr now;
        bool redrawn = false;
    };

    VanishedPaths& m_vanished;
    PictureBlocks::Changes m_written;
    QSet<QString> m_identities;
    QList<IndexedPicture> m_gone;
    QHash<qint64, Event> m_events;
    QList<qint64> m_order;
};

} // namespace seedbook
