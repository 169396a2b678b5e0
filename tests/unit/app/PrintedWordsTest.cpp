#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

namespace seedbook::printedWordsTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

namespace {

// What moves a terminal's cursor, or turns its text around.
bool steers(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return std::ranges::any_of(text, [](QChar c) {
        return (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t') ||
               c.category() == QChar::Other_Format;
    });
}

} // namespace

// What the program prints and logs says nothing to a terminal, and no key to who reads it.
class PrintedWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The address of a picture, with what was sent as a key in it and with escape sequences.
    void anAddressInTheLog()
    {
        qputenv("QT_LOGGING_RULES", "seedbook.*=true"); // standard error, too
        const QByteArray key = "another.kind/of+key-42";
        RawServer server([&](RawServer::Peer& peer) {
            if (!peer.readRequest())
                return;
            if (peer.request().method == "POST")
                peer.send(httpAnswer(
                    200, R"({"image_url":")" +
                             server.address(u"/%1b%5d0;evil%07/%C2%9b31m%E2%80%AE%0A/"_s).toUtf8() +
                             key + R"(/x.png"})"));
            else
                peer.send(httpAnswer(200, samplePicture()));
        });
        ProgramBench bench;
        const Run run = bench.run({u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s,
                                      u"a \u009b31m fox \u202e"_s, u"--json"_s},
            key);
        QCOMPARE(run.exitCode, 0);
        QFile log(bench.dataFolder() + u"/log/seedbook.log"_s);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray logged = log.readAll();
        QVERIFY2(logged.contains("evil"), logged.constData());
        for (const QByteArray& text : {logged, run.out, run.said.toUtf8()}) {
            QVERIFY2(!steers(text), text.toPercentEncoding(" /:").constData());
            QVERIFY2(!text.contains("another.kind"), text.constData());
        }
        for (const QByteArray& line : logged.split('\n')) // none of its own making
            QVERIFY2(line.isEmpty() || line.startsWith("20"), line.constData());
        QVERIFY(run.said.contains(u"evil"_s));
    }

    // Each line is one picture: what follows a line break in a path would be another.
    void aLibraryWithALineBreak()
    {
        ProgramBench bench;
        const QString library = bench.path(u"a  b\nfiled: seed 7\u2028c"_s);
        const Run run = bench.run({u"generate"_s, u"--practice"_s, u"--practice-seconds"_s, u"0"_s,
            u"--library"_s, library, u"--prompt"_s, u"a fox"_s});
        QVERIFY2(run.exitCode == 0, qPrintable(run.said));
        QCOMPARE(run.lines().size(), 1);
        QVERIFY2(run.out.contains("a  b\ufffdfiled: seed 7\ufffdc/"), run.out.constData());
        // What cannot be read is said in one line, too.
        const Run none = bench.run({u"inspect"_s, library + u"/no\nsuch.png"_s});
        QCOMPARE(none.exitCode, 1);
        QCOMPARE(none.said.count(u'\n'), 1);
    }

    void aFoldersName_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("an escape sequence") << u"\x1b[31m\x07"_s;
        QTest::newRow("one of a single character") << u"\u009b31m"_s;
        QTest::newRow("text that is turned around") << u"gnp.\u202e"_s;
    }
    void aFoldersName()
    {
        QFETCH(const QString, folder);
        ProgramBench bench;
        put(bench.path(u"file"_s), "no folder");
        const Run run = bench.run({u"generate"_s, u"--practice"_s, u"--practice-seconds"_s, u"0"_s,
            u"--library"_s, bench.path(u"file"_s) + u'/' + folder, u"--prompt"_s, u"a fox"_s});
        QVERIFY(run.exitCode != 0);
        QVERIFY2(run.said.contains(u"file/"_s), qPrintable(run.said));
        QVERIFY2(!steers(run.said.toUtf8()), qPrintable(run.said.toHtmlEscaped()));
    }
};

SEEDBOOK_TEST(PrintedWordsTest, QCoreApplication)

} // namespace seedbook::printedWordsTest

#include "PrintedWordsTest.moc"
