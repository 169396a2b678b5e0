#include "library/ImageDecoder.h"

#include "core/Words.h"
#include "metadata/Container.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>
#include <QSemaphore>
#include <QSet>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// What one decoding takes at most, and what all that run at once take together: a picture of the
// most pixels at four bytes each.
constexpr qint64 decodingMemory = maxPicturePixels * 4;
constexpr qint64 memoryUnit = 1 << 16;
// More than anybody's encoder makes. Each goes over the whole picture, however few bytes tell it.
constexpr qsizetype mostScans = 100;
// Qt unpacks a profile, and keeps comments and texts.
constexpr qint64 largestProfile = 1 << 20;
constexpr qint64 longestText = 256;
constexpr int mostTexts = 8; // each that is damaged is a warning in the log

QString tooManyPixels(QSize size)
{
    return Words::tr("It has %1 × %2 pixels, more than Seedbook can show.")
        .arg(size.width())
        .arg(size.height());
}

// Without what unpacks to far more than it is, or is of no use for showing the picture. libpng
// unpacks each text up to 8 MB, and a thousand of them. A thumbnail's own word, which is short,
// stays.
QList<Segment> shownSegments(const Container& container)
{
    // It is read whole by its headers, which tell the size of all; and nothing in it is packed.
    if (container.format == ImageFormat::Webp)
        return container.segments;
    const bool isPng = container.format == ImageFormat::Png;
    QSet<QByteArray> seen;
    QList<Segment> shown;
    int texts = 0;
    for (const Segment& segment : container.segments) {
        bool keep = segment.kind == SegmentKind::Header;
        if (segment.kind == SegmentKind::Coded)
            keep = segment.name != "acTL" && segment.name != "fcTL" && segment.name != "fdAT";
        else if (segment.kind == SegmentKind::Display)
            keep = segment.payloadSize <= largestProfile && !(isPng && seen.contains(segment.name));
        else if (segment.kind == SegmentKind::Comment || segment.name == "tEXt")
            keep = segment.payloadSize <= longestText && texts++ < mostTexts;
        else if (segment.kind == SegmentKind::Exif)
            keep = !isPng; // a photograph's orientation
        if (!keep)
            continue;
        seen.insert(segment.name);
        shown.append(segment);
    }
    return shown;
}

// Its share of the memory for decoding, as soon as others leave that much; nothing once it is asked
// to stop. One after the other: who needs much is not passed by for ever by many who need little.
class MemoryShare final
{
public:
    MemoryShare(qint64 bytes, const StopAsked& stopAsked)
        : m_units(static_cast<int>((bytes + memoryUnit - 1) / memoryUnit))
    {
        const auto waitFor = [&stopAsked](QSemaphore& semaphore, int units) {
            constexpr int patience = 20; // ms
            bool got = false;
            while (!got && !(stopAsked && stopAsked()))
                got = semaphore.tryAcquire(units, patience);
            return got;
        };
        static QSemaphore turn(1);
        if (!waitFor(turn, 1))
            return;
        m_held = waitFor(left(), m_units);
        turn.release();
    }
    ~MemoryShare()
    {
        if (m_held)
            left().release(m_units);
    }
    Q_DISABLE_COPY_MOVE(MemoryShare)

    [[nodiscard]] bool isHeld() const { return m_held; }

private:
    static QSemaphore& left()
    {
        static QSemaphore units(static_cast<int>(decodingMemory / memoryUnit) + 1);
        return units;
    }

    int m_units;
    bool m_held = false;
};

// A reader of one picture, by the format that its bytes tell, with the bounds checked before Qt
// sees any of it.
class BoundedReader final
{
public:
    BoundedReader(QIODevice& device, StopAsked stopAsked = {})
        : m_stopAsked(std::move(stopAsked))
        , m_device(device)
        , m_isKnown(sniffImageFormat(device.peek(16)).has_value())
        , m_container(readContainer(device))
    {
        // Qt refuses images of 128 MiB; ours may have 8 bytes a pixel while being decoded.
        static const bool raised = [] {
            QImageReader::setAllocationLimit(
                static_cast<int>(maxPicturePixels * 8 / (1 << 20)) + 1);
            return true;
        }();
        Q_UNUSED(raised)
        if (!m_container)
            return;
        m_source.emplace(device, shownSegments(*m_container), m_stopAsked);
        m_reader.setAutoDetectImageFormat(false);
        m_reader.setAutoTransform(true);
        m_reader.setDevice(&*m_source);
        m_reader.setFormat(formatName(m_container->format).toLatin1());
    }

