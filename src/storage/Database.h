#pragma once

#include "core/Result.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariantList>

#include <functional>
#include <memory>

namespace seedbook {

// One SQLite file, opened by one thread and used by that thread alone.
class Database final
{
public:
    enum class Durability {
        Full,   // WAL, synchronous=FULL: a committed row survives a power cut
        Normal, // WAL, synchronous=NORMAL: for what can be rebuilt
    };

    // Opens or creates the file and its folder, then brings it to the newest schema: migration n
    // (from 1) is the n-th script, each in a transaction of its own that also sets user_version.
    // DatabaseTooNew if the file has more; DatabaseError, DiskFull, FolderNotWritable otherwise.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(
        const QString& path, const QStringList& migrations, Durability durability);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    // Prepares, binds by position, executes.
    [[nodiscard]] Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    // Commits if `work` succeeds, else rolls back and returns its error. Not nested.
    [[nodiscard]] Result<void> transaction(const std::function<Result<void>()>& work);
    // Whether open() created the file.
    [[nodiscard]] bool isNew() const { return m_new; }
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    Database(QString path, QString connection, bool isNew);
    [[nodiscard]] Error error(const QSqlError& error) const;

    QString m_path;
    QString m_connection; // QSqlDatabase's name for it
    bool m_new = false;
};

} // namespace seedbook
