#include "library/FileChange.h"

#include "core/Words.h"
#include "library/PictureFile.h"

#include <QFileInfo>
#include <QThread>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A file is held in memory while it is changed.
constexpr int attempts = 8;
constexpr unsigned long firstPause = 5; // milliseconds; each is twice as long as the one before

struct Sidecar
{
    QString path;
    QByteArray bytes;
    std::optional<FileIdentity> identity; // null: there is none
};

// The one that tells of the picture: ours, else Adobe's.
Result<Sidecar> readSidecar(const QString& picture)
{
    for (const QString& path : sidecarPaths(picture)) {
        auto read = readWholeFile(path, largestSidecarFile);
        if (read && !read->bytes.isEmpty())
            return Sidecar{path, read->bytes, read->identity};
        if (!read && read.error().kind != ErrorKind::PictureMissing)
            return read.error();
    }
    return Sidecar{sidecarPath(picture), {}, std::nullopt};
}

// Whether it could be done; false where somebody else was quicker.
Result<bool> tryEdit(const QString& path, const FileChange& edit)
{
    const auto file = readWholeFile(path, largestPictureFile);
    if (!file)
        return file.error();
    const auto sidecar = readSidecar(path);
    if (!sidecar)
        return sidecar.error();
    const auto made = edit({file->bytes, sidecar->bytes});
    if (!made)
        return made.error();
    if (made->file != file->bytes) {
        auto replaced = replaceFile(path, file->identity, made->file);
        if (!replaced || !*replaced)
            return replaced;
    }
    if (made->sidecar == sidecar->bytes)
        return true;
    return replaceFile(sidecar->path, sidecar->identity, made->sidecar);
}

} // namespace

QStringList RatingTagsChange::tagsOver(QStringList before) const
{
    for (const QString& tag : removedTags)
        before.removeAll(tag);
    for (const QString& tag : addedTags) {
        if (!before.contains(tag))
            before.append(tag);
    }
    return before;
}

Result<void> changeFile(const QString& path, const FileChange& edit)
{
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (attempt > 0)
            QThread::msleep(firstPause << attempt);
        const auto done = tryEdit(path, edit);
        if (!done)
            return done.error();
        if (*done)
            return {};
    }
    return Error{ErrorKind::DiskError, path, Words::tr("Another app keeps changing the file.")};
}

Result<void> writeRatingAndTags(const QString& path, const RatingTagsChange& marks)
{
    return changeFile(path, [&](const EmbeddedPicture& now) -> Result<EmbeddedPicture> {
        const auto read = readPictureMetadata(now.file, now.sidecar);
        if (!read)
            return Error{read.error().kind, path, read.error().detail};
        const int rating = marks.ratingOver(read->rating);
        const QStringList tags = marks.tagsOver(read->tags);
        if (rating == read->rating && tags == read->tags)
            return now;
        auto made = withRatingAndTags(now, rating, tags, QFileInfo(path).lastModified());
        if (!made)
            return Error{made.error().kind, path, made.error().detail};
        return made;
    });
}

Result<void> writeRecord(const QString& path, const Picture& picture, const QString& modelTitle)
{
    return changeFile(path, [&](const EmbeddedPicture& now) -> Result<EmbeddedPicture> {
        const auto read = readPictureMetadata(now.file, now.sidecar);
        if (!read)
            return Error{read.error().kind, path, read.error().detail};
        if (read->own)
            return now;
        Picture whole = picture;
        whole.format = read->texts.format;
        whole.size = read->texts.size;
        whole.rating = read->rating;
        whole.tags = read->tags;
        EmbeddedPicture made = embedRecord(now.file, whole, modelTitle);
        if (made.sidecar.isEmpty())
            made.sidecar = now.sidecar;
        else if (!now.sidecar.isEmpty())
            return now; // it would take the place of another program's
        return made;
    });
}

} // namespace seedbook
