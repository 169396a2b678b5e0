#include "storage/DatabaseThread.h"

#include <QFile>
#include <QSemaphore>

using namespace Qt::StringLiterals;

namespace seedbook {

DatabaseThread::DatabaseThread(
    QString path, QStringList migrations, Database::Durability durability, Damage damage)
    : m_path(std::move(path))
    , m_migrations(std::move(migrations))
    , m_durability(durability)
    , m_damage(damage)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1); // the connection lives and dies on one and the same thread
}

DatabaseThread::~DatabaseThread()
{
    m_pool.start([this] { m_database.reset(); });
    m_pool.waitForDone();
}

void DatabaseThread::wait()
{
    // Not waitForDone(): that ends the thread, and the next work would run on another one.
    QSemaphore done;
    m_pool.start([&done] { done.release(); });
    done.acquire();
}

Result<void> DatabaseThread::ensureOpen()
{
    if (m_database)
        return {};
    bool damaged = false;
    auto opened = open(&damaged);
    return !opened && damaged && m_damage == Damage::StartAnew ? startAnew() : opened;
}

Result<void> DatabaseThread::startAnew()
{
    m_database.reset();
    const QString aside = m_path + u".set-aside"_s;
    QFile::remove(aside);
    if (!QFile::rename(m_path, aside))
        return Error{ErrorKind::DatabaseError, m_path, {}};
    // What is left in them belongs to the old file and would be played into the new one.
    QFile::remove(m_path + u"-wal"_s);
    QFile::remove(m_path + u"-shm"_s);
    return open(nullptr);
}

Result<void> DatabaseThread::open(bool* damaged)
{
    auto opened = Database::open(m_path, m_migrations, m_durability, damaged);
    if (!opened)
        return opened.error();
    m_database = *std::move(opened);
    return {};
}

} // namespace seedbook
