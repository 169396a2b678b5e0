#include "app/DataLock.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrentRun>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace seedbook::dataLockTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr auto runtimeVariable = "XDG_RUNTIME_DIR";

QStringList socketsIn(const QString& folder)
{
    return QDir(folder).entryList({u"seedbook-*"_s}, QDir::System | QDir::Files);
}

// From another thread, as from another program: the holder's event loop runs meanwhile.
bool asks(const QString& folder, std::chrono::milliseconds patience = 10s)
{
    return await(QtConcurrent::run([folder, patience] {
        const DataLock second(folder);
        return second.askHolderToRaise(patience);
    }),
        20000);
}

// As somebody else on the machine: what a socket says to them.
QByteArray asNobody(const QString& folder, const QString& socket)
{
    int ends[2];
    if (::pipe(ends) != 0)
        qFatal("pipe");
    const QByteArray path = QFile::encodeName(folder + u'/' + socket);
    const pid_t child = ::fork();
    if (child == 0) {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.constData(), sizeof address.sun_path - 1);
        const int peer = ::socket(AF_UNIX, SOCK_STREAM, 0);
        char bytes[64];
        ssize_t size = -1;
        if (::setuid(65534) == 0 &&
            ::connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
            (void)!::write(ends[1], "!", 1); // it was reached
            size = ::read(peer, bytes, sizeof bytes);
        }
        if (size > 0)
            (void)!::write(ends[1], bytes, static_cast<size_t>(size));
        ::_exit(0);
    }
    ::close(ends[1]);
    bool isGone = false;
    [&] { QTRY_VERIFY((isGone = isGone || ::waitpid(child, nullptr, WNOHANG) == child)); }();
    char said[128];
    const ssize_t size = ::read(ends[0], said, sizeof said);
    ::close(ends[0]);
    return QByteArray(said, std::max<ssize_t>(0, size));
}

} // namespace

