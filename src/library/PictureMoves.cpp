#include "library/PictureMoves.h"

#include "core/Words.h"
#include "library/EditQueue.h"
#include "library/MoveFollower.h"
#include "storage/FileRights.h"

#include <QDir>
#include <QFileInfo>

namespace seedbook {

namespace {

constexpr qsizetype deepestFolder = 60; // below the library; a walk goes a little deeper

} // namespace

PictureMoves::PictureMoves(QString folder, EditQueue& edits, MoveFollower& follower)
    : m_folder(std::move(folder))
    , m_edits(edits)
    , m_follower(follower)
{
}

QFuture<QList<Result<MoveReceipt>>> PictureMoves::moveTo(
    QList<PicturePtr> pictures, const QString& folder)
{
    const qsizetype count = pictures.size();
    return m_edits.inBatches<MoveReceipt>(count, [this, pictures = std::move(pictures), folder](
                                                     qsizetype begin, qsizetype end,
                                                     QList<Result<MoveReceipt>>& results) {
        const auto target = folderBelow(folder);
        QStringList there;
        QStringList gone;
        for (qsizetype i = begin; i < end; ++i) {
            const QString path = m_follower.pathNow(pictures.at(i));
            auto receipt = target ? movePicture(path, *target) : target.error();
            if (receipt) {
                receipt->id = pictures.at(i)->id;
                there.append(receipt->file.to);
            }
            if (receipt ? receipt->file.to != path : MoveFollower::isMissing(receipt.error(), path))
                gone.append(path);
            results.append(std::move(receipt));
        }
        m_follower.follow(there, gone);
    });
}

Result<QString> PictureMoves::folderBelow(const QString& folder) const
{
    const QString canonical = QFileInfo(m_folder).canonicalFilePath();
    const auto refuse = [&folder](const QString& why) {
        return Error{ErrorKind::InvalidValue, QDir::toNativeSeparators(folder), why};
    };
    QString wanted = QDir::cleanPath(QDir(m_folder).absoluteFilePath(folder));
    const auto isBelow = [](const QString& path, const QString& above) {
        return path == above || path.startsWith(above + u'/');
    };
    // The library's own folder may be a link, and be named by where that leads.
    if (!isBelow(wanted, m_folder) && isBelow(wanted, canonical))
        wanted.replace(0, canonical.size(), m_folder);
    if (!isBelow(wanted, m_folder))
        return refuse(Words::tr("It is outside the library. Choose a folder in %1.")
                          .arg(QDir::toNativeSeparators(m_folder)));
    const QStringList names = wanted.sliced(m_folder.size()).split(u'/', Qt::SkipEmptyParts);
    for (const QString& name : names) {
        if (name.startsWith(u'.'))
            return refuse(Words::tr("Hidden folders are not part of the library."));
    }
    if (names.size() > deepestFolder)
        return refuse(Words::tr("It is nested too deeply."));
    if (!makePersonsFolder(wanted))
        return Error{ErrorKind::FolderNotWritable, QFileInfo(wanted).path(), {}};
    const QString below = names.isEmpty() ? QString() : u'/' + names.join(u'/');
    if (QFileInfo(wanted).canonicalFilePath() != canonical + below)
        return refuse(
            Words::tr("Its path contains a symbolic link; the library does not follow links."));
    return wanted;
}

} // namespace seedbook
