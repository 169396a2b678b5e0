#include "storage/Database.h"

#include "storage/SqlScript.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QStorageInfo>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// SQLite's primary result codes, the low byte of what the driver tells.
constexpr int sqliteBusy = 5;
constexpr int sqlitePerm = 3;
constexpr int sqliteReadonly = 8;
constexpr int sqliteIoErr = 10;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCantOpen = 14;
constexpr int sqliteNotADb = 26;

constexpr std::chrono::milliseconds busyTimeout{5000}; // how long another program is waited for

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
    if (durability == Durability::ReadOnly) {
        if (!QFileInfo::exists(path))
            return Error{ErrorKind::FileUnreadable, path, {}};
    } else if (auto made = makeFolder(QFileInfo(path).absolutePath()); !made) {
        return made.error();
    }

    static std::atomic<quint64> count = 0;
    const QString connection = u"seedbook-%1"_s.arg(++count);
    std::unique_ptr<Database> database(new Database(path, connection));
    if (auto connected = database->connect(durability); !connected)
        return connected.error();
    auto prepared = database->prepare(migrations, durability);
    if (damaged)
        *damaged = database->m_damaged;
    if (!prepared)
        return prepared.error();
    if (durability == Durability::Full)
        database->m_file = database->fileAtPath();
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

Result<void> Database::connect(Durability durability)
{
    QStringList options{u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(busyTimeout.count())};
    QString name = m_path;
    // Even who only reads a file with a log shares memory for it, and leaves both files behind if
    // it may not write. So where nobody else has the file open it is opened for writing, which
    // prepare() then forbids: the last one to close it takes them away. A log that is there belongs
    // to another program, or to one that was killed, and stays as it is.
    if (durability == Durability::ReadOnly && QFileInfo::exists(m_path + u"-wal"_s)) {
        options.append(u"QSQLITE_OPEN_READONLY"_s);
    } else if (durability == Durability::ReadOnly &&
               !QFileInfo(QFileInfo(m_path).absolutePath()).isWritable()) {
        // No log can be made, so nobody writes either.
        options += {u"QSQLITE_OPEN_READONLY"_s, u"QSQLITE_OPEN_URI"_s};
        name = QString::fromLatin1(
            QUrl::fromLocalFile(QFileInfo(m_path).absoluteFilePath()).toEncoded() + "?immutable=1");
    }
    QSqlDatabase sql = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    sql.setDatabaseName(name);
    sql.setConnectOptions(options.join(u';'));
    return sql.open() ? Result<void>() : error(sql.lastError());
}

Result<void> Database::prepare(const QStringList& migrations, Durability durability)
{
    auto version = schemaVersion();
    if (!version)
        return version.error();
    if (*version < 0 || *version > migrations.size()) {
        m_damaged = true; // as far as this program can read it
        return Error{ErrorKind::DatabaseTooNew, m_path, {}};
    }
    m_new = *version == 0;
    if (durability == Durability::ReadOnly) {
        if (*version < migrations.size())
            return Error{ErrorKind::DatabaseTooOld, m_path, {}};
        auto forbidden = run(u"PRAGMA query_only=ON"_s);
        return forbidden ? Result<void>() : forbidden.error();
    }

    if (auto changed = useWriteAheadLog(); !changed)
        return changed;
    const QString synchronous = durability == Durability::Full ? u"FULL"_s : u"NORMAL"_s;
    for (const QString& pragma :
        {u"PRAGMA synchronous="_s + synchronous, u"PRAGMA foreign_keys=ON"_s}) {
        if (auto done = run(pragma); !done)
            return done.error();
    }

    for (qint64 next = *version; next < migrations.size(); ++next) {
        auto migrated = transaction([&]() -> Result<void> {
            // Another program may have been here since.
            const auto now = schemaVersion();
            if (!now)
                return now.error();
            if (*now != next)
                return {};
            QStringList statements = sqlStatements(migrations[next]);
            statements.append(u"PRAGMA user_version=%1"_s.arg(next + 1));
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

Result<void> Database::useWriteAheadLog()
{
    // The journal's mode is a row; where the file system cannot share memory it stays "delete",
    // which is as durable and only slower. Changing it does not wait for others by itself.
    const QDeadlineTimer deadline(busyTimeout);
    while (true) {
        const auto changed = run(u"PRAGMA journal_mode=WAL"_s);
        if (changed)
            return {};
        if (!m_busy || deadline.hasExpired())
            return changed.error();
        QThread::msleep(10);
    }
}

Result<qint64> Database::schemaVersion()
{
    qint64 version = 0;
    auto told = each(u"PRAGMA user_version"_s, {},
        [&version](const QSqlQuery& query) { version = query.value(0).toLongLong(); });
    if (!told)
        return told.error();
    return version;
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

std::optional<Database::FileId> Database::fileAtPath() const
{
    struct stat info = {};
    if (::stat(QFile::encodeName(m_path).constData(), &info) != 0)
        return std::nullopt;
    return FileId(info.st_dev, info.st_ino);
}

Result<void> Database::transaction(const std::function<Result<void>()>& work)
{
    if (m_file && fileAtPath() != m_file)
        return Error{ErrorKind::DatabaseGone, QDir::toNativeSeparators(m_path), {}};
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
    m_busy = code == sqliteBusy;
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