// One program a data folder, and a second start that raises the first: or says that it did not.
class DataLockTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = m_folder->filePath(u"data"_s);
        m_runtime = m_folder->filePath(u"run"_s);
        QVERIFY(QDir().mkpath(m_runtime));
        QCOMPARE(::chmod(QFile::encodeName(m_runtime).constData(), 0700), 0);
        qputenv(runtimeVariable, QFile::encodeName(m_runtime));
    }

    void theRuntimeFolderHoldsTheSocket()
    {
        {
            DataLock lock(m_data);
            QVERIFY(lock.acquire());
            QVERIFY(!asks(m_data, 1s)); // nobody listens yet
            lock.listen();
            QSignalSpy raised(&lock, &DataLock::raiseRequested);
            QVERIFY(asks(m_data));
            QVERIFY(asks(m_data));
            QCOMPARE(raised.size(), 2);
            QCOMPARE(socketsIn(m_runtime).size(), 1);
            QCOMPARE(socketsIn(m_data), QStringList());
            QVERIFY(!asks(m_folder->filePath(u"another"_s), 1s));
            DataLock second(m_data);
            const auto locked = second.acquire();
            QVERIFY(!locked);
            QCOMPARE(locked.error().kind, ErrorKind::AlreadyRunning);
        }
        QCOMPARE(socketsIn(m_runtime), QStringList());
    }

    void elseTheDataFolderDoes_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<int>("rights");
        QTest::newRow("none is named") << QString() << 0700;
        QTest::newRow("it is not there") << u"none"_s << 0700;
        QTest::newRow("others may list it") << u"run"_s << 0750;
        QTest::newRow("others may write into it") << u"run"_s << 0777;
        QTest::newRow("a relative one") << u"relative"_s << 0700;
    }
    void elseTheDataFolderDoes()
    {
        QFETCH(const QString, runtime);
        QFETCH(const int, rights);
        QCOMPARE(::chmod(QFile::encodeName(m_runtime).constData(), mode_t(rights)), 0);
        if (runtime == "relative"_L1)
            qputenv(runtimeVariable, QFile::encodeName(QDir().relativeFilePath(m_runtime)));
        else if (runtime.isEmpty())
            qunsetenv(runtimeVariable);
        else
            qputenv(runtimeVariable, QFile::encodeName(m_folder->filePath(runtime)));
        DataLock lock(m_data);
        QVERIFY(lock.acquire());
        lock.listen();
        QVERIFY(asks(m_data));
        QCOMPARE(socketsIn(m_data).size(), 1);
        QCOMPARE(socketsIn(m_runtime), QStringList());
        // And who has a folder to run in still finds it.
        QCOMPARE(::chmod(QFile::encodeName(m_runtime).constData(), 0700), 0);
        qputenv(runtimeVariable, QFile::encodeName(m_runtime));
        QVERIFY(asks(m_data));
    }

    void aFolderOfALongName()
    {
        qunsetenv(runtimeVariable);
        m_data += u'/' + QString(120, u'x') + u'/' + QString(120, u'y');
        DataLock lock(m_data);
        QVERIFY(lock.acquire());
        lock.listen();
        QVERIFY(asks(m_data));
    }

    // What a program that was killed left.
    void aDeadSocketIsInNobodysWay()
    {
        DataLock lock(m_data);
        QVERIFY(lock.acquire());
        lock.listen();
        const QString socket = m_runtime + u'/' + socketsIn(m_runtime).value(0);
        DataLock next(m_data);
        next.listen(); // in the place of the first
        QSignalSpy raised(&next, &DataLock::raiseRequested);
        QVERIFY(asks(m_data));
        QCOMPARE(raised.size(), 1);
        QVERIFY(QFile::exists(socket));
    }

    void aSocketThatDoesNotAnswer_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("something else") << QByteArray("Seedbook goes backward and more\n");
        QTest::newRow("half of it") << QByteArray("Seedbook comes");
    }
    void aSocketThatDoesNotAnswer()
    {
        QFETCH(const QByteArray, answer);
        QString name;
        {
            DataLock lock(m_data);
            QVERIFY(lock.acquire());
            lock.listen();
            name = m_runtime + u'/' + socketsIn(m_runtime).value(0);
        }
        QLocalServer other;
        QVERIFY(other.listen(name));
        connect(&other, &QLocalServer::newConnection, this, [&] {
            if (QLocalSocket* visitor = other.nextPendingConnection(); !answer.isEmpty())
                visitor->write(answer);
        });
        QVERIFY(!asks(m_data, 200ms));
    }

    // The name that an earlier version had, in a folder that everybody writes to.
    void whoTakesTheNameInTheTemporaryFolderIsNotAsked()
    {
        QVERIFY(QDir().mkpath(m_data));
        const QByteArray hash =
            QCryptographicHash::hash(m_data.toUtf8(), QCryptographicHash::Sha256).toHex();
        QLocalServer other;
        QVERIFY(other.listen(u"seedbook-"_s + QString::fromLatin1(hash.first(24))));
        QSignalSpy visited(&other, &QLocalServer::newConnection);
        QVERIFY(!asks(m_data, 1s));
        QCOMPARE(visited.size(), 0);
    }

    void somebodyElseIsNotAnswered()
    {
        if (::geteuid() != 0)
            QSKIP("only root can be somebody else");
        qunsetenv(runtimeVariable);
        DataLock lock(m_data);
        QVERIFY(lock.acquire());
        lock.listen();
        // As where a disk knows no rights.
        for (const QString& path : {m_folder->path(), m_data})
            QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0777), 0);
        const QString socket = socketsIn(m_data).value(0);
        QCOMPARE(::chmod(QFile::encodeName(m_data + u'/' + socket).constData(), 0777), 0);
        QSignalSpy raised(&lock, &DataLock::raiseRequested);
        QCOMPARE(asNobody(m_data, socket), QByteArray("!"));
        QCOMPARE(raised.size(), 0);
        QVERIFY(asks(m_data)); // its owner is
    }

    // The programs themselves: a window that is open, and a run without one.
    void aSecondWindowRaisesTheFirst()
    {
        const auto first = startWindow();
        QTRY_COMPARE_WITH_TIMEOUT(socketsIn(m_runtime).size(), 1, 30000);
        const auto second = startWindow();
        QVERIFY(second->waitForFinished(30000));
        const QByteArray said = second->readAllStandardError();
        QVERIFY2(said.contains("Showing its window"), said.constData());
        QCOMPARE(second->exitCode(), 0);
        QCOMPARE(first->state(), QProcess::Running);
        first->kill();
        QVERIFY(first->waitForFinished());
    }

    void aRunWithoutAWindowIsNoWindowThatComesForward()
    {
        DataLock lock(m_data + u"/seedbook"_s); // as `generate` holds it
        QVERIFY(lock.acquire());
        const auto window = startWindow();
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT(
            (said += window->readAllStandardError()).contains("did not answer"), 30000);
        QVERIFY(!said.contains("Showing its window"));
        QCOMPARE(window->state(), QProcess::Running); // its box is read by nobody
        window->kill();
        QVERIFY(window->waitForFinished());
    }

private:
    std::unique_ptr<QProcess> startWindow() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto* name : {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_PICTURES_DIR"})
            environment.insert(
                QLatin1StringView(name), m_folder->filePath(QLatin1StringView(name)));
        environment.insert(u"XDG_DATA_HOME"_s, m_data);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(SEEDBOOK_PROGRAM), {u"--practice"_s});
        return process;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
    QString m_runtime;
};

SEEDBOOK_TEST(DataLockTest, QCoreApplication)

} // namespace seedbook::dataLockTest

#include "DataLockTest.moc"
