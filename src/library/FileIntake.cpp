#include "library/FileIntake.h"

#include "library/ImageDecoder.h"
#include "metadata/PictureMetadata.h"

#include <QThread>
#include <QtConcurrentMap>

#include <algorithm>

namespace seedbook {

namespace {

QDateTime timeOf(const FileState& state)
{
    return QDateTime::fromMSecsSinceEpoch(state.modified / 1'000'000, Qt::UTC);
}

} // namespace

FileIntake::FileIntake(LibraryIndex& index, Listener listener)
    : m_folder(index.folder())
    , m_index(index)
    , m_listener(std::move(listener))
{
    m_readers.setMaxThreadCount(QThread::idealThreadCount());
}

Result<PicturePtr> FileIntake::enter(const QString& path)
{
    const auto read = readAt(path);
    if (!read)
        return read.error();
    return m_index
        .run([this, file = *read](Database& database, PictureIndex& index) -> Result<PicturePtr> {
            VanishedPaths none;
            const auto again = take(database, index, {file}, none);
            if (!again)
                return again.error();
            m_own.remember({file}, *again);
            if (!again->isEmpty())
                m_listener.again(*again);
            if (!file.picture) {
                reportUnreadable(database, index);
                return *file.error;
            }
            return index.pictures().findPath(database, file.path);
        })
        .result();
}

Result<void> FileIntake::follow(const QStringList& there, const QStringList& gone)
{
    QList<FoundFile> found;
    for (const QString& path : there) {
        const auto relative = m_index.relativePath(path);
        const auto state = stateOfFile(path);
        if (relative && state)
            found.append({*relative, *state, std::nullopt});
    }
    const QList<ReadFile> files = readAll(found);
    return m_index
        .run([this, files, gone](Database& database, PictureIndex& index) -> Result<void> {
            VanishedPaths vanished;
            for (const QString& path : gone) {
                if (!stateOfFile(m_folder + u'/' + path))
                    vanished.insert(path);
            }
            const auto again = take(database, index, files, vanished);
            if (!again)
                return again.error();
            m_own.remember(files, *again);
            if (!again->isEmpty())
                m_listener.again(*again);
            if (std::any_of(files.cbegin(), files.cend(),
                    [](const ReadFile& file) { return !file.picture; }))
                reportUnreadable(database, index);
            return remove(database, index, vanished);
        })
        .result();
}

ReadFile FileIntake::readOwn(const PicturePtr& written)
{
    const QString path = m_index.relativePath(written->path).value_or(QString());
    ReadFile file{path, {written->bytes, 0, 0, 0}, written, {}, {}};
    const auto state = stateOfFile(written->path);
    const ReadFile now = state ? read({path, *state, std::nullopt}) : ReadFile{};
    if (now.picture && now.picture->id == written->id) {
        file.state = now.state;
        file.codedKey = now.codedKey;
        m_own.remember({file}, {});
    }
    return file;
}

Result<ReadFile> FileIntake::readAt(const QString& path) const
{
    const auto relative = m_index.relativePath(path);
    const auto state = stateOfFile(path);
    if (!relative || !state)
        return Error{ErrorKind::PictureMissing, path, {}};
    return read({*relative, *state, std::nullopt});
}

QList<ReadFile> FileIntake::readAll(const QList<FoundFile>& files)
{
    return QtConcurrent::blockingMapped<QList<ReadFile>>(
        &m_readers, files, [this](const FoundFile& file) { return read(file); });
}

Result<QStringList> FileIntake::take(
    Database& database, PictureIndex& index, const QList<ReadFile>& files, VanishedPaths& vanished)
{
    QList<ReadFile> sound;
    QStringList again;
    sound.reserve(files.size());
    for (const ReadFile& file : files) {
        const auto now = stateOfFile(m_folder + u'/' + file.path);
        // A pipe, a link or a folder has none.
        const bool isOdd = !now && file.error &&
                           (file.error->kind == ErrorKind::FileUnreadable ||
                               file.error->kind == ErrorKind::LibraryGone);
        if (isOdd || now == file.state)
            sound.append(file);
        else
            again.append(file.path);
    }
    const auto changes = index.writer().take(database, sound, vanished);
    if (!changes)
        return changes.error();
    if (!changes->isEmpty())
        m_listener.changed(*changes);
    return again;
}

Result<void> FileIntake::remove(Database& database, PictureIndex& index, const VanishedPaths& paths)
{
    if (paths.isEmpty())
        return {};
    const auto changes = index.writer().remove(database, paths);
    if (!changes)
        return changes.error();
    if (!changes->isEmpty())
        m_listener.changed(*changes);
    return {};
}

void FileIntake::reportUnreadable(Database& database, PictureIndex& index)
{
    const auto files = index.files().unreadable(database);
    if (files)
        m_listener.unreadable(*files);
}

ReadFile FileIntake::read(const FoundFile& file) const
{
    giveWayToTheWindow();
    if (file.error)
        return {file.path, file.state, nullptr, {}, file.error};
    const QString path = m_folder + u'/' + file.path;
    const auto metadata = readPictureMetadata(path);
    if (!metadata)
        return {file.path, file.state, nullptr, {}, metadata.error()};
    Picture picture = toPicture(*metadata, path, file.state.bytes, timeOf(file.state));
    picture.hasSidecar = file.state.sidecar != 0;
    return {file.path, file.state, std::make_shared<const Picture>(std::move(picture)),
        metadata->codedKey, std::nullopt};
}

} // namespace seedbook
