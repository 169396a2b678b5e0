#include "library/PictureStorage.h"

#include "core/ErrorText.h"
#include "library/FileIntake.h"
#include "library/FolderMark.h"
#include "library/ImageDecoder.h"
#include "library/LibraryIndex.h"
#include "library/PictureFile.h"
#include "library/PictureFiling.h"
#include "metadata/PictureMetadata.h"

#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>
#include <QtConcurrentRun>

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logLibrary, "seedbook.library")

// As many as the queue has calls at once, so that no picture waits for another's sync.
constexpr int filesAtOnce = 6;

} // namespace

PictureStorage::PictureStorage(LibraryIndex& index, FolderMark& mark, FileIntake& intake)
    : m_folder(index.folder())
    , m_index(index)
    , m_mark(mark)
    , m_intake(intake)
{
    m_files.setMaxThreadCount(filesAtOnce);
    m_probes.setMaxThreadCount(1);
}

PictureStorage::~PictureStorage()
{
    waitForDone();
}

void PictureStorage::waitForDone()
{
    m_probes.waitForDone();
    m_files.waitForDone(); // the last of them may still give work to the index
}

QFuture<Result<void>> PictureStorage::checkFolder()
{
    return QtConcurrent::run(&m_files, [this]() -> Result<void> {
        const auto here = m_mark.check();
        return here ? tryFolder(m_folder) : here;
    });
}

// On threads that wait for no picture: six may be on their way to a slow disk.
QFuture<Result<void>> PictureStorage::probe()
{
    return QtConcurrent::run(&m_probes, [this]() -> Result<void> {
        if (auto here = m_mark.check(); !here)
            return here;
        // The day's folder stays: a picture may be on its way into it.
        const QString day = m_folder + u'/' + QDate::currentDate().toString(Qt::ISODate);
        const auto tried = tryFolder(day);
        const auto here = m_mark.stillHere({}, day);
        return here ? tried : here;
    });
}

QFuture<Result<PicturePtr>> PictureStorage::file(SaveRequest filing)
{
    if (m_arrivalHook)
        m_arrivalHook(filing.draft.id, filing.bytes);
    auto promise = std::make_shared<QPromise<Result<PicturePtr>>>();
    promise->start();
    const auto end = [promise](Result<PicturePtr> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    m_files.start([this, end, filing = std::move(filing)] {
        giveWayToTheWindow(); // the bytes are safe already, beside the ledger
        auto picture = pictureOf(filing);
        if (!picture)
            return end(picture.error());
        if (const auto here = m_mark.check(); !here)
            return end(here.error());
        if (filing.maybeThere) {
            if (const PicturePtr known = m_index.findThere(picture->id))
                return end(known);
            if (auto found = findStored(m_folder, filing, *picture))
                return enter(*std::move(found), end);
        }
        auto stored = storePicture(m_folder, filing, *std::move(picture));
        if (!stored)
            return end(stored.error());
        if (const auto here = m_mark.stillHere(
                {stored->path, sidecarPath(stored->path)}, QFileInfo(stored->path).absolutePath());
            !here)
            return end(here.error());
        enter(*std::move(stored), end);
    });
    return promise->future();
}

QFuture<Result<PicturePtr>> PictureStorage::findFiled(SaveRequest filing)
{
    return QtConcurrent::run(&m_files, [this, filing = std::move(filing)]() -> Result<PicturePtr> {
        if (m_mark.isGone())
            return Error{ErrorKind::LibraryGone, QDir::toNativeSeparators(m_folder), {}};
        if (const PicturePtr known = m_index.findThere(filing.draft.id))
            return known;
        const auto path = findStored(m_folder, filing);
        if (!path)
            return PicturePtr();
        auto entered = m_intake.enter(*path);
        if (entered && *entered)
            return entered;
        // It is filed, whether or not the index takes it.
        const auto read = m_intake.readAt(*path);
        return read && read->picture ? Result<PicturePtr>(read->picture) : entered;
    });
}

void PictureStorage::enter(Picture picture, const std::function<void(Result<PicturePtr>)>& end)
{
    const auto filed = std::make_shared<const Picture>(std::move(picture));
    (void)m_index.enter(m_intake.readOwn(filed)).then([end, filed](const Result<void>& entered) {
        if (!entered)
            qCWarning(logLibrary, "the index did not take a picture: %s",
                qUtf8Printable(sentence(entered.error())));
        end(PicturePtr(filed));
    });
}

} // namespace seedbook
