#pragma once

#include "core/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <optional>
#include <utility>

namespace seedbook {

// How the name of an answer ends that is no whole picture.
inline constexpr QLatin1StringView answerEnding{".answer"};

// A folder beside the ledger for bytes that were paid for: pictures until they are in the library,
// and answers that could not be read. A file here is whole: it gets its name when it is durable.
// Where that folder takes nothing (its disk is full), any of some others does; they are the owner's
// alone. It is made where it is missing, but not the data folder around it: what is at its place
// once that has gone is hidden below it when it is back. Reading and writing have threads of their
// own, enough for all calls that can end together: each waits for the disk, and a paid call's slot
// waits for it.
class SpoolFolder final
{
public:
    // `others` are tried in their order by keepElsewhere().
    explicit SpoolFolder(QString folder, QStringList others = {});

    struct Item
    {
        QString name; // of our own making
        QByteArray bytes;
    };
    // Writes and syncs, all into the folder, or none of them; resolves with the paths.
    [[nodiscard]] QFuture<Result<QStringList>> keep(const QList<Item>& items);
    // The same into the first of the others that takes them.
    [[nodiscard]] QFuture<Result<QStringList>> keepElsewhere(const QList<Item>& items);
    [[nodiscard]] QFuture<Result<QByteArray>> read(const QString& path);
    // The paths of all that is kept anywhere, by name without its ending. What a killed program had
    // begun to write is among them: as a picture, if it reaches its end, else as an answer. Call
    // while nothing is being kept.
    [[nodiscard]] QFuture<QHash<QString, QString>> list();
    // Whether the folder takes a file just now: tried, with a small one.
    [[nodiscard]] QFuture<Result<void>> probe();
    // Once its bytes are safe elsewhere. A path outside the folders is left alone.
    void remove(const QString& path);

private:
    // Which folder is around it: device and inode.
    using Place = std::pair<quint64, quint64>;
    [[nodiscard]] Result<void> lookAround(); // DatabaseGone, where it is another than at first
    [[nodiscard]] Result<void> makeFolder();

    QStringList m_folders; // the others behind the first
    QMutex m_mutex;
    std::optional<Place> m_around; // under the mutex; none before the first file
    QThreadPool m_threads;
};

} // namespace seedbook
