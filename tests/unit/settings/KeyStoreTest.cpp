#include "settings/KeyStore.h"

#include "core/ErrorText.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace seedbook::keyStoreTest {

using namespace seedbook;
using namespace Qt::StringLiterals;

namespace {

const QByteArray goodKey = "SG_0123456789abcdef";
// However busy the computer is. The store itself gives up on a silent service long before.
constexpr int patience = 60'000; // milliseconds

void stop(QProcess& process)
{
    process.terminate();
    if (!process.waitForFinished(5000))
        process.kill();
    process.waitForFinished(5000);
}

std::optional<Error> problemOf(const QSignalSpy& saved)
{
    return saved.last().first().value<std::optional<Error>>();
}

} // namespace

// With a bus and a GNOME Keyring of its own in a temporary home: the person's are never touched.
class KeyStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void loadsAtOnceWithoutABus();
    void keepsForThisRunWithoutABus();
    void givesUpWithoutAService();

    void savesLoadsAndRemoves();
    void keepsEndpointsApart();
    void environmentGoesFirst();
    void savingAnswersAPendingLoad();
    void newestOfTwoSavesIsKept();
    void removalReplacesASave();
    void canBeDestroyedWhileItAsks();
    void tellsThatItWasRefused_data();
    void tellsThatItWasRefused();
    void tellsOfALockedKeychain();
    void givesUpOnASilentService();

private:
    // Its collection is made by --unlock, under the password that is read from stdin.
    void startKeyring();
    void lockDefaultCollection();
    void writeBusConfig(const QByteArray& rules);
    void setBusRules(const QByteArray& rules);

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
    QByteArray m_address;
};

void KeyStoreTest::initTestCase()
{
    QVERIFY(m_home.isValid());
    const QByteArray home = QFile::encodeName(m_home.path());
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qputenv(name, home);
    for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY",
             "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_CURRENT_DESKTOP"})
        qunsetenv(name);
    QVERIFY2(!QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty(),
        "gnome-keyring is needed: ./dev test installs it");

    // A test that crashes leaves no daemons behind.
    for (QProcess* process : {&m_bus, &m_keyring})
        process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });

    writeBusConfig({});
    m_bus.start(u"dbus-daemon"_s, {u"--config-file="_s + m_home.filePath(u"bus.conf"_s),
                                      u"--print-address"_s, u"--nofork"_s});
    QVERIFY2(m_bus.waitForReadyRead(10000), qPrintable(m_bus.errorString()));
    m_address = m_bus.readLine().trimmed();
    QVERIFY(!m_address.isEmpty());
}

// A bus that starts nothing by itself, with these rules besides.
void KeyStoreTest::writeBusConfig(const QByteArray& rules)
{
    QFile config(m_home.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(
        "<busconfig><type>session</type><listen>unix:dir=" + QFile::encodeName(m_home.path()) +
        "</listen><policy context=\"default\"><allow send_destination=\"*\" "
        "eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>" +
        rules + "</policy></busconfig>");
}

// As a sandbox restricts a program.
void KeyStoreTest::setBusRules(const QByteArray& rules)
{
    writeBusConfig(rules);
    const QDBusMessage answer =
        QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s,
            u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"ReloadConfig"_s));
    QVERIFY2(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
}

void KeyStoreTest::cleanupTestCase()
{
    stop(m_keyring);
    stop(m_bus);
}

void KeyStoreTest::startKeyring()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
    if (m_keyring.state() == QProcess::NotRunning) {
        m_keyring.start(u"gnome-keyring-daemon"_s,
            {u"--unlock"_s, u"--components=secrets"_s, u"--foreground"_s});
        QVERIFY2(m_keyring.waitForStarted(), qPrintable(m_keyring.errorString()));
        m_keyring.write("password");
        m_keyring.closeWriteChannel();
    }
    QTRY_VERIFY_WITH_TIMEOUT(
        [] {
            auto alias = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
                u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
            alias << u"default"_s;
            const QDBusReply<QDBusObjectPath> path = QDBusConnection::sessionBus().call(alias);
            return path.isValid() && path.value().path() != u"/"_s;
        }(),
        10000);
}

