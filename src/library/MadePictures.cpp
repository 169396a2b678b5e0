#include "library/MadePictures.h"

#include "library/FolderScan.h"
#include "library/LibraryIndex.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>

namespace seedbook {

MadePictures::MadePictures(LibraryIndex& index, FolderScan& scan)
    : m_folder(index.folder())
    , m_index(index)
    , m_scan(scan)
{
    m_lookups.setMaxThreadCount(1);
}

QFuture<Result<QList<PicturePtr>>> MadePictures::find(
    QList<QByteArray> identities, const QString& endpoint, bool practice)
{
    return QtConcurrent::run(&m_lookups,
        [this, identities = std::move(identities), endpoint,
            practice]() -> Result<QList<PicturePtr>> {
            if (identities.isEmpty())
                return QList<PicturePtr>();
            if (const auto looked = m_scan.settled().result(); !looked)
                return looked.error();
            bool anyGone = false;
            auto found = findNow(identities, endpoint, practice, false, anyGone);
            // Perhaps moved a moment ago, once more maybe while it was looked for.
            constexpr int mostLooks = 3;
            for (int looks = 0; looks < mostLooks && found; ++looks) {
                const bool misses =
                    found->contains(nullptr) && (m_scan.mayMissSome() || m_scan.isUnseen());
                if (!misses && (!anyGone || looks > 0))
                    break;
                if (const auto looked = m_scan.lookNow().result(); !looked)
                    return looked.error();
                found = findNow(identities, endpoint, practice, true, anyGone);
            }
            // Nobody can say that it is not in a library that was not seen.
            if (found && found->contains(nullptr) && m_scan.isUnseen())
                return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
            return found;
        });
}

Result<QList<PicturePtr>> MadePictures::findNow(const QList<QByteArray>& identities,
    const QString& endpoint, bool practice, bool looked, bool& anyGone)
{
    const auto known =
        m_index
            .run([this, identities, endpoint, practice](
                     Database& database, PictureIndex& index) -> Result<QList<QList<PicturePtr>>> {
                if (auto entered = m_index.enterWaiting(database); !entered)
                    return entered.error();
                QList<QList<PicturePtr>> all;
                for (const QByteArray& identity : identities) {
                    auto some = index.pictures().made(database, identity, endpoint, practice);
                    if (!some)
                        return some.error();
                    all.append(*std::move(some));
                }
                return all;
            })
            .result();
    if (!known)
        return known.error();
    QList<PicturePtr> found;
    for (const QList<PicturePtr>& alike : *known) {
        const auto there = std::find_if(alike.cbegin(), alike.cend(),
            [](const PicturePtr& picture) { return QFileInfo(picture->path).isFile(); });
        const bool isGone = there == alike.cend() && !alike.isEmpty();
        found.append(there != alike.cend() ? *there : isGone && looked ? alike.first() : nullptr);
        anyGone = anyGone || isGone;
    }
    return found;
}

} // namespace seedbook
