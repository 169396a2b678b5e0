#include "app/DataLock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLocalSocket>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// The folder's own path may be too long for a socket's name.
QString serverName(const QString& folder)
{
    const QByteArray hash =
        QCryptographicHash::hash(QDir(folder).absolutePath().toUtf8(), QCryptographicHash::Sha256)
            .toHex();
    return u"seedbook-"_s + QString::fromLatin1(hash.first(24));
}

} // namespace

DataLock::DataLock(const QString& dataFolder, QObject* parent)
    : QObject(parent)
    , m_folder(dataFolder)
    , m_lock(QDir(dataFolder).filePath(u"ledger.lock"_s))
{
    // Stale only if the process that took it is gone, however old it is.
    m_lock.setStaleLockTime(0);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* visitor = m_server.nextPendingConnection()) {
            connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
            visitor->disconnectFromServer();
            Q_EMIT raiseRequested();
        }
    });
}

DataLock::~DataLock()
{
    if (m_held >= 0)
        ::close(m_held);
}

Result<void> DataLock::acquire()
{
    const QString folder = QDir::toNativeSeparators(m_folder);
    if (!QDir().mkpath(m_folder))
        return Error{ErrorKind::FolderNotWritable, folder, {}};
    if (m_lock.tryLock(0)) {
        m_held =
            ::open(QFile::encodeName(m_folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (m_held < 0 || ::flock(m_held, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return {}; // some file systems know no such lock
        m_lock.unlock();
        return Error{ErrorKind::AlreadyRunning, folder, {}};
    }
    switch (m_lock.error()) {
    case QLockFile::LockFailedError:
        return Error{ErrorKind::AlreadyRunning, folder, {}};
    case QLockFile::PermissionError:
        return Error{ErrorKind::FolderNotWritable, folder, {}};
    case QLockFile::NoError:
    case QLockFile::UnknownError:
        break;
    }
    return Error{ErrorKind::DiskError, m_lock.fileName(), {}};
}

void DataLock::listen()
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    // The lock is ours, so a socket of that name is a dead program's.
    QLocalServer::removeServer(serverName(m_folder));
    m_server.listen(serverName(m_folder));
}

bool DataLock::askHolderToRaise() const
{
    QLocalSocket socket;
    socket.connectToServer(serverName(m_folder));
    return socket.waitForConnected(2000);
}

} // namespace seedbook