void KeyStoreTest::lockDefaultCollection()
{
    auto lock = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    lock << QVariant::fromValue(
        QList{QDBusObjectPath(u"/org/freedesktop/secrets/aliases/default"_s)});
    const QDBusMessage answer = QDBusConnection::sessionBus().call(lock);
    QVERIFY2(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
}

void KeyStoreTest::loadsAtOnceWithoutABus()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY2(loaded.isEmpty(), "not from inside load()");
    QVERIFY(loaded.wait(patience));
    QVERIFY(store.isLoaded());
    QVERIFY(store.key().isEmpty());
    QCOMPARE(store.source(), KeyStore::Source::None);
    QVERIFY(store.problem());
    // Nobody was waited for: that would be KeychainRefused.
    QCOMPARE(store.problem()->kind, ErrorKind::KeychainUnavailable);
    // Told once: what is asked next is told of next.
    QSignalSpy saved(&store, &KeyStore::saved);
    store.save(ApiKey(goodKey));
    QVERIFY(saved.wait(patience));
    QCOMPARE(loaded.size(), 1);
}

void KeyStoreTest::keepsForThisRunWithoutABus()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy saved(&store, &KeyStore::saved);
    QSignalSpy changed(&store, &KeyStore::keyChanged);
    store.save(ApiKey(goodKey));
    QCOMPARE(store.key().reveal(), goodKey);
    QCOMPARE(changed.size(), 1);
    QVERIFY(saved.wait(patience));
    QVERIFY(problemOf(saved));
    QCOMPARE(problemOf(saved)->kind, ErrorKind::KeychainUnavailable);
    QCOMPARE(store.source(), KeyStore::Source::ThisRun);
    QCOMPARE(store.key().reveal(), goodKey);

    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY(loaded.wait(patience));
    QCOMPARE(store.key().reveal(), goodKey);

    store.remove();
    QVERIFY(store.key().isEmpty());
    QVERIFY(saved.wait(patience));
    QCOMPARE(store.source(), KeyStore::Source::None);
}

void KeyStoreTest::givesUpWithoutAService()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(QDBusConnection::sessionBus().isConnected());
    QVERIFY(store.problem());
    QCOMPARE(store.problem()->kind, ErrorKind::KeychainUnavailable);
}

