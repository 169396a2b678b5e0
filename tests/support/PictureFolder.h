#pragma once

#include "library/Library.h"
#include "metadata/PictureMetadata.h"
#include "support/Listing.h"
#include "support/Samples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace seedbook::test {

// A picture of ours, number `number`, with everything that a record holds.
[[nodiscard]] inline Picture sampleRecord(int number)
{
    const Request request = sampleRequest(QStringLiteral("picture %1").arg(number), 1000 + number);
    Picture picture;
    picture.id = QUuid::createUuidV5(QUuid(), QByteArray::number(number));
    picture.modelId = request.model().id();
    picture.parameters = request.parameters();
    picture.prompt = request.prompt();
    picture.seed = request.seed();
    picture.created = QDateTime::fromSecsSinceEpoch(1'700'000'000 + number, Qt::UTC);
    picture.sequence = number;
    picture.duration = std::chrono::milliseconds(27000 + number);
    picture.price = Money::fromMicros(121'000 + number);
    picture.priceConfirmed = number % 2 == 0;
    picture.endpoint = QStringLiteral("https://api.segmind.com");
    picture.serviceRequestId = QStringLiteral("request-%1").arg(number);
    picture.provenance.parents = {QUuid::createUuidV5(QUuid(), QByteArray::number(number - 1))};
    picture.rating = number % 7 - 1;
    picture.tags = QStringList{QStringLiteral("tag %1").arg(number % 5), QStringLiteral("海")};
    return picture;
}

[[nodiscard]] inline QUuid idOf(int number)
{
    return sampleRecord(number).id;
}

// Its file.
[[nodiscard]] inline QByteArray recordedPicture(
    int number, ImageFormat format = ImageFormat::Png, QSize size = {24, 16})
{
    // Other pixels for each, or they would be one and the same coded picture.
    const QByteArray bytes = samplePicture(format, size, 0xff000000U | static_cast<uint>(number));
    return embedRecord(bytes, sampleRecord(number), QStringLiteral("Qwen-Image")).file;
}

// A library in a folder of its own, and what somebody knows of it who only takes what it tells.
class PictureFolder final
{
    QTemporaryDir m_temporary; // before the paths in it

public:
    PictureFolder()
        : folder(m_temporary.filePath(QStringLiteral("Pictures")))
        , cache(m_temporary.filePath(QStringLiteral("cache")))
    {
        QDir().mkpath(folder);
        open();
    }
    Q_DISABLE_COPY_MOVE(PictureFolder)

    void open()
    {
        m_library = std::make_unique<Library>(folder, cache);
        known.clear();
        const auto pictures = loadAll(*m_library);
        if (!pictures)
            qFatal("cannot load: %s", qPrintable(pictures.error().detail));
        for (const PicturePtr& picture : *pictures)
            known.insert(picture->id, picture);
        QObject::connect(m_library.get(), &Library::changed, m_library.get(),
            [this](const LibraryChanges& changes) { take(changes); });
    }
    void close() { m_library.reset(); }
    [[nodiscard]] Library& library() { return *m_library; }

    // Looks at all of the folder; false where that does not end.
    [[nodiscard]] bool scan()
    {
        QSignalSpy scanned(m_library.get(), &Library::scanned);
        m_library->rescan();
        return scanned.wait(60'000);
    }
    // As after the cache folder was deleted.
    [[nodiscard]] bool rebuild()
    {
        close();
        QDir(cache).removeRecursively();
        open();
        return scan();
    }

    [[nodiscard]] QString at(const QString& path) const { return folder + u'/' + path; }
    [[nodiscard]] PicturePtr atPath(const QString& path) const
    {
        for (const PicturePtr& picture : known) {
            if (picture->path == at(path))
                return picture;
        }
        return nullptr;
    }
    [[nodiscard]] QString dump() const
    {
        auto database = Database::open(cache + QStringLiteral("/index.sqlite"),
            PictureIndex::migrations(), Database::Durability::Normal);
        if (!database)
            return {};
        const auto text = PictureIndex(folder).dump(**database);
        return text ? *text : QString();
    }
    // Whether what was told comes to the same as what the index holds.
    [[nodiscard]] bool agrees()
    {
        const auto pictures = loadAll(*m_library);
        if (!pictures || pictures->size() != known.size())
            return false;
        return std::all_of(pictures->cbegin(), pictures->cend(), [this](const PicturePtr& picture) {
            const PicturePtr mine = known.value(picture->id);
            return mine && mine->path == picture->path && mine->rating == picture->rating &&
                   mine->tags == picture->tags && mine->bytes == picture->bytes &&
                   mine->prompt == picture->prompt;
        });
    }
    [[nodiscard]] QStringList unreadable() const
    {
        QStringList paths;
        for (const UnreadableFile& file : m_library->unreadable())
            paths.append(QDir(folder).relativeFilePath(file.path));
        return paths;
    }

    const QString folder;
    const QString cache;
    QHash<QUuid, PicturePtr> known;
    QList<LibraryChanges> told;

private:
    void take(const LibraryChanges& changes)
    {
        told.append(changes);
        for (const QUuid& id : changes.removed)
            known.remove(id);
        QList<PicturePtr> now;
        for (const auto& update : changes.updated) {
            if (known.remove(update.was) > 0)
                now.append(update.now);
        }
        for (const PicturePtr& picture : now + changes.added)
            known.insert(picture->id, picture);
    }

    std::unique_ptr<Library> m_library;
};

} // namespace seedbook::test
