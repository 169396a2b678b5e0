#include "app/DataLock.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// What the holder says to a second start.
const QByteArray welcome = "Seedbook comes forward\n";

// Somebody else could have put a socket of any name into a folder that they may write to.
bool isOursAlone(int folder)
{
    struct stat info = {};
    return ::fstat(folder, &info) == 0 && info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
}

int openFolder(const QString& path)
{
    return ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Closed by who asks. -1 where there is none to use.
int openRuntimeFolder()
{
    const QString path = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const int folder = QDir::isAbsolutePath(path) ? openFolder(path) : -1;
    if (folder < 0 || isOursAlone(folder))
        return folder;
    ::close(folder);
    return -1;
}

// By way of the folder that was looked at, whatever is put in its place; and a socket's name has
// room for 107 bytes, while a folder's path may be longer.
QString socketName(int folder, const QString& dataFolder)
{
    const QByteArray hash = QCryptographicHash::hash(
        QDir(dataFolder).absolutePath().toUtf8(), QCryptographicHash::Sha256)
                                .toHex();
    return u"/proc/self/fd/%1/seedbook-%2"_s.arg(folder).arg(QString::fromLatin1(hash.first(24)));
}

bool isOurs(const QLocalSocket& socket)
{
    struct ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer,
               &size) == 0 &&
           peer.uid == ::geteuid();
}

bool isWelcomed(const QString& name, QDeadlineTimer until)
{
    QLocalSocket socket;
    socket.connectToServer(name);
    if (!socket.waitForConnected(static_cast<int>(until.remainingTime())) || !isOurs(socket))
        return false;
    while (socket.bytesAvailable() < welcome.size() &&
           socket.waitForReadyRead(static_cast<int>(until.remainingTime()))) {
    }
    return socket.read(welcome.size()) == welcome;
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
        while (QLocalSocket* visitor = m_server.nextPendingConnection())
            answer(visitor);
    });
}

DataLock::~DataLock()
{
    m_server.close(); // takes the socket away, by way of its folder
    for (const int folder : {m_socketFolder, m_held}) {
        if (folder >= 0)
            ::close(folder);
    }
}

Result<void> DataLock::acquire()
{
    const QString folder = QDir::toNativeSeparators(m_folder);
    if (!QDir().mkpath(m_folder))
        return Error{ErrorKind::FolderNotWritable, folder, {}};
    if (m_lock.tryLock(0)) {
        m_held = openFolder(m_folder);
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
    m_socketFolder = openRuntimeFolder();
    if (m_socketFolder < 0)
        m_socketFolder = openFolder(m_folder);
    if (m_socketFolder < 0)
        return; // a second start then says that it was not answered
    const QString name = socketName(m_socketFolder, m_folder);
    // The lock is ours, so a socket of that name is a dead program's.
    QLocalServer::removeServer(name);
    m_server.listen(name);
}

// Whatever it wants: there is one thing to ask for.
void DataLock::answer(QLocalSocket* visitor)
{
    connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
    if (!isOurs(*visitor)) {
        visitor->abort();
        visitor->deleteLater();
        return;
    }
    visitor->write(welcome);
    visitor->disconnectFromServer();
    Q_EMIT raiseRequested();
}

bool DataLock::askHolderToRaise(std::chrono::milliseconds patience) const
{
    const QDeadlineTimer until(patience);
    // The holder may have been started without a runtime folder.
    for (const int folder : {openRuntimeFolder(), openFolder(m_folder)}) {
        const bool isReached = folder >= 0 && isWelcomed(socketName(folder, m_folder), until);
        if (folder >= 0)
            ::close(folder);
        if (isReached)
            return true;
    }
    return false;
}

} // namespace seedbook

#include "moc_DataLock.cpp"
