#include "settings/Folders.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace seedbook {

Folders Folders::standard()
{
    const auto below = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location) + u"/seedbook"_s;
    };
    // QStandardPaths reads user-dirs.dirs alone; the variable moves the folder for one run.
    QString pictures = qEnvironmentVariable("XDG_PICTURES_DIR");
    if (!QDir::isAbsolutePath(pictures))
        pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return {.data = below(QStandardPaths::GenericDataLocation),
        .cache = below(QStandardPaths::GenericCacheLocation),
        .config = below(QStandardPaths::GenericConfigLocation),
        .pictures = QDir::cleanPath(pictures + u"/Seedbook"_s)};
}

} // namespace seedbook
