#include "core/ErrorText.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>
#include <QUrl>

namespace seedbook::errorTableTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class ErrorTableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void status406_data();
    void status406();
    void status402();
    void messages_data();
    void messages();
    void presentableText();
    void mayFetchTable_data();
    void mayFetchTable();
    void places_data();
    void places();
    void whereAServiceMaySend();
    void networkErrors();
};

void ErrorTableTest::status406_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const QString& message, ErrorKind kind) {
        QTest::addRow("%s", qPrintable(message.isEmpty() ? u"(nothing)"_s : message))
            << message << kind;
    };
    row(u"Invalid content type"_s, ErrorKind::ContentTypeRejected);
    row(u"Missing Content-Type header"_s, ErrorKind::ContentTypeRejected);
    row(u"Insufficient credits. Balance: $0.02, required: $0.121"_s,
        ErrorKind::InsufficientCredits);
    row(u"Not enough credits to process request"_s, ErrorKind::InsufficientCredits);
    row(u"Your balance of 0.018 does not cover 0.121"_s, ErrorKind::InsufficientCredits);
    row(u"INSUFFICIENT CREDITS"_s, ErrorKind::InsufficientCredits);
    row(u"Team spend limit reached"_s, ErrorKind::SpendLimit);
    row(u"Monthly spending limit of 50 credits exceeded"_s, ErrorKind::SpendLimit);
    row(u"Your team's credit limit is exceeded"_s, ErrorKind::SpendLimit);
    row(u"Invalid value for steps: 80"_s, ErrorKind::ParameterRejected);
    row(u"aspect_ratio must be one of 1:1, 16:9"_s, ErrorKind::ParameterRejected);
    row(u"steps exceeds the maximum of 50"_s, ErrorKind::ParameterRejected);
    row(u"quality out of range"_s, ErrorKind::ParameterRejected);
    row(u"Not Acceptable"_s, ErrorKind::NotAcceptable);
    row({}, ErrorKind::NotAcceptable);
}

void ErrorTableTest::status406()
{
    QFETCH(QString, message);
    QFETCH(ErrorKind, kind);
    QCOMPARE(kindOfStatus(406, message), kind);
    // The other statuses mean one thing, whatever is said with them.
    QCOMPARE(kindOfStatus(400, message), ErrorKind::BadRequest);
}

// Segmind documents 406 for this; a proxy or another service may say 402.
void ErrorTableTest::status402()
{
    QCOMPARE(kindOfStatus(402, {}), ErrorKind::InsufficientCredits);
    QCOMPARE(kindOfStatus(402, u"steps out of range"_s), ErrorKind::InsufficientCredits);
    QCOMPARE(kindOfStatus(402, u"Team spend limit reached"_s), ErrorKind::SpendLimit);
    QCOMPARE(describe({ErrorKind::InsufficientCredits, {}, {}, 402}).what,
        u"Not enough credits (402)"_s);
    QCOMPARE(describe({ErrorKind::InsufficientCredits, {}, {}, 406}).what,
        u"Not enough credits (406)"_s);
    QVERIFY(describe({ErrorKind::SpendLimit, {}, {}, 402}).what.endsWith(u"(402)"_s));
}

