#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTest>

namespace seedbook::balanceCommandTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

namespace {

const QByteArray bothCredits = R"({"credits": 9.25, "free-credits": 0.06})";

// Answers everything with it, and repeats the key wherever "KEY" stands.
RawServer::Script answering(int status, const QByteArray& body)
{
    return [status, body](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        QByteArray answer = body;
        peer.send(httpAnswer(status, answer.replace("KEY", peer.request().header("x-api-key"))));
    };
}

} // namespace

// The program itself, against a server that says exactly this.
class BalanceCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<ProgramBench>(); }
    void cleanup() { QVERIFY(!m_bench->printed().contains(ProgramBench::secret)); }
    void asksOnce();
    void tellsTheParts();
    void takesTheSettingsEndpoint();
    void refusals_data();
    void refusals();
    void wrongUsageAsksNothing_data();
    void wrongUsageAsksNothing();
    void tellsWhatItCannotPrint();

private:
    std::unique_ptr<ProgramBench> m_bench;
};

void BalanceCommandTest::asksOnce()
{
    RawServer server(answering(200, bothCredits));
    const Run told = m_bench->run({u"balance"_s, u"--endpoint"_s, server.address()});
    server.stop();
    QCOMPARE(told.exitCode, 0);
    QCOMPARE(told.out, "$9.31\n");
    QCOMPARE(told.said, QString());
    QCOMPARE(server.requests().size(), 1);
    const RawServer::Request request = server.requests().first();
    QCOMPARE(request.method, "GET");
    QCOMPARE(request.target, "/v1/get-user-credits");
    QCOMPARE(request.header("x-api-key"), ProgramBench::secret);
    // Neither lock nor ledger nor log.
    QVERIFY(!QFile::exists(m_bench->dataFolder()));
}

void BalanceCommandTest::tellsTheParts()
{
    RawServer both(answering(200, bothCredits));
    const Run told = m_bench->run({u"balance"_s, u"--json"_s, u"--endpoint"_s, both.address()});
    QCOMPARE(told.exitCode, 0);
    QCOMPARE(told.objects(), (QList<QJsonObject>{{{u"balance"_s, 9.31}, {u"credits"_s, 9.25},
                                 {u"freeCredits"_s, 0.06}, {u"endpoint"_s, both.address()}}}));

    RawServer plain(answering(200, R"({"credits": "2.5"})"));
    const Run less = m_bench->run({u"balance"_s, u"--json"_s, u"--endpoint"_s, plain.address()});
    QCOMPARE(less.exitCode, 0);
    QCOMPARE(
        less.objects(), (QList<QJsonObject>{{{u"balance"_s, 2.5}, {u"credits"_s, 2.5},
                            {u"freeCredits"_s, QJsonValue()}, {u"endpoint"_s, plain.address()}}}));
}

void BalanceCommandTest::takesTheSettingsEndpoint()
{
    RawServer server(answering(200, bothCredits));
    const QString folder = m_bench->path(u"XDG_CONFIG_HOME/seedbook"_s);
    QVERIFY(QDir().mkpath(folder));
    QSettings(folder + u"/seedbook.conf"_s, QSettings::IniFormat)
        .setValue(u"service/endpoint"_s, server.address());
    // The variable's key is not for that one.
    const Run refused = m_bench->run({u"balance"_s});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.said.contains(u"--endpoint"_s), qPrintable(refused.said));
    QCOMPARE(server.connections(), 0);
    const Run told = m_bench->run({u"balance"_s, u"--endpoint"_s, server.address()});
    QCOMPARE(told.exitCode, 0);
    QCOMPARE(told.out, "$9.31\n");
}

void BalanceCommandTest::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("says");
    QTest::newRow("wrong key") << 401 << QByteArray(R"({"error":"KEY is no \u001b[2J key"})")
                               << u"(401)"_s;
    QTest::newRow("no balance in it") << 200 << QByteArray(R"({"plan":"KEY"})") << u"(200)"_s;
    QTest::newRow("service down") << 503 << QByteArray() << u"(503)"_s;
}

void BalanceCommandTest::refusals()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, says);
    RawServer server(answering(status, body));
    const Run refused = m_bench->run({u"balance"_s, u"--endpoint"_s, server.address()});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.out, "");
    QVERIFY2(refused.said.contains(says), qPrintable(refused.said));
    QVERIFY(!refused.said.contains(u'\x1b'));
}

void BalanceCommandTest::wrongUsageAsksNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("says");
    const QByteArray secret = ProgramBench::secret;
    QTest::newRow("no key") << QStringList{} << QByteArray() << u"API key"_s;
    QTest::newRow("blank key") << QStringList{} << QByteArray(" ") << u"API key"_s;
    QTest::newRow("a word too many") << QStringList{u"now"_s} << secret << u"“now”"_s;
    QTest::newRow("unknown option") << QStringList{u"--speed"_s} << secret << u"speed"_s;
    QTest::newRow("no address") << QStringList{u"--endpoint"_s, u"not one"_s} << secret
                                << u"not one"_s;
}

void BalanceCommandTest::wrongUsageAsksNothing()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, key);
    QFETCH(const QString, says);
    RawServer server(answering(200, bothCredits));
    const Run wrong =
        m_bench->run(QStringList{u"balance"_s, u"--endpoint"_s, server.address()} + arguments, key);
    server.stop();
    QCOMPARE(wrong.exitCode, 2);
    QCOMPARE(wrong.out, "");
    QVERIFY2(wrong.said.contains(says), qPrintable(wrong.said));
    QVERIFY2(
        !wrong.said.contains(u"--practice"_s), qPrintable(wrong.said)); // not one of its options
    QCOMPARE(server.connections(), 0);
}

void BalanceCommandTest::tellsWhatItCannotPrint()
{
    RawServer server(answering(200, bothCredits));
    const QStringList arguments{u"balance"_s, u"--endpoint"_s, server.address()};
    const Run full = m_bench->run(arguments, ProgramBench::secret, u"/dev/full"_s);
    QCOMPARE(full.exitCode, 1);
    QVERIFY(!full.said.isEmpty());
    QCOMPARE(m_bench->runClosed(arguments).exitCode, 1);
}

SEEDBOOK_TEST(BalanceCommandTest, QCoreApplication)

} // namespace seedbook::balanceCommandTest

#include "BalanceCommandTest.moc"
