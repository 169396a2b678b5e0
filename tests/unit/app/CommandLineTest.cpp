#include "app/CommandLine.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <optional>

namespace seedbook::commandLineTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;

namespace {

std::optional<CommonOptions> opened; // what the window was asked for

int openWindow(Program&, const WindowOptions& options)
{
    opened = options.common;
    return 42;
}

Parsed<BoundCommand> read(const QStringList& words)
{
    static const ModelCatalog models = ModelCatalog::builtIn();
    return readCommandLine(QStringList{u"/usr/bin/seedbook"_s} + words, models);
}

// What is said in place of a command; empty where a command would run.
Reply replyTo(const QStringList& words)
{
    const Parsed<BoundCommand> command = read(words);
    const auto* reply = std::get_if<Reply>(&command);
    return reply ? *reply : Reply{};
}

int run(const QStringList& words, bool hasWindow = true)
{
    const ModelCatalog models = ModelCatalog::builtIn();
    const Parsed<BoundCommand> command = read(words);
    const auto* run = std::get_if<BoundCommand>(&command);
    if (!run)
        return -1;
    Program program{.models = models, .openWindow = hasWindow ? openWindow : nullptr};
    return (*run)(program);
}

const QStringList verbs{u"generate"_s, u"inspect"_s, u"ledger"_s, u"balance"_s, u"dismiss"_s};

} // namespace

// What the words on the command line mean, read without running anything but the window's opening.
class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { opened.reset(); }
    void noWordsOpenTheWindow();
    void theWindowsOptions();
    void aBuildWithoutAWindow();
    void helpListsTheCommands();
    void everyCommandHasHelp();
    void theVersion();
    void wrongUsageIsNamed_data();
    void wrongUsageIsNamed();
    void goodWordsAreCommands_data();
    void goodWordsAreCommands();
};

void CommandLineTest::noWordsOpenTheWindow()
{
    QCOMPARE(run({}), 42);
    QVERIFY(opened);
    QCOMPARE(opened->library, QString());
    QVERIFY(!opened->endpoint && !opened->practice);
    QCOMPARE(opened->practiceTime, 3000ms);
}

void CommandLineTest::theWindowsOptions()
{
    QCOMPARE(run({u"--library"_s, u"/x/y"_s, u"--practice"_s, u"--practice-seconds=0.25"_s}), 42);
    QCOMPARE(opened->library, u"/x/y"_s);
    QVERIFY(opened->practice && !opened->endpoint);
    QCOMPARE(opened->practiceTime, 250ms);
    QCOMPARE(run({u"--endpoint"_s, u"https://a.b/c/"_s}), 42);
    QCOMPARE(opened->endpoint->name(), u"https://a.b/c"_s);
    QVERIFY(!opened->practice);
}

void CommandLineTest::aBuildWithoutAWindow()
{
    QCOMPARE(run({}, false), int(ExitCouldNotStart));
    QVERIFY(!opened);
}

void CommandLineTest::helpListsTheCommands()
{
    for (const QString& word : {u"--help"_s, u"-h"_s}) {
        const Reply help = replyTo({word});
        QVERIFY(!help.wrongUsage);
        QVERIFY2(help.text.contains(u"[options] [COMMAND …]"_s), qPrintable(help.text));
        for (const QString& verb : verbs)
            QVERIFY2(help.text.contains(u"\n  "_s + verb + u' '), qPrintable(verb));
        for (const QString& option :
            {u"--library"_s, u"--endpoint"_s, u"--practice"_s, u"--practice-seconds"_s})
            QVERIFY2(help.text.contains(option), qPrintable(option));
    }
    // Help is given whatever else is said.
    QVERIFY(!replyTo({u"--help"_s, u"--speed"_s}).wrongUsage);
}

void CommandLineTest::everyCommandHasHelp()
{
    for (const QString& verb : verbs) {
        const Reply help = replyTo({verb, u"--help"_s});
        QVERIFY2(!help.wrongUsage, qPrintable(verb));
        QVERIFY2(help.text.startsWith(u"Usage: "_s), qPrintable(help.text));
        QVERIFY2(help.text.contains(u"--json"_s), qPrintable(help.text));
    }
}

void CommandLineTest::theVersion()
{
    const Reply version = replyTo({u"--version"_s});
    QVERIFY(!version.wrongUsage);
    QVERIFY2(version.text.startsWith(u"seedbook "_s) && version.text.contains(u'.'),
        qPrintable(version.text));
    QCOMPARE(replyTo({u"-v"_s}).text, version.text);
}

