#pragma once

#include "core/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QString>
#include <QThreadPool>

namespace seedbook {

// How the name of an answer ends that is no whole picture.
inline constexpr QLatin1StringView answerEnding{".answer"};

// A folder beside the ledger for bytes that were paid for: pictures until they are in the library,
// and answers that could not be read. A file here is whole: it gets its name when it is durable.
// Writing has threads of its own, enough for all calls that can end together: each waits for the
// disk, and a paid call's slot waits for it.
class KeptFiles final
{
public:
    explicit KeptFiles(QString folder);

    // Writes and syncs; resolves with the path. `name` is one of our own making.
    [[nodiscard]] QFuture<Result<QString>> keep(const QString& name, const QByteArray& bytes);
    [[nodiscard]] static QFuture<Result<QByteArray>> read(const QString& path);
    // The paths of all that is kept, by name without its ending; what a killed program had begun to
    // write is among them, as an answer. Call while nothing is being kept.
    [[nodiscard]] QFuture<QHash<QString, QString>> list() const;
    // Once its bytes are safe elsewhere. A path outside the folder is left alone.
    void remove(const QString& path) const;

private:
    QString m_folder;
    QThreadPool m_writers;
};

} // namespace seedbook