void ErrorTableTest::messages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& body, const QString& message) {
        QTest::newRow(name) << body << message;
    };
    row("error", R"({"error":"no"})", u"no"_s);
    row("message", R"({"message":"no"})", u"no"_s);
    row("detail", R"({"detail":"no"})", u"no"_s);
    row("error_description", R"({"error_description":"no"})", u"no"_s);
    row("an error before a detail", R"({"detail":"b","error":"a"})", u"a"_s);
    row("a flag before a message", R"({"error":true,"message":"a"})", u"a"_s);
    row("an object", R"({"error":{"type":"x","message":"no"}})", u"no"_s);
    row("an object in an object", R"({"error":{"error":{"message":"no"}}})", u"no"_s);
    row("FastAPI", R"({"detail":[{"loc":["body","steps"],"msg":"too large","type":"v"}]})",
        u"body.steps: too large"_s);
    row("FastAPI, two, with an index",
        R"({"detail":[{"loc":["body",0],"msg":"a"},{"loc":[],"msg":"b"}]})", u"body.0: a; b"_s);
    row("a list of strings", R"({"errors":["a","b"]})", u"a; b"_s);
    row("a list", R"([{"message":"a"}])", u"a"_s);
    row("lines", "{\"error\":\"a\\n  b\"}", u"a b"_s);
    row("nothing known", R"({"code":17})", u"{\"code\":17}"_s);
    row("escaped", R"({"error":"\u4f59\u989d\u4e0d\u8db3"})", u"余额不足"_s);
    row("text", "  upstream\n timed out\n", u"upstream timed out"_s);
    row("HTML with a title",
        "<!DOCTYPE html><html><head><title>\n502 Bad&nbsp;Gateway</title></head>"
        "<body><h1>x</h1></body></html>",
        u"502 Bad Gateway"_s);
    row("HTML without a title",
        "<html><head><style>p{}</style></head><body><script>let a=1<2;</script><p>Not "
        "&lt;here&gt;</p><!-- z --></body></html>",
        u"Not <here>"_s);
    row("HTML cut in a tag", "<p>No</p><a href=\"x", u"No"_s);
    row("HTML with a script that does not end", "<p>No<script >let a;</p>", u"No let a;"_s);
    row("HTML with ends in capitals", "<HEAD>x</HEAD ><P>No<Scripted>a", u"Noa"_s.insert(2, u' '));
    row("HTML with a comment that does not end", "<p>No<!-- a > b", u"No b"_s);
    row("HTML that opens and opens", "<b>" + QByteArray("<script></script").repeated(4000) + "No",
        {});
    row("longer than it is read", R"({"error":")" + QByteArray(70'000, 'x') + R"("})",
        u"{\"error\":\""_s + QString((64 << 10) - 10, u'x'));
    row("HTML escaped twice", "<p>&amp;lt;</p>", u"&lt;"_s);
    row("binary", QByteArray("a\0b", 3), {});
    row("not UTF-8", QByteArray(100, '\xff'), {});
    row("writing turned round", "{\"error\":\"a\\u202eb\\u0007c\"}", u"abc"_s);
    row("deeper than anyone writes", R"({"error":{"error":{"error":{"error":{"error":"a"}}}}})",
        u"{\"error\":{\"error\":{\"error\":{\"error\":{\"error\":\"a\"}}}}}"_s);
    row("nothing", {}, {});
}

void ErrorTableTest::messages()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    QCOMPARE(serviceMessage(body), message);
}

void ErrorTableTest::presentableText()
{
    const ApiKey key("MyOwn-Key-17 \n");
    QCOMPARE(presentable(u"bad key MyOwn-Key-17, sorry"_s, key), u"bad key SG_…, sorry"_s);
    QCOMPARE(presentable(u"host myown-key-17.example"_s, key), u"host SG_….example"_s);
    QCOMPARE(presentable(u"SG_00112233445566aa"_s, key), u"SG_…"_s);
    QCOMPARE(presentable(QString(400000, u'x'), key).size(), 500);
    // Taken out before it is cut: no half of it is left at the end.
    const QString across = presentable(QString(492, u'x') + u"MyOwn-Key-17"_s + u"yyyyyyyy"_s, key);
    QVERIFY(!across.contains(u"MyO"_s));
}

void ErrorTableTest::mayFetchTable_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("may");
    const auto row = [](const char* url, bool may) {
        QTest::newRow(url) << QString::fromLatin1(url) << may;
    };
    row("https://images.segmind.com/a.png", true);
    row("http://images.segmind.com/a.png", false);
    row("http://127.0.0.1:9/a.png", true);
    row("https://127.0.0.1:9/a.png", true);
    row("http://localhost/a.png", true);
    row("http://192.168.1.1/a.png", false);
    row("http://127.0.0.1.example/a.png", false);
    row("http://127.999.1.1/a.png", false);
    row("file:///etc/passwd", false);
    row("ftp://images.segmind.com/a", false);
    row("ftp://127.0.0.1/a", false);
    row("data:image/png;base64,AAAA", false);
    row("https://", false);
}

