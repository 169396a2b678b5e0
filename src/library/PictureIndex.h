#pragma once

#include "library/IndexWriter.h"
#include "library/KnownFiles.h"
#include "library/LibraryEntry.h"
#include "library/PictureQueries.h"
#include "storage/Database.h"

namespace seedbook {

// index.sqlite: what is known about the pictures of the libraries that this person has opened; this
// is one library's share of it. Used on its database's thread. Paths are kept relative to their
// library's folder.
class PictureIndex final
{
public:
    explicit PictureIndex(QString folder);
    Q_DISABLE_COPY_MOVE(PictureIndex)

    [[nodiscard]] static QStringList migrations();

    [[nodiscard]] LibraryEntry& entry() { return m_entry; }
    [[nodiscard]] const LibraryEntry& entry() const { return m_entry; }
    [[nodiscard]] PictureQueries& pictures() { return m_pictures; }
    [[nodiscard]] KnownFiles& files() { return m_files; }
    [[nodiscard]] IndexWriter& writer() { return m_writer; }

    // Everything in it that comes from the files, in an order of its own: the same text for the
    // same files.
    [[nodiscard]] Result<QString> dump(Database& database);

private:
    LibraryEntry m_entry;
    PictureQueries m_pictures;
    KnownFiles m_files;
    IndexWriter m_writer;
};

} // namespace seedbook