void CommandLineTest::wrongUsageIsNamed_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("says");
    QTest::newRow("a command that there is not") << QStringList{u"paint"_s} << u"“paint”"_s;
    QTest::newRow("a command behind an option")
        << QStringList{u"--practice"_s, u"generate"_s} << u"“generate”"_s;
    QTest::newRow("an option that there is not") << QStringList{u"--speed"_s} << u"speed"_s;
    QTest::newRow("an option without its value") << QStringList{u"--library"_s} << u"library"_s;
    QTest::newRow("no folder") << QStringList{u"--library"_s, QString()} << u"--library"_s;
    QTest::newRow("practice and an endpoint")
        << QStringList{u"--practice"_s, u"--endpoint"_s, u"https://a.b"_s} << u"--endpoint"_s;
    QTest::newRow("no endpoint") << QStringList{u"--endpoint"_s, u"ftp://a.b"_s}
                                 << u"“ftp://a.b”"_s;
    QTest::newRow("plain http") << QStringList{u"--endpoint"_s, u"http://a.b"_s} << u"https"_s;
    for (const QString& seconds : {u"soon"_s, u"-1"_s, u"3601"_s, u"nan"_s, u"inf"_s})
        QTest::addRow("%s practice seconds", qPrintable(seconds))
            << QStringList{u"--practice-seconds"_s, seconds} << u"“%1”"_s.arg(seconds);
    for (const QString& verb : {u"ledger"_s, u"balance"_s, u"generate"_s}) {
        QStringList words{verb, u"now"_s};
        if (verb == u"generate"_s)
            words += {u"--prompt"_s, u"x"_s};
        QTest::addRow("%s with a word too many", qPrintable(verb)) << words << u"“now”"_s;
    }
    QTest::newRow("inspect nothing") << QStringList{u"inspect"_s} << u"one file"_s;
    QTest::newRow("inspect two") << QStringList{u"inspect"_s, u"a"_s, u"b"_s} << u"one file"_s;
    QTest::newRow("dismiss nothing") << QStringList{u"dismiss"_s} << u"ID"_s;
    QTest::newRow("dismiss a word") << QStringList{u"dismiss"_s, u"12"_s, u"x"_s} << u"“x”"_s;
    const auto generate = [](const QStringList& words) {
        return QStringList{u"generate"_s, u"--prompt"_s, u"x"_s} + words;
    };
    QTest::newRow("no prompt") << QStringList{u"generate"_s} << u"--prompt"_s;
    QTest::newRow("a model that there is not")
        << generate({u"--model"_s, u"other"_s}) << u"“other”"_s;
    QTest::newRow("seed") << generate({u"--seed"_s, u"abc"_s}) << u"from -1 to 2147483647"_s;
    QTest::newRow("seed beyond") << generate({u"--seed=2147483648"_s})
                                 << u"from -1 to 2147483647"_s;
    QTest::newRow("guidance") << generate({u"--guidance=much"_s}) << u"from 1 to 20"_s;
    QTest::newRow("count") << generate({u"--count=101"_s}) << u"from 1 to 100"_s;
    QTest::newRow("jobs") << generate({u"--jobs=7"_s}) << u"from 1 to 6"_s;
}

void CommandLineTest::wrongUsageIsNamed()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, says);
    const Reply reply = replyTo(words);
    QVERIFY(reply.wrongUsage);
    QVERIFY2(reply.text.contains(says), qPrintable(reply.text));
    QVERIFY(!opened);
}

void CommandLineTest::goodWordsAreCommands_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("generate") << QStringList{u"generate"_s, u"--prompt"_s, u"x"_s, u"--steps=50"_s,
        u"--seed=-1"_s, u"--json"_s, u"--resume"_s, u"--run-anyway"_s, u"--recoverable"_s};
    QTest::newRow("inspect") << QStringList{u"inspect"_s, u"a.png"_s, u"--json"_s};
    QTest::newRow("ledger") << QStringList{u"ledger"_s, u"--unknown"_s};
    QTest::newRow("balance") << QStringList{u"balance"_s, u"--endpoint"_s, u"https://a.b"_s};
    QTest::newRow("dismiss") << QStringList{u"dismiss"_s, u"3"_s, u"14"_s};
}

void CommandLineTest::goodWordsAreCommands()
{
    QFETCH(const QStringList, words);
    QVERIFY2(std::holds_alternative<BoundCommand>(read(words)), qPrintable(replyTo(words).text));
}

SEEDBOOK_TEST(CommandLineTest, QCoreApplication)

} // namespace seedbook::commandLineTest

#include "CommandLineTest.moc"
