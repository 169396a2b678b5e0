#include "support/ProgramBench.h"
#include "support/Samples.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

namespace seedbook::stoppingTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QStringList order(const SwiftService& service, int count)
{
    return {u"generate"_s, u"--json"_s, u"--endpoint"_s, service.address(), u"--prompt"_s, u"x"_s,
        u"--seed"_s, u"1"_s, u"--count"_s, QString::number(count), u"--jobs"_s, u"2"_s};
}

QStringList outcomes(const QByteArray& lines)
{
    QStringList found;
    for (const QByteArray& line : lines.split('\n')) {
        if (!line.isEmpty())
            found.append(QJsonDocument::fromJson(line).object().value(u"outcome"_s).toString());
    }
    found.sort();
    return found;
}

} // namespace

// The program is told to end while what was paid for is on its way, and is started where it cannot
// work as it was meant.
class StoppingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstSignalWaits_data();
    void theFirstSignalWaits();
    void theSecondLeaves();
    void aSignalBeforeAnythingIsSent();
    void keptElsewhere();
    void wordsThatAreNoText_data();
    void wordsThatAreNoText();
    void relativeFoldersAreIgnored();
    void aLockThatWasCleanedAway();
};

void StoppingTest::theFirstSignalWaits_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void StoppingTest::theFirstSignalWaits()
{
    QFETCH(const int, signal);
    ProgramBench bench;
    SwiftService service({.delay = 1500ms});
    const auto process = bench.start(order(service, 5));
    QTRY_COMPARE_WITH_TIMEOUT(service.posts().size(), 2, 30000);
    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), signal), 0);
    QVERIFY(process->waitForFinished(30000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 1); // not all that was asked for
    QCOMPARE(outcomes(process->readAllStandardOutput()),
        (QStringList{u"cancelled"_s, u"cancelled"_s, u"cancelled"_s, u"filed"_s, u"filed"_s}));
    const QString said = QString::fromUtf8(process->readAllStandardError());
    QVERIFY2(
        said.contains(u"Waiting for 2 image"_s) && said.contains(u"$0.242"_s), qPrintable(said));
    QCOMPARE(service.posts().size(), 2);
    // Nothing is left to be sent or paid for.
    const auto next = bench.start(order(service, 2) << u"--resume"_s);
    QVERIFY(next->waitForFinished(30000));
    QCOMPARE(next->exitCode(), 0);
    QCOMPARE(service.posts().size(), 2);
}

void StoppingTest::theSecondLeaves()
{
    ProgramBench bench;
    SwiftService service({.delay = 60s});
    const auto process = bench.start(order(service, 1));
    QTRY_COMPARE_WITH_TIMEOUT(service.posts().size(), 1, 30000);
    QByteArray said;
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QTRY_VERIFY_WITH_TIMEOUT(
        (said += process->readAllStandardError()).contains("Interrupt again"), 30000);
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QVERIFY(process->waitForFinished(5000));
    QCOMPARE(process->exitStatus(), QProcess::CrashExit); // by the signal
}

void StoppingTest::aSignalBeforeAnythingIsSent()
{
    ProgramBench bench;
    SwiftService service({.delay = 10ms});
    const auto process = bench.start(order(service, 3));
    QVERIFY(process->waitForStarted());
    // Whatever it is at: it ends soon, and says what was not sent or what came.
    ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QVERIFY(process->waitForFinished(30000));
    QVERIFY(service.posts().size() <= 2);
}

// Neither the data folder nor the library takes what comes.
void StoppingTest::keptElsewhere()
{
    ProgramBench bench;
    SwiftService service({.delay = 1500ms});
    const QStringList arguments = order(service, 1) << u"--library"_s << bench.path(u"library"_s);
    const auto process = bench.start(arguments);
    QTRY_COMPARE_WITH_TIMEOUT(service.posts().size(), 1, 30000);
    const QString kept = bench.dataFolder() + u"/kept"_s;
    QVERIFY(QDir(kept).removeRecursively());
    put(kept, "in the way");
    QVERIFY(QDir().rename(bench.path(u"library"_s), bench.path(u"away"_s)));
    QVERIFY(process->waitForFinished(30000));
    QCOMPARE(process->exitCode(), 5);
    const QByteArray out = process->readAllStandardOutput();
    QCOMPARE(outcomes(out), QStringList{u"kept"_s});
    const QString path = QJsonDocument::fromJson(out).object().value(u"path"_s).toString();
    QVERIFY2(path.startsWith(bench.path(u"XDG_CACHE_HOME"_s)), qPrintable(path));
    QVERIFY(QFile::exists(path));
    QVERIFY(!QFileInfo::exists(bench.path(u"library"_s)));
    // Once both are back it is filed, for nothing.
    QVERIFY(QFile::remove(kept));
    QVERIFY(QDir().rename(bench.path(u"away"_s), bench.path(u"library"_s)));
    const Run next = bench.run(arguments);
    QCOMPARE(next.exitCode, 0);
    QCOMPARE(next.objects().first().value(u"outcome"_s).toString(), u"filed"_s);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(service.posts().size(), 1);
}

void StoppingTest::wordsThatAreNoText_data()
{
    QTest::addColumn<QByteArray>("option");
    QTest::newRow("prompt") << QByteArray("--prompt");
    QTest::newRow("library") << QByteArray("--library");
}

void StoppingTest::wordsThatAreNoText()
{
    QFETCH(const QByteArray, option);
    ProgramBench bench;
    SwiftService service({.delay = 10ms});
    // QProcess sends text alone; the shell sends bytes.
    const Run run = bench.runShell(
        u"exec \"$0\" generate --endpoint %1 --prompt x %2 \"$(printf 'a\\377b')\""_s.arg(
            service.address(), QString::fromLatin1(option)));
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.said.contains(u"UTF-8"_s), qPrintable(run.said));
    QVERIFY(service.posts().isEmpty());
}

// Else each folder one starts in has a ledger of its own.
void StoppingTest::relativeFoldersAreIgnored()
{
    ProgramBench bench;
    const Run run = bench.runShell(u"cd '%1' && XDG_DATA_HOME=here exec \"$0\" generate --practice"
                                   " --practice-seconds 0 --prompt x"_s.arg(bench.path({})));
    QCOMPARE(run.exitCode, 0);
    QVERIFY(!QFileInfo::exists(bench.path(u"here"_s)));
}

void StoppingTest::aLockThatWasCleanedAway()
{
    ProgramBench bench;
    SwiftService service({.delay = 60s});
    const auto process = bench.start(order(service, 1));
    QTRY_COMPARE_WITH_TIMEOUT(service.posts().size(), 1, 30000);
    QVERIFY(QFile::remove(bench.dataFolder() + u"/ledger.lock"_s));
    const Run second = bench.run(order(service, 1) << u"--run-anyway"_s);
    QCOMPARE(second.exitCode, 4);
    QCOMPARE(service.posts().size(), 1);
    process->kill();
    QVERIFY(process->waitForFinished());
}

SEEDBOOK_TEST(StoppingTest, QCoreApplication)

} // namespace seedbook::stoppingTest

#include "StoppingTest.moc"
