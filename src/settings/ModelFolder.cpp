#include "settings/ModelFolder.h"

#include "core/Words.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qint64 largestModelFile = 1 << 20;

} // namespace

Result<ModelPtr> readModel(const QString& path)
{
    QFile file(path);
    const QString name = QDir::toNativeSeparators(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::FileUnreadable, name, file.errorString()};
    if (file.size() > largestModelFile)
        return Error{ErrorKind::ModelFileInvalid, name, Words::tr("It is larger than a megabyte.")};
    return ModelSchema::parse(file.read(largestModelFile), name);
}

ModelCatalog loadModels(const QString& folder)
{
    ModelCatalog catalog = ModelCatalog::builtIn();
    if (folder.isEmpty())
        return catalog;
    const QDir dir(folder);
    for (const QString& name : dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const QString path = dir.filePath(name);
        catalog.add(readModel(path), path);
    }
    return catalog;
}

} // namespace seedbook
