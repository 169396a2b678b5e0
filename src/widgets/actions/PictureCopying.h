#pragma once

#include "library/ClipboardContent.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace seedbook {

// Puts pictures on the clipboard: read on a worker, said in a line when they are there. What is
// copied later takes the place of what is being copied.
class PictureCopying final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~PictureCopying() override; // ends what is being copied

    // Where clean() may leave files for others to paste.
    void setCleanFolder(const QString& folder) { m_cleanFolder = folder; }

    // The files of all and the image of the first.
    void images(const QList<PicturePtr>& pictures);
    // The same without what tells of their making.
    void clean(const QList<PicturePtr>& pictures);
    void encoded(const QList<PicturePtr>& pictures, bool asDataUri);

Q_SIGNALS:
    void message(const QString& text, bool isError);

private:
    using Copying = std::function<ClipboardContent(const QList<PicturePtr>&, const GoOn&)>;
    using Telling = std::function<QString(const ClipboardContent&)>;
    void copy(const QList<PicturePtr>& pictures, const Copying& copying, const Telling& telling);

    QString m_cleanFolder;
    // True to end it; of the copying that is under way or was the last.
    std::shared_ptr<std::atomic_bool> m_stop = std::make_shared<std::atomic_bool>(false);
};

} // namespace seedbook
