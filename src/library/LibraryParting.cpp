// The part of Library that moves pictures: to the trash, to other folders, and back.
#include "core/ErrorWords.h"
#include "library/ImageDecoder.h"
#include "library/Library.h"
#include "library/PictureMove.h"
#include "storage/FileRights.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>

#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logParting, "seedbook.library.parting")

// Few enough that what else waits for these files gets its turn, enough that the index's
// transactions cost nothing.
constexpr qsizetype movedAtOnce = 100;
constexpr qsizetype deepestFolder = 60; // below the library; a walk goes a little deeper

// Not where its folder is missing too: then it may be the disk that is gone.
bool isGone(const Error& error, const QString& path)
{
    return error.kind == ErrorKind::PictureMissing && QFileInfo(path).dir().exists();
}

} // namespace

// One piece of work over many pictures, a batch at a time, each behind what waited before it.
template <typename T>
struct Library::Moving
{
    using Step = std::function<void(qsizetype begin, qsizetype end, QList<Result<T>>& results)>;
    qsizetype count = 0;
    Step step;
    QList<Result<T>> results;
    QPromise<QList<Result<T>>> promise;
};

template <typename T>
QFuture<QList<Result<T>>> Library::inBatches(
    qsizetype count, std::function<void(qsizetype, qsizetype, QList<Result<T>>&)> step)
{
    auto moving = std::make_shared<Moving<T>>();
    moving->count = count;
    moving->step = std::move(step);
    moving->promise.start();
    moving->promise.setProgressRange(0, static_cast<int>(count));
    m_edits.start([this, moving] { nextBatch(moving); });
    return moving->promise.future();
}

template <typename T>
void Library::nextBatch(const std::shared_ptr<Moving<T>>& moving)
{
    const qsizetype begin = moving->results.size();
    const qsizetype end = qMin(moving->count, begin + movedAtOnce);
    moving->step(begin, end, moving->results);
    moving->promise.setProgressValue(static_cast<int>(end));
    if (end < moving->count) {
        m_edits.start([this, moving] { nextBatch(moving); });
        return;
    }
    moving->promise.addResult(std::move(moving->results));
    moving->promise.finish();
}

QString Library::pathNow(const PicturePtr& picture)
{
    if (QFileInfo::exists(picture->path) || m_trashed.contains(picture->path))
        return picture->path;
    const PicturePtr now = findIndexed(picture->id);
    return now ? now->path : picture->path;
}

void Library::follow(const QStringList& there, const QStringList& gone)
{
    QStringList below;
    for (const QString& path : gone) {
        if (const auto relative = m_contents.relativePath(path))
            below.append(*relative);
    }
    // One that was filed when the index could not take it has to be known before it can go.
    (void)m_index.run([this](Database& database) { return enterWaiting(database); });
    if (const auto followed = m_scan.follow(there, below); !followed)
        qCWarning(logParting, "the index did not follow what was moved: %s",
            qUtf8Printable(sentence(followed.error())));
}

Library::MoveResults Library::trash(QList<PicturePtr> pictures)
{
    const qsizetype count = pictures.size();
    return inBatches<MoveReceipt>(count, [this, pictures = std::move(pictures)](qsizetype begin,
                                             qsizetype end, QList<Result<MoveReceipt>>& results) {
        QStringList gone;
        for (qsizetype i = begin; i < end; ++i) {
            const QString path = pathNow(pictures.at(i));
            auto receipt = trashPicture(path);
            if (receipt) {
                receipt->id = pictures.at(i)->id;
                m_trashed.insert(path, {});
            }
            if (receipt || isGone(receipt.error(), path))
                gone.append(path);
            results.append(std::move(receipt));
        }
        follow({}, gone);
    });
}

Library::MoveResults Library::moveTo(QList<PicturePtr> pictures, const QString& folder)
{
    const qsizetype count = pictures.size();
    return inBatches<MoveReceipt>(
        count, [this, pictures = std::move(pictures), folder](
                   qsizetype begin, qsizetype end, QList<Result<MoveReceipt>>& results) {
            const auto target = folderBelow(folder);
            QStringList there;
            QStringList gone;
            for (qsizetype i = begin; i < end; ++i) {
                const QString path = pathNow(pictures.at(i));
                auto receipt = target ? movePicture(path, *target) : target.error();
                if (receipt) {
                    receipt->id = pictures.at(i)->id;
                    there.append(receipt->file.to);
                }
                if (receipt ? receipt->file.to != path : isGone(receipt.error(), path))
                    gone.append(path);
                results.append(std::move(receipt));
            }
            follow(there, gone);
        });
}