    // As it will be shown: a photograph's orientation counts.
    [[nodiscard]] Result<QSize> size(const QString& subject)
    {
        const auto refusal = [&subject](const QString& why) {
            return Error{ErrorKind::PictureUndecodable, subject, why};
        };
        if (!m_isKnown)
            return refusal(Words::tr("It is not a PNG, JPEG or WebP file."));
        if (m_container && !canDecode(m_container->format))
            return refusal(missingFormatsWarning());
        // A PNG's header is taken at its word: libpng would read on to the pixels.
        if (!m_container || (m_container->format == ImageFormat::Jpeg && m_reader.size().isEmpty()))
            return refusal(Words::tr("The beginning of the file is damaged."));
        const QSize size = m_container->size;
        if (qMax(size.width(), size.height()) > maxPictureSide || pixelsOf(size) > maxPicturePixels)
            return refusal(tooManyPixels(size));
        return isTurned() ? size.transposed() : size;
    }

    [[nodiscard]] Result<QImage> read(const QString& subject, QSize bound)
    {
        const auto refusal = [&subject](const QString& why) {
            return Error{ErrorKind::PictureUndecodable, subject, why};
        };
        const auto whole = size(subject);
        if (m_source && m_source->wasStopped())
            return Error{ErrorKind::Stopped, subject, {}};
        if (!whole)
            return whole.error();
        const qsizetype scans = countScans();
        if (scans > mostScans)
            return refusal(Words::tr("It has %1 scans, more than Seedbook can show.").arg(scans));
        // Qt takes a WebP's profile apart at once, in a time that grows with its square.
        const Segment* profile = segmentNamed("ICCP");
        if (profile && profile->payloadSize > largestProfile)
            return refusal(Words::tr("Its colour profile is larger than Seedbook can read."));
        const QSize wanted = whole->scaled(bound, Qt::KeepAspectRatio).expandedTo({1, 1});
        const bool smaller = !bound.isEmpty() && wanted.width() < whole->width();
        const qint64 beside = smaller ? 4 * pixelsOf(wanted) : 0;
        const qint64 needed = memoryNeeded(smaller ? wanted : QSize());
        if (needed > decodingMemory)
            return refusal(
                Words::tr("Showing its %1 × %2 pixels takes more memory than Seedbook uses for it.")
                    .arg(whole->width())
                    .arg(whole->height()));
        const MemoryShare share(std::min(needed + beside, decodingMemory), m_stopAsked);
        if (!share.isHeld())
            return Error{ErrorKind::Stopped, subject, {}};
        // Far more than any picture of so many pixels takes.
        m_source->allow(
            std::chrono::seconds(5) + std::chrono::microseconds(pixelsOf(m_container->size) / 4));
        // Only JPEG decodes faster for being asked for less.
        if (smaller && m_container->format == ImageFormat::Jpeg)
            m_reader.setScaledSize(isTurned() ? wanted.transposed() : wanted);
        QImage image = m_reader.read();
        if (m_source->wasStopped())
            return Error{ErrorKind::Stopped, subject, {}};
        if (m_source->tookTooLong())
            return refusal(Words::tr("Decoding it takes too long."));
        if (image.isNull())
            return refusal(m_reader.errorString());
        // Before it is scaled: in place, while scaling would make another of its size.
        image.convertTo(
            image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
        if (smaller && image.size() != wanted)
            image = image.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        return image;
    }

private:
    static qint64 pixelsOf(QSize size) { return qint64{size.width()} * size.height(); }

    [[nodiscard]] bool isTurned() const
    {
        return m_container->format == ImageFormat::Jpeg &&
               m_reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    }

    [[nodiscard]] const Segment* segmentNamed(QByteArrayView name) const
    {
        const auto found = std::ranges::find(m_container->segments, name, &Segment::name);
        return found == m_container->segments.cend() ? nullptr : &*found;
    }

    [[nodiscard]] qsizetype countScans() const
    {
        return std::ranges::count(m_container->segments, "da"_ba, &Segment::name);
    }

    // At most, at once, with what the libraries keep for themselves; `scaled` is empty for all of
    // it, and what it takes does not count.
    [[nodiscard]] qint64 memoryNeeded(QSize scaled) const
    {
        const qint64 pixels = pixelsOf(m_container->size);
        switch (m_container->format) {
        case ImageFormat::Png: {
            const Segment* header = segmentNamed("IHDR");
            const QByteArray told = header ? payloadOf(m_device, *header, 13) : QByteArray();
            const bool deep = told.size() > 9 && told.at(8) == 16;
            const bool narrow = told.size() > 9 && (told.at(9) == 0 || told.at(9) == 3);
            return pixels * (deep ? 12 : (narrow ? 5 : 4));
        }
        case ImageFormat::Jpeg: {
            // Asked for less, libjpeg makes it at up to twice the sides.
            const qint64 made = scaled.isEmpty() ? pixels : std::min(pixels, 4 * pixelsOf(scaled));
            return coefficientsOfJpeg() + 4 * made;
        }
        case ImageFormat::Webp: {
            // All of the file; the pixels, those of libwebp or of the frames before.
            qint64 each = 6;
            if (segmentNamed("VP8L"))
                each = 8;
            if (m_container->isAnimated)
                each = 16;
            return m_source->size() + pixels * each;
        }
        }
        Q_UNREACHABLE();
    }

    // In several scans, all coefficients are kept until the last has come.
    [[nodiscard]] qint64 coefficientsOfJpeg() const
    {
        for (const Segment& frame : m_container->segments) {
            const bool isFrame = frame.kind == SegmentKind::Coded && frame.name.startsWith('c') &&
                                 frame.name != "c4" && frame.name != "c8" && frame.name != "cc";
            if (!isFrame)
                continue;
            const QByteArray told = payloadOf(m_device, frame, 6 + 255 * 3);
            const Segment* scan = segmentNamed("da");
            const bool inOne = countScans() == 1 && told.size() > 5 &&
                               payloadOf(m_device, *scan, 1) == told.sliced(5, 1);
            if (inOne && (frame.name == "c0" || frame.name == "c1"))
                return 0;
            double most = 1;
            double sum = 0;
            for (qsizetype at = 7; at < told.size(); at += 3) {
                const auto factors = static_cast<quint8>(told.at(at));
                const double area = (factors >> 4) * (factors & 15);
                most = std::max(most, area);
                sum += area;
            }
            return static_cast<qint64>(
                2 * sum / most * static_cast<double>(pixelsOf(m_container->size)));
        }
        return 0;
    }

    StopAsked m_stopAsked;
    QIODevice& m_device;
    bool m_isKnown;
    Result<Container> m_container;
    std::optional<PictureSource> m_source;
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

Result<QImage> decodePicture(const QString& path, QSize bound, const StopAsked& stopAsked)
{
    QFile file(path);
    if (auto opened = openPicture(file); !opened)
        return opened.error();
    return BoundedReader(file, stopAsked).read(path, bound);
}

Result<QImage> decodePicture(const QByteArray& bytes, QSize bound, const StopAsked& stopAsked)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return BoundedReader(buffer, stopAsked).read({}, bound);
}

QFuture<Result<QImage>> decodePictureLater(const QString& path, QSize bound)
{
    return QtConcurrent::run(&decodingPool(), [path, bound](QPromise<Result<QImage>>& promise) {
        giveWayToTheWindow();
        promise.addResult(decodePicture(path, bound, [&promise] { return promise.isCanceled(); }));
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
    return Words::tr("This system cannot show %1 images. They are saved all the same. To see them, "
                     "install qt6-image-formats-plugins and restart Seedbook.")
        .arg(QLocale().createSeparatedList(missing));
}

} // namespace seedbook
