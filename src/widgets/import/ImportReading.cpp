#include "widgets/import/ImportReading.h"

#include "core/Text.h"
#include "metadata/PictureMetadata.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int readers = 2;
// A folder may be the root of a disk: what is passed over is bounded, too.
constexpr int mostEntries = 1'000'000;
constexpr qsizetype promptLimit = 200;
constexpr qsizetype glanceLimit = 60;

} // namespace

QThreadPool& importPool()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(readers);
    return pool;
}

FilesToReview findPictureFiles(const QStringList& given, int most, const std::atomic_bool& stop)
{
    FilesToReview found;
    int entries = 0;
    for (const QString& path : given) {
        QStringList here{path};
        if (QFileInfo(path).isDir()) {
            here.clear();
            QDirIterator files(path, {u"*.png"_s, u"*.jpg"_s, u"*.jpeg"_s, u"*.webp"_s},
                QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext() && here.size() <= most && ++entries <= mostEntries && !stop)
                here.append(files.next());
            here.sort();
        }
        for (const QString& file : std::as_const(here)) {
            if (found.paths.size() >= most) {
                found.more = true;
                return found;
            }
            found.paths.append(QFileInfo(file).absoluteFilePath());
        }
    }
    return found;
}

ImportSummary glanceAt(const QString& path, const ModelCatalog& models)
{
    ImportSummary glance;
    const auto detail = inspectFile(path, models);
    if (!detail) {
        glance.kind = ImportSummary::Kind::CouldNotRead;
        glance.error = detail.error();
        glance.error.detail = elided(glance.error.detail, promptLimit);
        return glance;
    }
    glance.id = detail->id;
    if (!detail->record) {
        glance.kind = ImportSummary::Kind::Nothing;
        return glance;
    }
    const FoundRecord& record = *detail->record;
    glance.kind = record.readable ? ImportSummary::Kind::Found : ImportSummary::Kind::NotReadable;
    glance.source = elided(record.source, glanceLimit);
    glance.prompt = elided(record.values.value("prompt"_L1).toString(), promptLimit).simplified();
    glance.seed = elided(record.values.value("seed"_L1).toVariant().toString(), glanceLimit);
    glance.incompatible = static_cast<int>(detail->mapParameters.incompatible.size());
    return glance;
}

Result<ImportDetail> inspectFile(const QString& path, const ModelCatalog& models)
{
    const auto metadata = readPictureMetadata(path);
    if (!metadata)
        return metadata.error();
    ImportDetail detail;
    detail.record = metadata->record;
    detail.size = metadata->texts.size;
    detail.own = metadata->own;
    const QFileInfo file(path);
    const Picture picture = toPicture(*metadata, path, file.size(), file.lastModified().toUTC());
    detail.id = picture.recordId.isNull() ? picture.id : picture.recordId;
    // A record of ours names one of the models here; others are fitted to the standard one.
    detail.model = models.find(picture.modelId);
    if (!detail.model)
        detail.model = models.standard();
    if (detail.record && detail.model)
        detail.mapParameters = mapParameters(*detail.record, detail.size, *detail.model);
    return detail;
}

} // namespace seedbook