void ErrorTableTest::mayFetchTable()
{
    QFETCH(QString, url);
    QFETCH(bool, may);
    QCOMPARE(mayFetch(QUrl(url)), may);
}

void ErrorTableTest::places_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<std::optional<NetworkPlace>>("place");
    const auto row = [](const char* host, std::optional<NetworkPlace> place) {
        QTest::newRow(host) << QString::fromLatin1(host) << place;
    };
    for (const char* host :
        {"127.0.0.1", "127.255.255.255", "localhost", "::1", "0.0.0.0", "0.1.2.3",
            "::", "::ffff:127.0.0.1", "::ffff:0.0.0.0", "::127.0.0.1", "64:ff9b::127.0.0.1"})
        row(host, NetworkPlace::Loopback);
    for (const char* host :
        {"10.0.0.1", "10.255.1.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "100.127.1.1", "224.0.0.1", "255.255.255.255", "fe80::1", "fe80::1%1",
            "fec0::1", "fd12::1", "ff02::1", "::ffff:192.168.1.1", "64:ff9b::10.0.0.1"})
        row(host, NetworkPlace::Private);
    for (const char* host : {"1.1.1.1", "172.32.0.1", "172.15.0.1", "192.169.0.1", "11.0.0.1",
             "100.128.0.1", "128.0.0.1", "198.18.0.9", "fc00::9", "2606:4700::1", "::ffff:1.1.1.1"})
        row(host, NetworkPlace::Public);
    for (const char* host : {"images.segmind.com", "127.999.1.1", "127.0.0.1.example", "local"})
        row(host, std::nullopt);
}

void ErrorTableTest::places()
{
    QFETCH(QString, host);
    QFETCH(std::optional<NetworkPlace>, place);
    QCOMPARE(placeWritten(host), place);
}

void ErrorTableTest::whereAServiceMaySend()
{
    using enum NetworkPlace;
    for (const NetworkPlace service : {Loopback, Private, Public}) {
        QVERIFY(maySendTo(Public, service));
        QCOMPARE(maySendTo(Private, service), service != Public);
        QCOMPARE(maySendTo(Loopback, service), service == Loopback);
    }
    QCOMPARE(nearestPlace({}), Public);
    QCOMPARE(nearestPlace({QHostAddress(u"1.1.1.1"_s), QHostAddress(u"::1"_s)}), Loopback);
    QCOMPARE(nearestPlace({QHostAddress(u"10.1.1.1"_s), QHostAddress(u"1.1.1.1"_s)}), Private);
}

void ErrorTableTest::networkErrors()
{
    QCOMPARE(kindOfNetworkError(QNetworkReply::HostNotFoundError), ErrorKind::HostNotFound);
    QCOMPARE(
        kindOfNetworkError(QNetworkReply::ConnectionRefusedError), ErrorKind::ConnectionRefused);
    QCOMPARE(kindOfNetworkError(QNetworkReply::SslHandshakeFailedError), ErrorKind::TlsFailed);
    QCOMPARE(kindOfNetworkError(QNetworkReply::ProxyAuthenticationRequiredError),
        ErrorKind::ProxyFailed);
    QCOMPARE(kindOfNetworkError(QNetworkReply::UnknownNetworkError), ErrorKind::NetworkUnreachable);
    QCOMPARE(kindOfNetworkError(QNetworkReply::TimeoutError), ErrorKind::NetworkUnreachable);
}

SEEDBOOK_TEST(ErrorTableTest, QCoreApplication)

} // namespace seedbook::errorTableTest

#include "ErrorTableTest.moc"
