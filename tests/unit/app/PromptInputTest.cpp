#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <sys/stat.h>

namespace seedbook::promptInputTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

// A prompt from a file or from standard input, which is in nobody's process list.
class PromptInputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sent_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("prompt");
        QTest::newRow("a line") << QByteArray("a fox\n") << u"a fox"_s;
        QTest::newRow("none at the end") << QByteArray("a fox") << u"a fox"_s;
        QTest::newRow("one of two") << QByteArray(" a\n\nfox \n\n") << u" a\n\nfox \n"_s;
        QTest::newRow("another system's") << QByteArray("a\r\nfox\r\n") << u"a\r\nfox"_s;
        QTest::newRow("with a mark before")
            << QByteArray("\xef\xbb\xbf狐狸 🦊\n") << u"狐狸 🦊"_s;
        QTest::newRow("the longest") << u"狐"_s.repeated(20000).toUtf8() + '\n'
                                     << u"狐"_s.repeated(20000);
    }
    void sent()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QString, prompt);
        RawServer server([](RawServer::Peer& peer) {
            if (peer.readRequest())
                peer.send(httpAnswer(200, samplePicture()));
        });
        ProgramBench bench;
        put(bench.path(u"words"_s), file);
        const QString start =
            u"\"$0\" generate --json --run-anyway --endpoint %1 "_s.arg(server.address());
        const QString path = bench.path(u"words"_s);
        for (const QString& how :
            {u"--prompt - <'%1'"_s, u"--prompt-file '%1'"_s, u"--prompt-file - <'%1'"_s,
                u"--prompt-file /dev/stdin <'%1'"_s, u"--prompt x --negative-prompt-file '%1'"_s}) {
            const Run run = bench.runShell(u"exec "_s + start + how.arg(path));
            QVERIFY2(run.exitCode == 0, qPrintable(run.said.left(2000)));
            QByteArray body;
            for (const RawServer::Request& request : server.requests()) {
                if (request.method == "POST")
                    body = request.body;
            }
            const QJsonObject sent = QJsonDocument::fromJson(body).object();
            QCOMPARE(sent.value(how.contains("negative"_L1) ? "negative_prompt"_L1 : "prompt"_L1)
                         .toString(),
                prompt);
        }
        QCOMPARE(server.posts(), 5);
    }

    void wrongUsageSendsNothing_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("says");
        QTest::newRow("both") << u"--prompt x --prompt-file good"_s << u"together"_s;
        QTest::newRow("both, from input")
            << u"--prompt - --prompt-file good <good"_s << u"together"_s;
        QTest::newRow("two from one input")
            << u"--prompt - --negative-prompt - <good"_s << u"already read"_s;
        QTest::newRow("no such file") << u"--prompt-file none"_s << u"Could not read none"_s;
        QTest::newRow("a folder") << u"--prompt-file ."_s << u"Could not read"_s;
        QTest::newRow("not UTF-8") << u"--prompt-file latin"_s << u"UTF-8"_s;
        QTest::newRow("cut off") << u"--prompt-file cut"_s << u"UTF-8"_s;
        QTest::newRow("empty") << u"--prompt - </dev/null"_s << u"empty"_s;
        QTest::newRow("nothing is open") << u"--prompt - <&-"_s << u"empty"_s;
        QTest::newRow("a line break alone") << u"--prompt-file line"_s << u"empty"_s;
        QTest::newRow("a NUL") << u"--prompt-file nul"_s << u"NUL"_s;
        QTest::newRow("one too many") << u"--prompt-file long"_s << u"limit is 20,000"_s;
        QTest::newRow("without end") << u"--prompt-file /dev/zero"_s << u"20,000"_s;
        QTest::newRow("without end, from input") << u"--prompt - </dev/zero"_s << u"20,000"_s;
    }
    void wrongUsageSendsNothing()
    {
        QFETCH(const QString, arguments);
        QFETCH(const QString, says);
        RawServer server([](RawServer::Peer& peer) { peer.readRequest(); });
        ProgramBench bench;
        put(bench.path(u"good"_s), "a fox");
        put(bench.path(u"latin"_s), "caf\xe9");
        put(bench.path(u"cut"_s), "caf\xc3");
        put(bench.path(u"line"_s), "\n");
        put(bench.path(u"nul"_s), QByteArray("a\0b", 3));
        put(bench.path(u"long"_s), QByteArray(20001, 'x'));
        const Run run =
            bench.runShell(u"cd '%1' && exec \"$0\" generate --json --endpoint %2 %3"_s.arg(
                bench.path({}), server.address(), arguments));
        server.stop();
        QVERIFY2(run.said.contains(says), qPrintable(run.said.left(2000)));
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QCOMPARE(server.connections(), 0);
        QVERIFY(!QFile::exists(bench.ledger()));
    }
};

SEEDBOOK_TEST(PromptInputTest, QCoreApplication)

} // namespace seedbook::promptInputTest

#include "PromptInputTest.moc"
