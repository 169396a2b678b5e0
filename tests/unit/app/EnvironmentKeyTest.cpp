#include "app/EnvironmentKey.h"

#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace seedbook::environmentKeyTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QByteArray procFile(const QProcess& process, const QString& name)
{
    QFile file(u"/proc/%1/%2"_s.arg(process.processId()).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RawServer::Script pictures()
{
    return [](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture()));
    };
}

void setEndpoint(const ProgramBench& bench, const RawServer& server)
{
    const QString folder = bench.path(u"XDG_CONFIG_HOME/seedbook"_s);
    QVERIFY(QDir().mkpath(folder));
    QSettings(folder + u"/seedbook.conf"_s, QSettings::IniFormat)
        .setValue(u"service/endpoint"_s, server.address());
}

} // namespace

// Where SEGMIND_API_KEY goes, and where it can be read.
class EnvironmentKeyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void taken()
    {
        constexpr auto name = "SEEDBOOK_TEST_KEY";
        ::setenv("SEEDBOOK_TEST_KEY_2", "another", 1);
        ::setenv(name, " SG_1 ", 1);
        const char* value = ::getenv(name);
        QCOMPARE(takeFromEnvironment(name).reveal(), QByteArray("SG_1"));
        QCOMPARE(QByteArray(value, 6), QByteArray(6, '\0')); // where it stood
        QVERIFY(::getenv(name) == nullptr);
        QVERIFY(takeFromEnvironment(name).isEmpty());
        QCOMPARE(QByteArray(::getenv("SEEDBOOK_TEST_KEY_2")), QByteArray("another"));
        QProcess child; // what the program starts
        child.start(u"/usr/bin/env"_s, QStringList());
        QVERIFY(child.waitForFinished());
        const QByteArray seen = child.readAllStandardOutput();
        QVERIFY(seen.contains("SEEDBOOK_TEST_KEY_2=another"));
        QVERIFY(!seen.contains("SEEDBOOK_TEST_KEY="));
    }

    void whileTheProgramRuns()
    {
        ProgramBench bench;
        std::atomic<bool> done = false;
        RawServer server([&](RawServer::Peer& peer) {
            if (!peer.readRequest())
                return;
            done.wait(false);
            peer.send(httpAnswer(200, samplePicture()));
        });
        const auto process = bench.start(
            {u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s, u"a fox"_s});
        const bool isInFlight = QTest::qWaitFor([&] { return server.posts() == 1; }, 30'000);
        const QByteArray environment = procFile(*process, u"environ"_s);
        done = true;
        done.notify_all();
        QVERIFY(process->waitForFinished());
        QVERIFY(isInFlight);
        QVERIFY(environment.contains("XDG_DATA_HOME="));
        QVERIFY(!environment.contains(ProgramBench::secret));
        // It was there, and is this endpoint's.
        QCOMPARE(server.requests().first().header("x-api-key"), QByteArray(ProgramBench::secret));
    }

    // An endpoint in the settings is one that somebody entered once; the variable is Segmind's.
    void anEndpointInTheSettings_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("generate") << QStringList{u"generate"_s, u"--prompt"_s, u"a fox"_s};
        QTest::newRow("v2") << QStringList{
            u"generate"_s, u"--recoverable"_s, u"--prompt"_s, u"a fox"_s};
        QTest::newRow("balance") << QStringList{u"balance"_s};
    }
    void anEndpointInTheSettings()
    {
        QFETCH(const QStringList, words);
        ProgramBench bench;
        RawServer server(pictures());
        setEndpoint(bench, server);
        const Run run = bench.run(words);
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.said.contains(u"--endpoint"_s), qPrintable(run.said)); // how it is meant
        server.stop();
        QCOMPARE(server.connections(), 0);
    }

    void anEndpointOnTheCommandLine()
    {
        ProgramBench bench;
        RawServer inSettings(pictures());
        RawServer given(pictures());
        setEndpoint(bench, inSettings);
        const Run run =
            bench.run({u"generate"_s, u"--endpoint"_s, given.address(), u"--prompt"_s, u"a fox"_s});
        QVERIFY2(run.exitCode == 0, qPrintable(run.said));
        inSettings.stop();
        QCOMPARE(inSettings.connections(), 0);
        QCOMPARE(given.requests().first().header("x-api-key"), QByteArray(ProgramBench::secret));
    }

    void whoseItIs()
    {
        ::setenv("SEGMIND_API_KEY", "SG_2", 1);
        QCOMPARE(environmentKey().reveal(), QByteArray("SG_2"));
        const QString segmind = u"https://api.segmind.com"_s;
        const auto other = Endpoint::parse(u"https://images.example.org/base"_s);
        QVERIFY(other);
        QVERIFY(!environmentKeyFor(segmind, {}).isEmpty());
        QVERIFY(environmentKeyFor(other->origin(), {}).isEmpty());
        QVERIFY(!environmentKeyFor(other->origin(), *other).isEmpty());
        QVERIFY(environmentKeyFor(segmind, *other).isEmpty());
        for (const QString& near : {u"http://api.segmind.com"_s, u"https://api.segmind.com:444"_s,
                 u"https://api.segmind.com.example.org"_s, u"https://segmind.com"_s, QString()})
            QVERIFY2(environmentKeyFor(near, {}).isEmpty(), qPrintable(near));
    }

    // The key stays out of core files, and of what collects them.
    void cores_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::newRow("for a person") << QString();
        QTest::newRow("for who debugs") << u"SEEDBOOK_COREDUMPS=1 "_s;
    }
    void cores()
    {
        QFETCH(const QString, variable);
        ProgramBench bench;
        // The shell opens its end once the program has opened the other, long after main() began.
        const Run run = bench.runShell(
            u"ulimit -S -c \"$(ulimit -H -c)\"; mkfifo \"$HOME.in\"; "
            "%1\"$0\" generate --practice --practice-seconds 0 --prompt-file \"$HOME.in\" >&2 & "
            "exec 3>\"$HOME.in\"; ulimit -S -c; "
            "awk '/^Max core/ { print $5 }' /proc/$!/limits; kill -9 $!"_s.arg(variable));
        const QList<QByteArray> lines = run.lines();
        QVERIFY2(lines.size() == 2, run.out.constData());
        if (lines.first() == "0")
            QSKIP("Nothing leaves a core file here.");
        if (variable.isEmpty())
            QCOMPARE(lines.last(), QByteArray("1"));
        else
            QVERIFY(lines.last() != "1");
    }
};

SEEDBOOK_TEST(EnvironmentKeyTest, QCoreApplication)

} // namespace seedbook::environmentKeyTest

#include "EnvironmentKeyTest.moc"
