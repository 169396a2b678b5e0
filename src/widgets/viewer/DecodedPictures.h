#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QCache>
#include <QFuture>
#include <QHash>
#include <QImage>
#include <QObject>

namespace seedbook {

// Pictures in full size, decoded off the GUI thread and ahead of the person's steps: one cache for
// all who show them. Each says what it wants now, what it shows first; that replaces what it wanted
// before, so that who holds the arrow key down is not waited for by pictures that have gone by.
class DecodedPictures final : public QObject
{
    Q_OBJECT

public:
    explicit DecodedPictures(QObject* parent = nullptr);
    ~DecodedPictures() override;
    Q_DISABLE_COPY_MOVE(DecodedPictures)

    // Null while it is not there. Keeps nothing alive: take a copy at once.
    [[nodiscard]] const QImage* find(const Picture& picture) const;
    // The first is tried again though it failed before. The rest is decoded ahead, as far as
    // their sizes let it.
    void want(const QObject* who, const QList<PicturePtr>& pictures);
    // Nothing any more; where nobody else wants anything, the memory is given back.
    void release(const QObject* who);
    // Its file has been changed.
    void drop(const QUuid& id);

    // Whether both have the same pixels, as far as is known without reading: ratings and tags
    // change a file's size, too.
    [[nodiscard]] static bool isSame(const Picture& a, const Picture& b);

Q_SIGNALS:
    void decoded(const seedbook::PicturePtr& picture, const QImage& image);
    void failed(const seedbook::PicturePtr& picture, const seedbook::Error& error);

private:
    void stopUnwanted();
    void next();
    void decode(const PicturePtr& picture);
    [[nodiscard]] bool isOpen(const PicturePtr& picture, bool ahead) const;

    struct Kept
    {
        PicturePtr picture;
        QImage image;
    };
    QCache<QUuid, Kept> m_kept; // cost in kilobytes
    QHash<const QObject*, QList<PicturePtr>> m_wanted;
    QHash<QUuid, PicturePtr> m_failed;
    struct Decoding
    {
        PicturePtr picture;
        QFuture<Result<QImage>> future;
        quint64 number = 0;
    };
    QHash<QUuid, Decoding> m_decoding;
    quint64 m_lastNumber = 0;
};

} // namespace seedbook
