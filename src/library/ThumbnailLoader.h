#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QImage>
#include <QList>
#include <QObject>

#include <memory>

namespace seedbook {

// Makes thumbnails off the GUI thread and keeps them on disk in the cache folder. The view says
// what it shows, nearest first; a new list replaces the old one, so what was scrolled away is not
// made. On disk each fits a square of 256 or 512 pixels; from that, what is asked for is made.
class ThumbnailLoader final : public QObject
{
    Q_OBJECT

public:
    explicit ThumbnailLoader(const QString& cacheFolder, QObject* parent = nullptr);
    ~ThumbnailLoader() override; // gives up what is under way

    // Each picture is answered once, with loaded() or failed(), unless a later list leaves it out
    // or asks for another box. What is under way already is not begun again. No thumbnail is larger
    // than `box`, in device pixels, or than its picture.
    void setWanted(const QList<PicturePtr>& pictures, QSize box);
    // A picture on its way to the library: made from its bytes while they are being written, so
    // that the thumbnail is there when the file is. It is told of once it is wanted.
    void prepare(const QUuid& id, const QByteArray& bytes);

Q_SIGNALS:
    void loaded(const QUuid& id, const QImage& thumbnail);
    void failed(const QUuid& id, const seedbook::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace seedbook
