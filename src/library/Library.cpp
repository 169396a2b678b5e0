#include "library/Library.h"

#include "core/ErrorWords.h"
#include "library/ImageDecoder.h"
#include "library/PictureFile.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logLibrary, "seedbook.library")

// As many as the queue has calls at once, so that no picture waits for another's sync.
constexpr int filesAtOnce = 6;

} // namespace

Library::Library(const QString& folder, const QString& cacheFolder)
    : m_folder(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()))
    , m_contents(m_folder)
    , m_index(cacheFolder + u"/index.sqlite"_s, PictureIndex::migrations(),
          Database::Durability::Normal, DatabaseThread::Damage::StartAnew)
{
    m_files.setMaxThreadCount(filesAtOnce);
}

Library::~Library()
{
    m_files.waitForDone(); // the last of them may still give work to the index
}

QFuture<Result<void>> Library::checkFolder()
{
    return QtConcurrent::run(&m_files, [this] { return tryFolder(m_folder); });
}

QFuture<Result<PicturePtr>> Library::file(Filing filing)
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
        Picture picture = filing.draft;
        const Request& request = filing.request;
        picture.modelId = request.model().id();
        picture.parameters = request.parameters();
        picture.prompt = request.prompt();
        picture.seed = request.seed();
        picture.format = sniffImageFormat(filing.bytes).value_or(filing.format);
        picture.bytes = filing.bytes.size();
        if (!picture.created.isValid())
            picture.created = QDateTime::currentDateTimeUtc();
        const auto size = readPictureSize(filing.bytes);
        if (!size && canDecode(picture.format))
            return end(Error{ErrorKind::PictureUndecodable, {}, size.error().detail});
        picture.size = size ? *size : QSize();
        const Leftover there = filing.maybeThere ? leftoverOf(filing, picture) : Leftover{};
        if (there.picture)
            return end(there.picture);
        auto path = there.path.isEmpty()
                        ? writePictureFile(m_folder, picture.created.toLocalTime().date(),
                              picture.prompt, request.seed(), picture.format, filing.bytes)
                        : Result<QString>(there.path);
        if (!path)
            return end(path.error());
        picture.path = *std::move(path);

        const auto filed = std::make_shared<const Picture>(std::move(picture));
        {
            const QMutexLocker lock(&m_mutex);
            m_waiting.append(filed);
        }
        (void)m_index.run([this](Database& database) { return enterWaiting(database); })
            .then([end, filed](const Result<void>& entered) {
                if (!entered)
                    qCWarning(logLibrary, "the index did not take a picture: %s",
                        qUtf8Printable(sentence(entered.error())));
                end(PicturePtr(filed));
            });
    });
    return promise->future();
}

Library::Leftover Library::leftoverOf(const Filing& filing, const Picture& picture)
{
    struct Known
    {
        PicturePtr picture;
        QSet<QString> paths;
    };
    const auto known = m_index
                           .run([this, id = picture.id](Database& database) -> Result<Known> {
                               auto found = m_contents.find(database, id);
                               auto paths = m_contents.paths(database);
                               if (!found || !paths)
                                   return found ? paths.error() : found.error();
                               return Known{*found, *paths};
                           })
                           .result(); // the index has a thread of its own
    if (known && known->picture && QFileInfo(known->picture->path).size() == filing.bytes.size())
        return {known->picture, {}};
    QSet<QString> taken;
    for (const QString& path : known ? known->paths : QSet<QString>())
        taken.insert(m_folder + u'/' + path);
    return {nullptr, findPictureFile(m_folder, picture.created.toLocalTime().date(), picture.prompt,
                         filing.request.seed(), picture.format, filing.bytes, taken)};
}

QFuture<Result<QList<PicturePtr>>> Library::load()
{
    return m_index.run([this](Database& database) -> Result<QList<PicturePtr>> {
        if (auto entered = enterWaiting(database); !entered)
            return entered.error();
        return m_contents.load(database);
    });
}

QFuture<Result<bool>> Library::isIndexNew()
{
    return m_index.run([this](Database& database) { return m_contents.isNew(database); });
}

QFuture<Result<int>> Library::adopt(QList<Picture> pictures)
{
    return m_index.run([this, pictures = std::move(pictures)](Database& database) -> Result<int> {
        auto known = m_contents.paths(database);
        if (!known)
            return known.error();
        QList<PicturePtr> adopted;
        for (const Picture& given : pictures) {
            auto picture = found(given);
            const auto path = picture ? m_contents.relativePath(picture->path) : std::nullopt;
            if (!path || known->contains(*path))
                continue;
            known->insert(*path);
            adopted.append(std::make_shared<const Picture>(*std::move(picture)));
        }
        if (auto added = m_contents.add(database, adopted); !added)
            return added.error();
        return static_cast<int>(adopted.size());
    });
}

std::optional<Picture> Library::found(Picture picture) const
{
    const QFileInfo given(picture.path);
    const QFileInfo here(m_folder + u'/' + given.dir().dirName() + u'/' + given.fileName());
    for (const QFileInfo& file : {given, here}) {
        if (!m_contents.relativePath(file.absoluteFilePath()) || !file.isFile() ||
            (picture.bytes > 0 && file.size() != picture.bytes))
            continue;
        picture.path = file.absoluteFilePath();
        picture.bytes = file.size();
        if (picture.size.isEmpty()) {
            const auto size = readPictureSize(picture.path);
            picture.size = size ? *size : QSize();
        }
        return picture;
    }
    return std::nullopt;
}

void Library::watch() {}

void Library::lookAgain() {}

QList<UnreadableFile> Library::unreadable() const
{
    return {};
}

void Library::setRating(const QList<PicturePtr>&, int) {}

void Library::changeTags(const QList<PicturePtr>&, const QStringList&, const QStringList&) {}

QFuture<Result<QStringList>> Library::tags()
{
    return m_index.run([](Database&) -> Result<QStringList> { return QStringList(); });
}

QFuture<QList<Result<PicturePtr>>> Library::import(QStringList)
{
    return QtConcurrent::run([] { return QList<Result<PicturePtr>>(); });
}

Result<void> Library::enterWaiting(Database& database)
{
    QList<PicturePtr> waiting;
    {
        const QMutexLocker lock(&m_mutex);
        waiting.swap(m_waiting);
    }
    if (waiting.isEmpty())
        return {};
    auto entered = m_contents.add(database, waiting);
    if (!entered) {
        const QMutexLocker lock(&m_mutex);
        m_waiting = waiting + m_waiting;
    }
    return entered;
}

} // namespace seedbook
