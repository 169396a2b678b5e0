#pragma once

#include "core/ModelSchema.h"
#include "core/Result.h"
#include "metadata/FoundRecord.h"
#include "metadata/ParameterMapping.h"

#include <QStringList>
#include <QUuid>

#include <atomic>
#include <optional>

class QThreadPool;

namespace seedbook {

// What is looked at before it is imported. All of it blocks and runs on importPool().

constexpr int mostImportFiles = 10'000;

// The threads that read for the review; its jobs never wait for a person.
[[nodiscard]] QThreadPool& importPool();

struct FilesToReview
{
    QStringList paths; // sorted within each folder that was given
    bool more = false; // there were more than `most`
};
// The files among `given`, and the pictures (by their names' endings) in the folders among them and
// below; links to folders are not followed. Gives up early when `stop` is set.
[[nodiscard]] FilesToReview findPictureFiles(
    const QStringList& given, int most, const std::atomic_bool& stop);

// A file in a line. Short whatever the file holds: thousands of them are kept.
struct ImportSummary
{
    enum class Kind { Waiting, Found, NotReadable, Nothing, CouldNotRead };
    Kind kind = Kind::Waiting;
    QString source;
    QString prompt; // elided
    QString seed;
    int incompatible = 0;
    QUuid id;    // what the library would call it
    Error error; // CouldNotRead
};
[[nodiscard]] ImportSummary glanceAt(const QString& path, const ModelCatalog& models);

// All that one file tells.
struct ImportDetail
{
    std::optional<FoundRecord> record;
    QSize size;     // pixels, from the file
    ModelPtr model; // that its values were fitted to; null only without any model
    ParameterMapping mapParameters;
    QUuid id;
    bool own = false; // the record is ours, so its id names the picture wherever it lies
};
[[nodiscard]] Result<ImportDetail> inspectFile(const QString& path, const ModelCatalog& models);

} // namespace seedbook
