#include "library/MoveFollower.h"

#include "core/ErrorText.h"
#include "library/FileIntake.h"
#include "library/LibraryIndex.h"
#include "library/TrashedChanges.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logMoves, "seedbook.library.moves")

} // namespace

MoveFollower::MoveFollower(LibraryIndex& index, FileIntake& intake, const TrashedChanges& trashed)
    : m_index(index)
    , m_intake(intake)
    , m_trashed(trashed)
{
}

QString MoveFollower::pathNow(const PicturePtr& picture)
{
    if (QFileInfo::exists(picture->path) || m_trashed.contains(picture->path))
        return picture->path;
    const PicturePtr now = m_index.findThere(picture->id);
    return now ? now->path : picture->path;
}

bool MoveFollower::isMissing(const Error& error, const QString& path)
{
    return error.kind == ErrorKind::PictureMissing && QFileInfo(path).dir().exists();
}

void MoveFollower::follow(const QStringList& there, const QStringList& gone)
{
    QStringList below;
    for (const QString& path : gone) {
        if (const auto relative = m_index.relativePath(path))
            below.append(*relative);
    }
    // One that was filed when the index could not take it has to be known before it can go.
    (void)m_index.run(
        [this](Database& database, PictureIndex&) { return m_index.enterWaiting(database); });
    if (const auto followed = m_intake.follow(there, below); !followed)
        qCWarning(logMoves, "the index did not follow what was moved: %s",
            qUtf8Printable(sentence(followed.error())));
}

} // namespace seedbook
