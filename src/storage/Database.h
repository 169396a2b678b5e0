#pragma once

#include "core/Result.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace seedbook {

// One SQLite file, opened by one thread and used by that thread alone.
class Database final
{
public:
    enum class Durability {
        Full,     // WAL, synchronous=FULL: a committed row survives a power cut
        Normal,   // WAL, synchronous=NORMAL: for what can be rebuilt
        ReadOnly, // nothing is written: for who only looks, whoever else has it open
    };

    // Opens or creates the file and its folder, then brings it to the newest schema: migration n
    // (from 1) is the n-th script, each in a transaction of its own that also sets user_version.
    // A script is any number of statements. DatabaseTooNew if the file has more; DatabaseError,
    // DiskFull, FolderNotWritable otherwise. `damaged` (may be null) tells whether it is the file
    // itself that is no good: not a database, a damaged or a newer one. With ReadOnly nothing is
    // created, migrated or left behind: FileUnreadable if there is no file, DatabaseTooOld if it
    // has fewer migrations.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString& path,
        const QStringList& migrations, Durability durability, bool* damaged = nullptr);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    // Prepares, binds by position, executes. Rows are read forward, once.
    [[nodiscard]] Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    // As run(), and reads all rows: `row` is called for each. An error can also come between rows.
    [[nodiscard]] Result<void> each(const QString& sql, const QVariantList& values,
        const std::function<void(const QSqlQuery&)>& row);
    // Commits if `work` succeeds, else rolls back and returns its error. Not nested. DatabaseGone,
    // with Durability::Full, where the file at path() is not the one that was opened: what is
    // written would be lost with the last who has it open.
    [[nodiscard]] Result<void> transaction(const std::function<Result<void>()>& work);
    // Whether open() created the file, or found it without a schema.
    [[nodiscard]] bool isNew() const { return m_new; }
    // Whether some call so far found the file damaged.
    [[nodiscard]] bool isDamaged() const { return m_damaged; }
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    using FileId = std::pair<quint64, quint64>; // device and inode
    [[nodiscard]] std::optional<FileId> fileAtPath() const;

    Database(QString path, QString connection);
    [[nodiscard]] Result<void> connect(Durability durability);
    [[nodiscard]] Result<void> prepare(const QStringList& migrations, Durability durability);
    [[nodiscard]] Result<void> useWriteAheadLog();
    [[nodiscard]] Result<qint64> schemaVersion();
    [[nodiscard]] Error error(const QSqlError& error);

    QString m_path;
    QString m_connection;         // QSqlDatabase's name for it
    std::optional<FileId> m_file; // where that is looked at
    bool m_new = false;
    bool m_damaged = false;
    bool m_busy = false; // whether the last error was that another program held a lock
};

} // namespace seedbook