QFuture<QList<Result<PicturePtr>>> Library::restore(QList<MoveReceipt> receipts)
{
    const qsizetype count = receipts.size();
    return inBatches<PicturePtr>(count, [this, receipts = std::move(receipts)](qsizetype begin,
                                            qsizetype end, QList<Result<PicturePtr>>& results) {
        QList<Result<MoveReceipt>> moved;
        QStringList there;
        QStringList gone;
        for (qsizetype i = begin; i < end; ++i) {
            auto back = bringBack(receipts.at(i));
            if (back) {
                there.append(back->file.to);
                gone.append(back->file.from);
            }
            moved.append(std::move(back));
        }
        follow(there, gone);
        for (qsizetype i = begin; i < end; ++i) {
            const auto& back = moved.at(i - begin);
            results.append(
                back ? takeBackMarks(receipts.at(i).file.from, back->file.to) : back.error());
        }
    });
}

// What the person gave it while it was in the trash is written now.
Result<PicturePtr> Library::takeBackMarks(const QString& was, const QString& path)
{
    const QList<Marks> marks = m_trashed.take(was);
    Result<void> written;
    for (const Marks& some : marks) {
        if (written)
            written = writeMarks(path, some);
    }
    auto now = [&]() -> Result<PicturePtr> {
        if (!marks.isEmpty())
            return m_scan.enter(path);
        return m_index
            .run([this, path](Database& database) {
                return m_contents.findPath(database, *m_contents.relativePath(path));
            })
            .result();
    }();
    if (now && !*now)
        now = Error{ErrorKind::PictureMissing, path, {}};
    if (now && !written)
        QMetaObject::invokeMethod(
            this,
            [this, picture = *now, error = written.error()] { Q_EMIT marksFailed(picture, error); },
            Qt::QueuedConnection);
    return now;
}

Result<QString> Library::folderBelow(const QString& folder) const
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
        return refuse(tr("It lies outside the library. Choose a folder in %1.")
                          .arg(QDir::toNativeSeparators(m_folder)));
    const QStringList names = wanted.sliced(m_folder.size()).split(u'/', Qt::SkipEmptyParts);
    for (const QString& name : names) {
        if (name.startsWith(u'.'))
            return refuse(tr("Hidden folders are not part of the library."));
    }
    if (names.size() > deepestFolder)
        return refuse(tr("It lies too many folders deep."));
    if (!makePersonsFolder(wanted))
        return Error{ErrorKind::FolderNotWritable, QFileInfo(wanted).path(), {}};
    const QString below = names.isEmpty() ? QString() : u'/' + names.join(u'/');
    if (QFileInfo(wanted).canonicalFilePath() != canonical + below)
        return refuse(tr("A link leads there, and links are not followed in the library."));
    return wanted;
}

bool Library::holdMarks(const QString& path, const Marks& marks)
{
    const auto held = m_trashed.find(path);
    if (held == m_trashed.end())
        return false;
    held->append(marks);
    return true;
}

QFuture<Result<QList<PicturePtr>>> Library::rejected()
{
    auto promise = std::make_shared<QPromise<Result<QList<PicturePtr>>>>();
    promise->start();
    // Behind the ratings that are not in the files yet.
    m_edits.start([this, promise] {
        promise->addResult(
            m_index.run([this](Database& database) { return m_contents.rejected(database); })
                .result());
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QList<PicturePtr>>> Library::find(QList<QUuid> ids)
{
    return m_index.run(
        [this, ids = std::move(ids)](Database& database) -> Result<QList<PicturePtr>> {
            giveWayToTheWindow(); // it scrolls on meanwhile
            QList<PicturePtr> found;
            found.reserve(ids.size());
            for (const QUuid& id : ids) {
                const auto picture = m_contents.find(database, id);
                if (!picture)
                    return picture.error();
                found.append(*picture);
            }
            return found;
        });
}

} // namespace seedbook
