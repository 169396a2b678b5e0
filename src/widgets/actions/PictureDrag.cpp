#include "widgets/actions/PictureDrag.h"

#include "library/ImageDecoder.h"

#include <QDeadlineTimer>
#include <QDrag>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

#include <chrono>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr auto imageFormat = "application/x-qt-image"_L1;
constexpr int dragEdge = 128; // logical pixels
// Another program asks for the image while the drag holds the window up; of a larger one, or
// one that takes longer, it is given the file alone.
constexpr qint64 mostPixels = 24'000'000;
constexpr std::chrono::seconds mostTime(2);

class PictureMimeData final : public QMimeData
{
public:
    explicit PictureMimeData(const QList<PicturePtr>& pictures)
    {
        QList<QUrl> urls;
        for (const PicturePtr& picture : pictures)
            urls.append(QUrl::fromLocalFile(picture->path));
        setUrls(urls);
        if (pictures.size() == 1 && isSmall(pictures.first()->size))
            m_path = pictures.first()->path;
    }

    [[nodiscard]] QStringList formats() const override
    {
        QStringList formats = QMimeData::formats();
        if (!m_path.isEmpty())
            formats.append(QString(imageFormat));
        return formats;
    }
    [[nodiscard]] bool hasFormat(const QString& format) const override
    {
        return formats().contains(format);
    }

protected:
    [[nodiscard]] QVariant retrieveData(const QString& format, QMetaType type) const override
    {
        if (m_path.isEmpty() || format != imageFormat)
            return QMimeData::retrieveData(format, type);
        if (m_image.isNull()) {
            const QDeadlineTimer patience(mostTime);
            if (const auto image =
                    decodePicture(m_path, {}, [&patience] { return patience.hasExpired(); }))
                m_image = *image;
        }
        return m_image.isNull() ? QVariant() : QVariant(m_image);
    }

private:
    [[nodiscard]] static bool isSmall(QSize size)
    {
        return size.isValid() && qint64{size.width()} * size.height() <= mostPixels;
    }

    QString m_path;
    mutable QImage m_image;
};

} // namespace

QMimeData* pictureMimeData(const QList<PicturePtr>& pictures)
{
    return new PictureMimeData(pictures);
}

void dragPictures(QWidget* source, const QList<PicturePtr>& pictures, const QPixmap& thumbnail)
{
    auto* drag = new QDrag(source); // goes by itself
    drag->setMimeData(pictureMimeData(pictures));
    if (!thumbnail.isNull()) {
        const qreal ratio = source->devicePixelRatioF();
        QPixmap small = thumbnail.scaled(
            QSize(dragEdge, dragEdge) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        small.setDevicePixelRatio(ratio);
        drag->setPixmap(small);
        drag->setHotSpot(QPoint(-12, -12));
    }
    drag->exec(Qt::CopyAction, Qt::CopyAction);
}

} // namespace seedbook
