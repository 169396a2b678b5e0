#include "library/ClipboardContent.h"

#include "core/Words.h"
#include "library/ImageDecoder.h"
#include "library/PictureExport.h"
#include "library/PictureFile.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QRandomGenerator>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qint64 largestEncoded = qint64{64} << 20;

void fail(ClipboardContent& content, const Error& error)
{
    if (content.failed++ == 0)
        content.failure = error;
}

Error undecodable(const PicturePtr& picture, const QString& detail)
{
    return {ErrorKind::PictureUndecodable, picture->path, detail};
}

} // namespace

ClipboardContent imagesForClipboard(const QList<PicturePtr>& pictures, const GoOn& goOn)
{
    ClipboardContent content;
    for (const PicturePtr& picture : pictures) {
        if (!goOn())
            break;
        if (!QFileInfo(picture->path).isFile()) {
            fail(content, {ErrorKind::PictureMissing, picture->path, {}});
            continue;
        }
        if (content.count == 0) {
            const StopAsked isOver = [&goOn] { return !goOn(); };
            if (auto image = decodePicture(picture->path, {}, isOver))
                content.image = *std::move(image);
            else if (pictures.size() == 1) {
                fail(content, image.error());
                break;
            }
        }
        content.files.append(picture->path);
        ++content.count;
    }
    return content;
}

ClipboardContent cleanForClipboard(
    const QList<PicturePtr>& pictures, const QString& folder, const GoOn& goOn)
{
    ClipboardContent content;
    QStringList earlier = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    // A folder of its own each time: a path that was pasted before never shows another picture.
    const QString own = folder + u'/' + QString::number(QRandomGenerator::system()->generate(), 36);
    earlier.removeAll(QFileInfo(own).fileName());
    const QString name = own + u"/picture"_s;
    for (qsizetype i = 0; i < pictures.size() && goOn(); ++i) {
        const PicturePtr& picture = pictures.at(i);
        const auto clean = readClean(picture->path);
        if (!clean) {
            fail(content, clean.error());
            continue;
        }
        QImage pixels;
        if (content.count == 0) {
            // From the clean bytes: an image carries a PNG's texts along.
            auto image = decodePicture(clean->bytes, {}, [&goOn] { return !goOn(); });
            if (!image) {
                fail(content, undecodable(picture, image.error().detail));
                continue;
            }
            pixels = *std::move(image);
        }
        const QString file = pictures.size() == 1
                                 ? name + u'.' + fileExtension(clean->format)
                                 : numberedName(name, i, pictures.size(), clean->format);
        if (!QDir().mkpath(own)) {
            fail(content, {ErrorKind::FolderNotWritable, folder, {}});
            break;
        }
        const auto written = writeNewFile(file, clean->bytes);
        if (!written) {
            fail(content, written.error());
            break; // the next would fare no better
        }
        // It lies in the cache: nobody else's to see.
        QFile::setPermissions(*written, QFile::ReadOwner | QFile::WriteOwner);
        if (content.count++ == 0)
            content.image = pixels;
        content.files.append(*written);
    }
    if (content.count > 0) {
        for (const QString& before : std::as_const(earlier))
            QDir(folder + u'/' + before).removeRecursively();
    }
    return content;
}

ClipboardContent encodedForClipboard(
    const QList<PicturePtr>& pictures, bool asDataUri, const GoOn& goOn)
{
    ClipboardContent content;
    qint64 all = 0;
    for (const PicturePtr& picture : pictures) {
        if (!goOn())
            break;
        all += QFileInfo(picture->path).size();
        if (all > largestEncoded) {
            const Error tooMuch{ErrorKind::FileUnreadable, picture->path,
                pictures.size() == 1
                    ? Words::tr("It exceeds 64 MiB, the limit for copying as text.")
                    : Words::tr(
                          "Together the images exceed 64 MiB, the limit for copying as text.")};
            content = {};
            fail(content, tooMuch);
            break;
        }
        const auto file = readWholeFile(picture->path, largestEncoded);
        if (!file) {
            fail(content, file.error());
            continue;
        }
        const auto format = sniffImageFormat(file->bytes);
        if (asDataUri && !format) {
            fail(content, undecodable(picture, {}));
            continue;
        }
        if (content.count++ > 0)
            content.text += u'\n';
        if (asDataUri)
            content.text += u"data:image/%1;base64,"_s.arg(formatName(*format));
        content.text += QLatin1StringView(file->bytes.toBase64());
    }
    return content;
}

QMimeData* mimeDataOf(const ClipboardContent& content)
{
    auto* data = new QMimeData;
    if (!content.image.isNull())
        data->setImageData(content.image);
    QList<QUrl> urls;
    QByteArray files("copy");
    for (const QString& path : content.files) {
        urls.append(QUrl::fromLocalFile(path));
        files += '\n' + urls.last().toEncoded();
    }
    data->setUrls(urls);
    data->setData(u"x-special/gnome-copied-files"_s, files);
    return data;
}

} // namespace seedbook
