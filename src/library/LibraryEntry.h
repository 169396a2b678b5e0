#pragma once

#include "storage/Database.h"

#include <optional>

namespace seedbook {

// A library's entry in the index, and the paths below its folder. When the folder is gone and its
// pictures lie in another one, they are taken to have moved there.
class LibraryEntry final
{
public:
    explicit LibraryEntry(QString folder)
        : m_folder(std::move(folder))
    {
    }

    [[nodiscard]] const QString& folder() const { return m_folder; }
    // Below the library's folder, or nothing.
    [[nodiscard]] std::optional<QString> relativePath(const QString& path) const;
    [[nodiscard]] QString absolutePath(const QString& relative) const;

    // The entry's number in the index; it is found, moved or made.
    [[nodiscard]] Result<qint64> number(Database& database);
    // Whether it was made in this run.
    [[nodiscard]] Result<bool> isNew(Database& database);

    // Which folder the pictures were last seen in: an empty one that is another is a disk that is
    // not there.
    struct FolderIdentity
    {
        quint64 device = 0;
        quint64 inode = 0;
        friend bool operator==(const FolderIdentity&, const FolderIdentity&) = default;
    };
    [[nodiscard]] Result<FolderIdentity> identity(Database& database);
    [[nodiscard]] Result<void> setIdentity(Database& database, const FolderIdentity& identity);

private:
    [[nodiscard]] Result<std::optional<qint64>> moved(Database& database) const;

    QString m_folder;
    bool m_new = false;
};

} // namespace seedbook
