#include "service/BalanceCall.h"

#include "core/ErrorText.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

namespace seedbook::balanceCallTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Peer = RawServer::Peer;

const QByteArray key = "SG_0123456789abcdef";

RawServer::Script answering(const QByteArray& bytes)
{
    return [bytes](Peer& peer) {
        if (peer.readRequest())
            peer.send(bytes);
    };
}

Result<Balance> balanceFrom(
    const Endpoint& endpoint, const QByteArray& secret = key, std::chrono::milliseconds time = 10s)
{
    Result<Balance> result;
    BalanceCall call(endpoint, ApiKey(secret), nullptr, time);
    QSignalSpy finished(&call, &BalanceCall::finished);
    QObject::connect(&call, &BalanceCall::finished, &call,
        [&result](const Result<Balance>& balance) { result = balance; });
    if (!finished.wait(15000) || finished.size() != 1)
        qFatal("finished() came %d times", int(finished.size()));
    return result;
}

} // namespace

class BalanceCallTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reading_data();
    void reading();
    void request();
    void errors_data();
    void errors();
    void triedOnceMore();
    void notTriedOnAndOn();
    void neverSent();
    void redirectIsNotFollowed();
    void deadline();
};

void BalanceCallTest::reading_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("credits"); // −1: not a balance
    QTest::addColumn<qint64>("free");    // −1: not said
    const auto row = [](const char* name, const QByteArray& body, qint64 credits, qint64 free) {
        QTest::newRow(name) << body << credits << free;
    };
    row("both", R"({"credits":0.0,"free-credits":0.018})", 0, 18000);
    row("one", R"({"credits":9.31})", 9310000, -1);
    row("numbers as text", R"({"credits":"9.31","free-credits":"x"})", 9310000, -1);
    row("null", R"({"credits":1,"free-credits":null})", 1000000, -1);
    row("no credits", R"({"free-credits":1})", -1, -1);
    row("beyond money", R"({"credits":1e300})", -1, -1);
    row("text", R"({"credits":"nan"})", -1, -1);
    row("a list", R"([1])", -1, -1);
    row("nothing", {}, -1, -1);
}

void BalanceCallTest::reading()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, credits);
    QFETCH(qint64, free);
    const auto balance = readBalance(body);
    QCOMPARE(balance ? balance->credits.micros() : -1, credits);
    QCOMPARE(balance && balance->freeCredits ? balance->freeCredits->micros() : -1, free);
}

void BalanceCallTest::request()
{
    RawServer server(answering(httpAnswer(200, R"({"credits":9.31,"free-credits":0.018})")));
    const auto balance = balanceFrom(server.endpoint());
    server.stop();
    QVERIFY(balance);
    QCOMPARE(balance->credits, Money::fromUsd(9.31));
    QCOMPARE(balance->freeCredits, std::optional(Money::fromUsd(0.018)));
    QCOMPARE(server.requests().size(), 1);
    const RawServer::Request request = server.requests().constFirst();
    QVERIFY(request.head.startsWith("GET /v1/get-user-credits HTTP/1.1\r\n"));
    QCOMPARE(request.header("x-api-key"), key);
    QCOMPARE(request.head.count(key), 1);
    QVERIFY(request.body.isEmpty());
}

void BalanceCallTest::errors_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::newRow("401") << httpAnswer(401, R"({"error":"SG_0123456789abcdef is wrong"})")
                         << ErrorKind::WrongKey << u"SG_… is wrong"_s;
    QTest::newRow("429") << httpAnswer(429, {}) << ErrorKind::RateLimited << QString();
    QTest::newRow("500") << httpAnswer(500, "oh") << ErrorKind::ServerError << u"oh"_s;
    QTest::newRow("200, no balance")
        << httpAnswer(200, "<title>Hi</title>") << ErrorKind::UnexpectedStatus << u"Hi"_s;
    QTest::newRow("200, an error")
        << httpAnswer(200, R"({"error":"no"})") << ErrorKind::UnexpectedStatus << u"no"_s;
    QTest::newRow("far too long") << "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" +
                                         QByteArray(200000, ' ')
                                  << ErrorKind::NetworkUnreachable << QString();
}

void BalanceCallTest::errors()
{
    QFETCH(QByteArray, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, detail);
    RawServer server(answering(answer));
    const auto balance = balanceFrom(server.endpoint());
    QVERIFY(!balance);
    QCOMPARE(balance.error().kind, kind);
    QCOMPARE(balance.error().detail, detail);
    QVERIFY(!sentence(balance.error()).contains(QString::fromLatin1(key)));
}

void BalanceCallTest::triedOnceMore()
{
    // Qt repeats a GET by itself on the same call, so the first connections all break.
    RawServer server([](Peer& peer) {
        if (!peer.readRequest())
            return;
        if (peer.connection() == 1)
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cre");
        else
            peer.send(httpAnswer(200, R"({"credits":1})"));
        peer.close();
    });
    const auto balance = balanceFrom(server.endpoint());
    QVERIFY(balance);
    QCOMPARE(balance->credits, Money::fromUsd(1));
    QVERIFY(server.connections() >= 2);
}

void BalanceCallTest::notTriedOnAndOn()
{
    RawServer server([](Peer& peer) {
        if (peer.readRequest())
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cre");
        peer.close();
    });
    QVERIFY(!balanceFrom(server.endpoint()));
    server.stop();
    QCOMPARE(server.connections(), 2);
}

void BalanceCallTest::neverSent()
{
    RawServer server([](Peer& peer) { peer.stall(); });
    QCOMPARE(balanceFrom(server.endpoint(), {}).error().kind, ErrorKind::MissingKey);
    QCOMPARE(balanceFrom(server.endpoint(), "a\r\nb").error().kind, ErrorKind::UnusableKey);
    server.stop();
    QCOMPARE(server.connections(), 0);
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const Endpoint endpoint = *Endpoint::parse(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
    closed.close();
    QCOMPARE(balanceFrom(endpoint).error().kind, ErrorKind::ConnectionRefused);
}

void BalanceCallTest::redirectIsNotFollowed()
{
    RawServer other(answering(httpAnswer(200, R"({"credits":1})")));
    RawServer server(
        answering(httpAnswer(302, {}, {"Location: " + other.address(u"/x"_s).toLatin1()})));
    const auto balance = balanceFrom(server.endpoint());
    other.stop();
    QVERIFY(!balance);
    QCOMPARE(balance.error().kind, ErrorKind::Redirected);
    QCOMPARE(other.connections(), 0);
}

void BalanceCallTest::deadline()
{
    RawServer server([](Peer& peer) { peer.stall(); });
    const auto balance = balanceFrom(server.endpoint(), key, 300ms);
    QVERIFY(!balance);
    QCOMPARE(balance.error().kind, ErrorKind::NetworkUnreachable);
}

SEEDBOOK_TEST(BalanceCallTest, QCoreApplication)

} // namespace seedbook::balanceCallTest

#include "BalanceCallTest.moc"
