#include "library/PictureImport.h"

#include "core/ImageFormat.h"
#include "library/FileIntake.h"
#include "library/FolderMark.h"
#include "library/FolderWalk.h"
#include "library/LibraryIndex.h"
#include "library/PictureFile.h"
#include "library/PictureMove.h"
#include "metadata/PictureMetadata.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Room for " (10000)" and for a sidecar's ending within a name's 255 bytes.
constexpr qsizetype longestName = 236;
constexpr int mostCopies = 10000;

// The file's own name, without what a file system, a shell or a scan would stumble over.
QString legalName(const QString& name, ImageFormat format)
{
    QString legal;
    for (const QChar character : name) {
        const bool bad = character.category() == QChar::Other_Control || character == u'/' ||
                         character == u'\\' || character == QChar::ReplacementCharacter;
        legal += bad ? u' ' : character;
    }
    legal = legal.simplified();
    while (legal.startsWith(u'.'))
        legal.remove(0, 1);
    QString ending = QFileInfo(legal).suffix();
    if (isPictureName(u"x."_s + ending)) {
        legal.chop(ending.size() + 1);
    } else {
        ending = fileExtension(format);
    }
    while (legal.toUtf8().size() + ending.size() + 1 > longestName)
        legal.chop(legal.back().isLowSurrogate() ? 2 : 1);
    legal = legal.trimmed();
    return (legal.isEmpty() ? u"picture"_s : legal) + u'.' + ending;
}

// The first of NAME, NAME (2) … that neither a picture nor a sidecar has.
QString freePath(const QString& folder, const QString& name)
{
    QString path = folder + u'/' + name;
    for (int number = 2; number <= mostCopies; ++number) {
        if (!QFileInfo::exists(path) && !hasSidecar(path))
            break;
        path = numberedPath(folder + u'/' + name, number);
    }
    return path;
}

QByteArray sidecarOf(const QString& path)
{
    for (const QString& beside : sidecarPaths(path)) {
        const auto read = readWholeFile(QFileInfo(beside).canonicalFilePath(), largestSidecarFile);
        if (read && !read->bytes.isEmpty())
            return read->bytes;
    }
    return {};
}

} // namespace

PictureImport::PictureImport(LibraryIndex& index, FolderMark& mark, FileIntake& intake)
    : m_folder(index.folder())
    , m_index(index)
    , m_mark(mark)
    , m_intake(intake)
{
    m_thread.setMaxThreadCount(1);
}

QFuture<QList<Result<PicturePtr>>> PictureImport::import(QStringList paths)
{
    return QtConcurrent::run(&m_thread, [this, paths = std::move(paths)] {
        QList<Result<PicturePtr>> results;
        for (const QString& path : paths)
            results.append(m_stop ? Error{ErrorKind::ProgramEnded, path, {}} : importOne(path));
        return results;
    });
}

Result<PicturePtr> PictureImport::importOne(const QString& path)
{
    // A link is followed here: the person chose it.
    const QString source = QFileInfo(path).canonicalFilePath();
    if (source.isEmpty())
        return Error{ErrorKind::PictureMissing, path, {}};
    if (m_index.relativePath(source))
        return m_intake.enter(source); // it is in the library already
    const auto file = readWholeFile(source, largestPictureFile);
    if (!file)
        return Error{file.error().kind, path, file.error().detail};
    const QByteArray sidecar = sidecarOf(source);
    const auto metadata = readPictureMetadata(file->bytes, sidecar);
    if (!metadata)
        return Error{metadata.error().kind, path, metadata.error().detail};
    const Picture picture =
        toPicture(*metadata, source, file->bytes.size(), QFileInfo(source).lastModified());

    if (const auto here = m_mark.check(); !here)
        return here.error();
    if (auto there = tryFolder(m_folder); !there)
        return there.error();
    const QString folder =
        m_folder + u'/' + picture.created.toLocalTime().date().toString(Qt::ISODate);
    const QString wanted =
        freePath(folder, legalName(QFileInfo(path).fileName(), metadata->texts.format));
    // The sidecar first, so that nobody sees the picture without it.
    if (!sidecar.isEmpty()) {
        const auto beside = writeNewFile(sidecarPath(wanted), sidecar);
        if (!beside)
            return beside.error();
    }
    const auto written = writeNewFile(wanted, file->bytes);
    if (!written || *written != wanted) {
        if (!sidecar.isEmpty())
            QFile::remove(sidecarPath(wanted));
        if (!written)
            return written.error();
        // Another one took the name in this moment.
        if (!sidecar.isEmpty() && !writeNewFile(sidecarPath(*written), sidecar))
            return Error{ErrorKind::DiskError, sidecarPath(*written), {}};
    }
    if (const auto here = m_mark.stillHere({*written, sidecarPath(*written)}, folder); !here)
        return here.error();
    return m_intake.enter(*written);
}

} // namespace seedbook