void KeyStoreTest::savesLoadsAndRemoves()
{
    startKeyring();
    const QString origin = u"https://api.segmind.com"_s;
    {
        KeyStore store(origin, {});
        QSignalSpy loaded(&store, &KeyStore::loaded);
        store.load();
        QVERIFY(loaded.wait(patience));
        QVERIFY(store.key().isEmpty());
        QVERIFY2(!store.problem(), "an empty keychain is no problem");

        QSignalSpy saved(&store, &KeyStore::saved);
        store.save(ApiKey(goodKey));
        QCOMPARE(store.source(), KeyStore::Source::ThisRun);
        QVERIFY(saved.wait(patience));
        QVERIFY(!problemOf(saved));
        QCOMPARE(store.source(), KeyStore::Source::Keychain);
    }
    KeyStore store(origin, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    QSignalSpy changed(&store, &KeyStore::keyChanged);
    store.load();
    store.load(); // a second question while one is out is the same question
    QVERIFY(loaded.wait(patience));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(store.key().reveal(), goodKey);
    QCOMPARE(store.source(), KeyStore::Source::Keychain);
    QCOMPARE(loaded.size(), 1);

    QSignalSpy saved(&store, &KeyStore::saved);
    store.remove();
    QVERIFY(saved.wait(patience));
    QVERIFY(!problemOf(saved));
    store.remove(); // what is not there counts as removed
    QVERIFY(saved.wait(patience));
    QVERIFY(!problemOf(saved));

    KeyStore after(origin, {});
    QSignalSpy reloaded(&after, &KeyStore::loaded);
    after.load();
    QVERIFY(reloaded.wait(patience));
    QVERIFY(after.key().isEmpty());
}

void KeyStoreTest::keepsEndpointsApart()
{
    startKeyring();
    KeyStore one(u"https://api.segmind.com"_s, {});
    QSignalSpy saved(&one, &KeyStore::saved);
    one.save(ApiKey(goodKey));
    QVERIFY(saved.wait(patience));
    QVERIFY(!problemOf(saved));

    KeyStore other(u"https://api.example.org"_s, {});
    QSignalSpy loaded(&other, &KeyStore::loaded);
    other.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(other.key().isEmpty());
    QVERIFY(!other.problem());
}

void KeyStoreTest::environmentGoesFirst()
{
    startKeyring(); // which holds goodKey
    KeyStore store(u"https://api.segmind.com"_s, ApiKey("SG_fromtheenvironment"));
    QCOMPARE(store.source(), KeyStore::Source::Environment);
    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY(loaded.wait(patience));
    QCOMPARE(store.key().reveal(), "SG_fromtheenvironment");
    QCOMPARE(store.source(), KeyStore::Source::Environment);
}

void KeyStoreTest::savingAnswersAPendingLoad()
{
    startKeyring(); // which holds goodKey
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    QSignalSpy saved(&store, &KeyStore::saved);
    store.load();
    store.save(ApiKey("SG_entered"));
    QVERIFY(saved.wait(patience));
    QVERIFY(!problemOf(saved));
    QCOMPARE(store.key().reveal(), "SG_entered");
    QCOMPARE(loaded.size(), 1);
}

void KeyStoreTest::newestOfTwoSavesIsKept()
{
    startKeyring();
    const QString origin = u"https://two.example.org"_s;
    KeyStore store(origin, {});
    QSignalSpy saved(&store, &KeyStore::saved);
    store.save(ApiKey("SG_first"));
    store.save(ApiKey("SG_second"));
    QVERIFY(saved.wait(patience));
    QCOMPARE(store.key().reveal(), "SG_second");

    KeyStore after(origin, {});
    QSignalSpy loaded(&after, &KeyStore::loaded);
    after.load();
    QVERIFY(loaded.wait(patience));
    QCOMPARE(after.key().reveal(), "SG_second");
    QCOMPARE(saved.size(), 1); // one answer for both
}

void KeyStoreTest::removalReplacesASave()
{
    startKeyring();
    const QString origin = u"https://removed.example.org"_s;
    KeyStore store(origin, {});
    QSignalSpy saved(&store, &KeyStore::saved);
    store.save(ApiKey(goodKey));
    store.remove();
    QVERIFY(saved.wait(patience));
    QVERIFY(!problemOf(saved));
    QVERIFY(store.key().isEmpty());
    QCOMPARE(store.source(), KeyStore::Source::None);

    KeyStore after(origin, {});
    QSignalSpy loaded(&after, &KeyStore::loaded);
    after.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(after.key().isEmpty());
}

void KeyStoreTest::canBeDestroyedWhileItAsks()
{
    startKeyring();
    for (int rounds = 0; rounds < 5; ++rounds) {
        auto store = std::make_unique<KeyStore>(u"https://api.segmind.com"_s, ApiKey());
        store->load();
        for (int steps = 0; steps < rounds; ++steps) // each a little further on its way
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(!store.problem());
    QCOMPARE(store.key().reveal(), "SG_entered");
}

void KeyStoreTest::tellsThatItWasRefused_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("to speak with it")
        << QByteArray(R"(<deny send_destination="org.freedesktop.secrets"/>)");
    QTest::newRow("to look for an item") << QByteArray(
        R"(<deny send_interface="org.freedesktop.Secret.Service" send_member="SearchItems"/>)"
        R"(<deny send_interface="org.freedesktop.Secret.Collection" send_member="SearchItems"/>)"
        R"(<deny send_interface="org.freedesktop.Secret.Collection" send_member="CreateItem"/>)");
}

void KeyStoreTest::tellsThatItWasRefused()
{
    QFETCH(QByteArray, rule);
    startKeyring();
    setBusRules(rule);
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    QSignalSpy saved(&store, &KeyStore::saved);
    store.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(store.problem());
    QCOMPARE(store.problem()->kind, ErrorKind::KeychainRefused);
    store.save(ApiKey(goodKey));
    QVERIFY(saved.wait(patience));
    QVERIFY(problemOf(saved));
    QCOMPARE(problemOf(saved)->kind, ErrorKind::KeychainRefused);
    // It is there for this run, and the sentence tells what to do without telling the key.
    QCOMPARE(store.source(), KeyStore::Source::ThisRun);
    QCOMPARE(store.key().reveal(), goodKey);
    const QString words = sentence(*problemOf(saved));
    QVERIFY2(!words.isEmpty() && !words.contains(QString::fromLatin1(goodKey)), qPrintable(words));
    QVERIFY2(words.contains(u"denies Seedbook access"_s), qPrintable(words));
    setBusRules({});
    // And works again once it is allowed.
    KeyStore later(u"https://api.segmind.com"_s, {});
    QSignalSpy kept(&later, &KeyStore::saved);
    later.save(ApiKey(goodKey));
    QVERIFY(kept.wait(patience));
    QVERIFY(!problemOf(kept));
    QCOMPARE(later.source(), KeyStore::Source::Keychain);
}

void KeyStoreTest::tellsOfALockedKeychain()
{
    startKeyring();
    lockDefaultCollection();
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    store.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(store.key().isEmpty());
    QVERIFY(store.problem());
    QCOMPARE(store.problem()->kind, ErrorKind::KeychainLocked);

    QSignalSpy saved(&store, &KeyStore::saved);
    store.save(ApiKey(goodKey));
    QVERIFY(saved.wait(patience));
    QVERIFY(problemOf(saved));
    QCOMPARE(problemOf(saved)->kind, ErrorKind::KeychainLocked);
    QCOMPARE(store.source(), KeyStore::Source::ThisRun);
    QCOMPARE(store.key().reveal(), goodKey);
}

void KeyStoreTest::givesUpOnASilentService()
{
    startKeyring();
    const pid_t keyring = static_cast<pid_t>(m_keyring.processId());
    QCOMPARE(kill(keyring, SIGSTOP), 0);
    KeyStore store(u"https://api.segmind.com"_s, {});
    QSignalSpy loaded(&store, &KeyStore::loaded);
    QSignalSpy saved(&store, &KeyStore::saved);
    QElapsedTimer clock;
    clock.start();
    store.load();
    QVERIFY(loaded.wait(patience));
    QVERIFY(clock.elapsed() > 2500);
    QVERIFY(store.problem());
    QCOMPARE(store.problem()->kind, ErrorKind::KeychainRefused);

    clock.restart();
    store.save(ApiKey(goodKey));
    const bool told = saved.wait(patience);
    QCOMPARE(kill(keyring, SIGCONT), 0);
    QVERIFY(told);
    QVERIFY(problemOf(saved));
    QCOMPARE(problemOf(saved)->kind, ErrorKind::KeychainRefused);
    QCOMPARE(store.source(), KeyStore::Source::ThisRun);

    // The late answers to both questions change nothing: they come before that to a third.
    KeyStore later(u"https://later.example.org"_s, {});
    QSignalSpy answered(&later, &KeyStore::loaded);
    later.load();
    QVERIFY(answered.wait(patience));
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(store.source(), KeyStore::Source::ThisRun);
}

SEEDBOOK_TEST(KeyStoreTest, QCoreApplication)

} // namespace seedbook::keyStoreTest

#include "KeyStoreTest.moc"
