#include "library/ImageDecoder.h"

#include "core/ImageFormat.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A reader of one picture, by the format that its bytes tell, with the bounds checked before
// anything is decoded.
class BoundedReader final
{
public:
    explicit BoundedReader(QIODevice& device)
    {
        // Qt refuses images of 128 MiB; ours may have 8 bytes a pixel while being decoded.
        static const bool raised = [] {
            QImageReader::setAllocationLimit(
                static_cast<int>(maxPicturePixels * 8 / (1 << 20)) + 1);
            return true;
        }();
        Q_UNUSED(raised)
        m_format = sniffImageFormat(device.peek(16));
        if (!m_format)
            return;
        m_reader.setAutoDetectImageFormat(false);
        m_reader.setAutoTransform(true);
        m_reader.setDevice(&device);
        m_reader.setFormat(formatName(*m_format).toLatin1());
    }

    // As it will be shown: a photograph's orientation counts.
    [[nodiscard]] Result<QSize> size(const QString& subject)
    {
        const auto refusal = [&subject](const QString& why) {
            return Error{ErrorKind::PictureUndecodable, subject, why};
        };
        if (!m_format)
            return refusal(QCoreApplication::translate(
                "seedbook::ImageDecoder", "It is neither PNG nor JPEG nor WebP."));
        const QSize size = m_reader.size();
        if (size.isEmpty()) {
            const QString missing = missingFormatsWarning();
            return refusal(m_reader.canRead() || missing.isEmpty()
                               ? QCoreApplication::translate("seedbook::ImageDecoder",
                                     "The beginning of the file is damaged.")
                               : missing);
        }
        if (qMax(size.width(), size.height()) > maxPictureSide ||
            qint64{size.width()} * size.height() > maxPicturePixels)
            return refusal(QCoreApplication::translate("seedbook::ImageDecoder",
                "It has %1 × %2 pixels, which is more than this program shows.")
                               .arg(size.width())
                               .arg(size.height()));
        return isTurned() ? size.transposed() : size;
    }

    [[nodiscard]] Result<QImage> read(const QString& subject, QSize bound)
    {
        const auto whole = size(subject);
        if (!whole)
            return whole.error();
        const QSize wanted = whole->scaled(bound, Qt::KeepAspectRatio).expandedTo({1, 1});
        const bool smaller = !bound.isEmpty() && wanted.width() < whole->width();
        // Only JPEG decodes faster for being asked for less.
        if (smaller && m_format == ImageFormat::Jpeg)
            m_reader.setScaledSize(isTurned() ? wanted.transposed() : wanted);
        QImage image = m_reader.read();
        if (image.isNull())
            return Error{ErrorKind::PictureUndecodable, subject, m_reader.errorString()};
        if (smaller && image.size() != wanted)
            image = image.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        image.convertTo(
            image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
        return image;
    }

private:
    [[nodiscard]] bool isTurned() const
    {
        return m_reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    }

    std::optional<ImageFormat> m_format;
    QImageReader m_reader;
};

Result<void> openPicture(QFile& file)
{
    const QFileInfo info(file);
    if (!info.exists())
        return Error{ErrorKind::PictureMissing, file.fileName(), {}};
    // Opening a pipe would wait for its other end.
    if (!info.isFile())
        return Error{ErrorKind::PictureUndecodable, file.fileName(), {}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::PictureUndecodable, file.fileName(), file.errorString()};
    return {};
}

QThreadPool& decodingPool()
{
    static QThreadPool pool;
    static const bool prepared = [] {
        pool.setMaxThreadCount(qMax(2, QThread::idealThreadCount() - 1));
        return true;
    }();
    Q_UNUSED(prepared)
    return pool;
}

} // namespace

Result<QSize> readPictureSize(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return BoundedReader(buffer).size({});
}

Result<QSize> readPictureSize(const QString& path)
{
    QFile file(path);
    if (auto opened = openPicture(file); !opened)
        return opened.error();
    return BoundedReader(file).size(path);
}

Result<QImage> decodePicture(const QString& path, QSize bound)
{
    QFile file(path);
    if (auto opened = openPicture(file); !opened)
        return opened.error();
    return BoundedReader(file).read(path, bound);
}

Result<QImage> decodePicture(const QByteArray& bytes, QSize bound)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return BoundedReader(buffer).read({}, bound);
}

QFuture<Result<QImage>> decodePictureLater(const QString& path, QSize bound)
{
    return QtConcurrent::run(&decodingPool(), [path, bound] {
        giveWayToTheWindow();
        return decodePicture(path, bound);
    });
}

void giveWayToTheWindow()
{
    thread_local const bool done = [] {
        constexpr int nice = 8;
        // Qt's thread priorities do nothing under Linux's usual scheduler; each thread has a
        // niceness.
        return ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice) == 0;
    }();
    Q_UNUSED(done)
}

bool canDecode(ImageFormat format)
{
    static const QList<QByteArray> readable = QImageReader::supportedImageFormats();
    return readable.contains(formatName(format).toLatin1());
}

QString missingFormatsWarning()
{
    QStringList missing;
    for (const ImageFormat format : {ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Webp}) {
        if (!canDecode(format))
            missing.append(formatName(format).toUpper());
    }
    if (missing.isEmpty())
        return {};
    return QCoreApplication::translate("seedbook::ImageDecoder",
        "This system cannot show %1 pictures. They are kept all the same; to see them, "
        "install the package qt6-image-formats-plugins and start again.")
        .arg(missing.join(u", "_s));
}

} // namespace seedbook
