#pragma once

#include "core/Picture.h"
#include "library/FolderWalk.h"

#include <QByteArray>
#include <QSet>

#include <optional>

namespace seedbook {

// A picture's file as it was read; its path is below the library's folder.
struct ReadFile
{
    QString path;
    FileState state;
    // As the file tells it: the id is the record's, or made from the coded picture. Null where the
    // file could not be read, and then `error` tells why.
    PicturePtr picture;
    QByteArray codedKey;
    std::optional<Error> error;
};

// Paths that are in the index and not in the folder, as far as a pass over it has come. One of them
// whose picture turns up elsewhere has been moved.
using VanishedPaths = QSet<QString>;

} // namespace seedbook
