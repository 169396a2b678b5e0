#pragma once

#include "core/Picture.h"
#include "storage/Database.h"

#include <QList>
#include <QSet>

#include <optional>

namespace seedbook {

// index.sqlite: what is known about the pictures of the libraries that this person has opened. Used
// on its database's thread. Paths are kept relative to their library's folder; when a folder is
// gone and its pictures lie in another one, they are taken to have moved there.
class PictureIndex final
{
public:
    explicit PictureIndex(QString folder)
        : m_folder(std::move(folder))
    {
    }

    [[nodiscard]] static QStringList migrations();

    // Whether the library's entry was made in this run.
    [[nodiscard]] Result<bool> isNew(Database& database);
    // Newest first. A row that makes no sense is passed over.
    [[nodiscard]] Result<QList<PicturePtr>> load(Database& database);
    // All or none. An older row for the same file is replaced.
    [[nodiscard]] Result<void> add(Database& database, const QList<PicturePtr>& pictures);
    // The newest row of a picture, or null.
    [[nodiscard]] Result<PicturePtr> find(Database& database, const QUuid& id);
    // The relative paths known.
    [[nodiscard]] Result<QSet<QString>> paths(Database& database);

    // Below the library's folder, or nothing.
    [[nodiscard]] std::optional<QString> relativePath(const QString& path) const;

private:
    // The number of the library's entry, found, moved or made.
    [[nodiscard]] Result<qint64> library(Database& database);
    [[nodiscard]] Result<std::optional<qint64>> movedLibrary(Database& database) const;

    QString m_folder;
    bool m_new = false;
};

} // namespace seedbook
