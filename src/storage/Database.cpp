#include "storage/Database.h"

#include "storage/SqlScript.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QStorageInfo>

#include <atomic>
#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// SQLite's primary result codes, the low byte of what the driver tells.
constexpr int sqlitePerm = 3;
constexpr int sqliteReadonly = 8;
constexpr int sqliteIoErr = 10;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCantOpen = 14;
constexpr int sqliteNotADb = 26;

// SQLite tells a full disk as an I/O error when it is the shared memory file that cannot grow.
bool isDiskFull(const QString& folder)
{
    const QStorageInfo storage(folder);
    return storage.isValid() && storage.bytesAvailable() < 65536;
}

Result<void> makeFolder(const QString& path)
{
    std::error_code code;
    std::filesystem::create_directories(QFileInfo(path).filesystemAbsoluteFilePath(), code);
    if (!code)
        return {};
    const bool full = code == std::errc::no_space_on_device;
    return Error{full ? ErrorKind::DiskFull : ErrorKind::FolderNotWritable, path,
        QString::fromStdString(code.message())};
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(
    const QString& path, const QStringList& migrations, Durability durability, bool* damaged)
{
    if (auto made = makeFolder(QFileInfo(path).absolutePath()); !made)
        return made.error();

    static std::atomic<quint64> count = 0;
    const QString connection = u"seedbook-%1"_s.arg(++count);
    std::unique_ptr<Database> database(new Database(path, connection));
    {
        QSqlDatabase sql = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
        sql.setDatabaseName(path);
        sql.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
        if (!sql.open())
            return database->error(sql.lastError());
    }
    auto prepared = database->prepare(migrations, durability);
    if (damaged)
        *damaged = database->m_damaged;
    if (!prepared)
        return prepared.error();
    return database;
}

Database::Database(QString path, QString connection)
    : m_path(std::move(path))
    , m_connection(std::move(connection))
{
}

Database::~Database()
{
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<void> Database::prepare(const QStringList& migrations, Durability durability)
{
    qint64 version = 0;
    auto told = each(u"PRAGMA user_version"_s, {},
        [&version](const QSqlQuery& query) { version = query.value(0).toLongLong(); });
    if (!told)
        return told;
    if (version < 0 || version > migrations.size()) {
        m_damaged = true; // as far as this program can read it
        return Error{ErrorKind::DatabaseTooNew, m_path, {}};
    }
    m_new = version == 0;

    // The journal's mode is a row; where the file system cannot share memory it stays "delete",
    // which is as durable and only slower.
    const QString synchronous = durability == Durability::Full ? u"FULL"_s : u"NORMAL"_s;
    for (const QString& pragma : {u"PRAGMA journal_mode=WAL"_s,
             u"PRAGMA synchronous="_s + synchronous, u"PRAGMA foreign_keys=ON"_s}) {
        if (auto done = run(pragma); !done)
            return done.error();
    }

    for (; version < migrations.size(); ++version) {
        auto migrated = transaction([&]() -> Result<void> {
            QStringList statements = sqlStatements(migrations[version]);
            statements.append(u"PRAGMA user_version=%1"_s.arg(version + 1));
            for (const QString& statement : std::as_const(statements)) {
                if (auto done = run(statement); !done)
                    return done.error();
            }
            return {};
        });
        if (!migrated)
            return migrated;
    }
    return {};
}

Result<QSqlQuery> Database::run(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true); // otherwise Qt keeps every row it has read
    if (!query.prepare(sql))
        return error(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return error(query.lastError());
    return query;
}

Result<void> Database::each(const QString& sql, const QVariantList& values,
    const std::function<void(const QSqlQuery&)>& row)
{
    auto query = run(sql, values);
    if (!query)
        return query.error();
    while (query->next())
        row(*query);
    if (query->lastError().isValid())
        return error(query->lastError());
    return {};
}

Result<void> Database::transaction(const std::function<Result<void>()>& work)
{
    // Immediate: a lock that is not to be had is told now and not at the first write.
    if (auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun.error();
    Result<void> result = work();
    if (result) {
        auto committed = run(u"COMMIT"_s);
        if (committed)
            return {};
        result = committed.error();
    }
    // After some errors (a full disk) SQLite has rolled back by itself, and this one fails.
    (void)run(u"ROLLBACK"_s);
    return result;
}

Error Database::error(const QSqlError& error)
{
    const QString folder = QFileInfo(m_path).absolutePath();
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const QString words =
        error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    if (code == sqliteCorrupt || code == sqliteNotADb)
        m_damaged = true;
    if (code == sqliteFull ||
        ((code == sqliteIoErr || code == sqliteCantOpen) && isDiskFull(folder)))
        return {ErrorKind::DiskFull, folder, words};
    if (code == sqliteReadonly || code == sqlitePerm ||
        (code == sqliteCantOpen && !QFileInfo(folder).isWritable()))
        return {ErrorKind::FolderNotWritable, folder, words};
    return {ErrorKind::DatabaseError, m_path, words};
}

} // namespace seedbook
