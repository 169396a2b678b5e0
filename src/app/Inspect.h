#pragma once

#include "app/CommandLine.h"
#include "core/ModelSchema.h"
#include "metadata/PictureMetadata.h"

#include <QJsonObject>
#include <QString>

namespace seedbook {

struct InspectOptions
{
    QString path;
    bool json = false;
};

[[nodiscard]] Parsed<InspectOptions> readInspect(
    const QStringList& arguments, const ModelCatalog& models);
[[nodiscard]] int runInspect(Program& program, const InspectOptions& options);

// `seedbook inspect`: what made a picture, from any format that the importer knows. Reads one file
// and nothing else: no library, no lock, no session.
class Inspect final
{
public:
    enum ExitCode { RecordFound = 0, NothingFound = 1 };

    // Prints to standard output, and what is wrong to standard error; answers with the exit code.
    [[nodiscard]] static int run(const InspectOptions& options, const ModelCatalog& models);

    // Both want a record. The contract's own field names at the top level, and beside them source,
    // model, width and height (the file's; the record's where it has none), rating and tags, and
    // what only our own record tells (id, parents, price, created, …). "readable" is there, and
    // false, where only the program could be told.
    [[nodiscard]] static QJsonObject json(const PictureMetadata& metadata);
    // One labelled line each, further lines of a text indented; fit for a terminal whatever the
    // file says.
    [[nodiscard]] static QString text(const PictureMetadata& metadata, const ModelCatalog& models);
};

} // namespace seedbook
