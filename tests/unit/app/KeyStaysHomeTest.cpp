#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <atomic>

namespace seedbook::keyStaysHomeTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QByteArray secret = "SG_0f1e2d3c4b5a6978";

// The forms in which a key could have got out.
QList<QByteArray> forms()
{
    return {secret, secret.toLower(), secret.toBase64(), secret.toHex(),
        QUrl::toPercentEncoding(QString::fromLatin1(secret), {}, "_"), secret.sliced(3)};
}

bool holdsKey(const QByteArray& bytes)
{
    return std::ranges::any_of(
        forms(), [&bytes](const QByteArray& form) { return bytes.contains(form); });
}

} // namespace

// A service that repeats the key in whatever it says, through v1 and v2: afterwards the key is in
// no file, no output, and no process's arguments.
class KeyStaysHomeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everywhere_data();
    void everywhere();
};

void KeyStaysHomeTest::everywhere_data()
{
    QTest::addColumn<bool>("recoverable");
    QTest::newRow("v1") << false;
    QTest::newRow("v2") << true;
}

void KeyStaysHomeTest::everywhere()
{
    QFETCH(bool, recoverable);
    std::atomic<int> posts = 0;
    // No answer before the arguments were looked at: the program may end right after the last.
    std::atomic<bool> argumentsSeen = false;
    const auto letAnswer = [&argumentsSeen] {
        argumentsSeen = true;
        argumentsSeen.notify_all();
    };
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        argumentsSeen.wait(false);
        const QByteArray key = peer.request().header("x-api-key");
        const QByteArray echo = R"({"error":"the key )" + key + R"( is odd","request_id":")" + key +
                                R"(","status":"FAILED"})";
        const QList<QByteArray> headers{
            "x-request-id: " + key, "x-rate-limit-reset-at-utc: " + key};
        if (peer.request().method != "POST") {
            peer.send(httpAnswer(200, echo, headers));
        } else {
            switch (++posts) {
            case 1:
                peer.send(httpAnswer(400, echo, headers));
                break;
            case 2:
                peer.send(httpAnswer(500, "<html><title>" + key + "</title></html>", headers));
                break;
            case 3:
                peer.send(httpAnswer(307, {}, {"Location: https://" + key + ".example.org/"}));
                break;
            case 4:
                peer.send(httpAnswer(200, samplePicture(), headers));
                break;
            case 5:
                peer.send(httpAnswer(422, echo, headers));
                break;
            default:
                break; // and no answer
            }
        }
        peer.close();
    });

    const auto atTheEnd = qScopeGuard(letAnswer);

    QTemporaryDir folder;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto* name : {"XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"})
        environment.insert(QLatin1StringView(name), folder.filePath(QLatin1StringView(name)));
    environment.insert(u"SEGMIND_API_KEY"_s, QString::fromLatin1(secret));
    environment.insert(u"QT_LOGGING_RULES"_s, u"*=true"_s); // as much as it can say
    process.setProcessEnvironment(environment);
    QStringList arguments{u"generate"_s, u"--endpoint"_s, server.address(), u"--library"_s,
        folder.filePath(u"library"_s), u"--prompt"_s, u"a fox"_s, u"--count"_s, u"6"_s, u"--jobs"_s,
        u"1"_s, u"--json"_s};
    if (recoverable)
        arguments.append(u"--recoverable"_s);
    process.start(QStringLiteral(SEEDBOOK_PROGRAM), arguments);
    QVERIFY(process.waitForStarted());
    const auto wordsOf = [path = u"/proc/%1/cmdline"_s.arg(process.processId())] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(wordsOf().contains("--endpoint")); // once it is the program, not its parent's copy
    const QByteArray words = wordsOf();
    QVERIFY(!holdsKey(words));
    letAnswer();
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60000);
    QCOMPARE(process.exitCode(), 3); // the last one's outcome is not known
    const QByteArray output = process.readAllStandardOutput() + process.readAllStandardError();
    QCOMPARE(output.count("\"outcome\""), 6);
    QVERIFY2(!holdsKey(output), output.constData());

    int files = 0;
    bool log = false;
    QDirIterator it(
        folder.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!holdsKey(bytes), qPrintable(file.fileName()));
        log = log || (file.fileName().endsWith(u"seedbook.log"_s) && bytes.contains("POST"));
        ++files;
    }
    QVERIFY(log);
    QVERIFY(files >= 4); // ledger, index, log, and the picture or what came instead
    server.stop();
    // It was sent, or the test would show nothing.
    QCOMPARE(server.requests().first().header("x-api-key"), secret);
}

SEEDBOOK_TEST(KeyStaysHomeTest, QCoreApplication)

} // namespace seedbook::keyStaysHomeTest

#include "KeyStaysHomeTest.moc"
